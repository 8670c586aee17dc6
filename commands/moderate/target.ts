import type { Period } from '../../src/domain/period.ts';
import { PERIODS } from '../../src/domain/period.ts';
import { MOST_CREDITS, type Scope } from '../../src/domain/rule.ts';
import { type CommandContext, EVERYONE } from '../command.ts';
import type { CommandOption } from '../options.ts';
import { CHANNEL, channelOf, MEMBER, memberOf } from './answers.ts';
import { badValue, parseCredits } from './values.ts';

/** The option `role`. */
export const ROLE: CommandOption = {
  name: 'role',
  description: (texts) => texts.options.role,
  type: 'role',
  required: false,
};

/** The options of which one says whose limit is meant. */
export const WHOSE: readonly CommandOption[] = [
  { ...MEMBER, required: false },
  ROLE,
  { ...CHANNEL, required: false },
  {
    name: 'scope',
    description: (texts) => texts.options.scope,
    type: 'string',
    required: false,
    choices: [{ name: (texts) => texts.limits.everyone, value: 'everyone' }],
  },
];

/** The option `credits` of limits. */
export const CREDITS: CommandOption = {
  name: 'credits',
  description: (texts) => texts.options.credits,
  type: 'string',
  required: true,
  brief: 'word',
  minimumLength: 1,
  maximumLength: 20,
};

/** The option `per`. */
export const PER: CommandOption = {
  name: 'per',
  description: (texts) => texts.options.per,
  type: 'string',
  required: false,
  choices: PERIODS.map((period) => ({ name: (texts) => texts.limits.periods[period], value: period })),
};

/** Whose limit is meant: as a rule has it, or why that is not clear. */
export type Target = { scope: Scope; subject: string } | { unclear: string };

/**
 * Whose limit is meant; exactly one option must say it.
 * @param others options that could say it, too; none of them is given.
 * @throws {DailiesError} `option_value` for nobody and nothing of this place.
 */
export function targetOf(context: CommandContext, others: readonly string[] = []): Target {
  const { options, texts } = context;
  const known = WHOSE.map(({ name }) => name);
  const [name, ...more] = known.filter((one) => options[one] !== undefined);
  if (name === undefined) return { unclear: texts.limits.nameOne([...known, ...others].join(', ')) };
  if (more.length > 0) return { unclear: texts.limits.nameOnlyOne([name, ...more].join(', ')) };
  if (name === 'member') return { scope: 'member', subject: memberOf(context) };
  if (name === 'role') {
    const subject = roleOf(context);
    return { scope: subject === '' ? 'everyone' : 'role', subject };
  }
  if (name === 'channel') return { scope: 'channel', subject: channelOf(context) };
  if (options.scope === 'everyone') return { scope: 'everyone', subject: '' };
  throw badValue('scope', options.scope, 'everyone');
}

/**
 * The role that is named, by the platform's own id, or '' for everyone.
 * @throws {DailiesError} `option_value` for what is no id.
 */
export function roleOf({ options, texts }: CommandContext): string {
  const role = String(options.role ?? '');
  if (role === EVERYONE) return '';
  if (/^[\w:-]{1,100}$/.test(role)) return role;
  throw badValue('role', role, texts.limits.expected.role);
}

/** The options `credits` and `per` of a limit. @throws {DailiesError} `option_value` for what they cannot be. */
export function limitOf({ options, texts }: CommandContext): { credits: number | null; period: Period } {
  const credits = parseCredits(String(options.credits ?? ''));
  if (credits === undefined)
    throw badValue('credits', options.credits ?? '', texts.limits.expected.credits(MOST_CREDITS));
  const per = options.per ?? 'day';
  const period = PERIODS.find((one) => one === per);
  if (!period) throw badValue('per', per, PERIODS.join(', '));
  return { credits, period };
}
