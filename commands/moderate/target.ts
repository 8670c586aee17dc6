import { PERIODS } from '../../src/domain/period.ts';
import type { Scope } from '../../src/domain/rule.ts';
import { mention, type Text } from '../../src/domain/text.ts';
import type { Texts } from '../../src/locales/texts.ts';
import { EVERYONE } from '../command.ts';
import { option } from '../options.ts';
import { ANY_CHANNEL, ANY_MEMBER } from './moderators-answer.ts';

/** The option `role`. */
export const ROLE = option.role('role', { description: (texts) => texts.options.role });

const SCOPE = option.choice('scope', {
  description: (texts) => texts.options.scope,
  values: ['everyone'],
  nameOf: (_, texts) => texts.limits.everyone,
});

/** Options that say whose limit is meant, of which one is given. */
export const WHOSE = [ANY_MEMBER, ROLE, ANY_CHANNEL, SCOPE] as const;

/** The option `credits` of limits. */
export const CREDITS = option.credits('credits', { description: (texts) => texts.options.credits, required: true });

/** The option `per`; without it, a day is meant. */
export const PER = option.choice('per', {
  description: (texts) => texts.options.per,
  values: PERIODS,
  nameOf: (period, texts) => texts.limits.periods[period],
});

/** Whose limit is meant: as a rule has it, or why that is not clear. */
export type Target = { scope: Scope; subject: string } | { unclear: string };

type Whose = Partial<Readonly<Record<(typeof WHOSE)[number]['name'], string | undefined>>>;

/** The names of the options that say whose limit is meant. */
export function namedIn(options: Whose): string[] {
  return WHOSE.map(({ name }) => name).filter((name) => options[name] !== undefined);
}

/**
 * Reads whose limit is meant; exactly one option must say it.
 * @param others more options that could say it, none of them given.
 */
export function targetOf(options: Whose, { limits }: Texts, others: readonly string[] = []): Target {
  const [name, ...more] = namedIn(options);
  if (name === undefined) return { unclear: limits.nameOne({ names: [...WHOSE.map((one) => one.name), ...others] }) };
  if (more.length > 0) return { unclear: limits.nameOnlyOne({ names: [name, ...more] }) };
  const { member, channel, role } = options;
  if (member !== undefined) return { scope: 'member', subject: member };
  if (channel !== undefined) return { scope: 'channel', subject: channel };
  const subject = roleNamed(role);
  return { scope: subject === '' ? 'everyone' : 'role', subject };
}

/** Mentions the subject of a rule; '' where that is everyone. */
export function mentionOf(scope: Scope, subject: string): Text {
  return scope === 'everyone' || scope === 'community' ? '' : mention(scope, subject);
}

/** A role by the platform's own id, or '' for everyone. */
export function roleNamed(role: string | undefined): string {
  return role === undefined || role === EVERYONE ? '' : role;
}
