import type { Quota } from '../../src/domain/period.ts';
import { MOST_CREDITS, type Scope } from '../../src/domain/rule.ts';
import type { Texts } from '../../src/locales/texts.ts';
import type { Limit } from '../../src/moderation/quotas.ts';
import type { Answer, Command, CommandContext } from '../command.ts';
import type { CommandOption } from '../options.ts';
import { answer, FOR_MODERATORS, MEMBER, memberOf, NUMBER, refusal } from './answers.ts';
import { pageOf } from './page.ts';
import { quotaList } from './quota-list.ts';
import { standingOf } from './standing.ts';
import { CREDITS, limitOf, PER, targetOf, WHOSE } from './target.ts';
import { badValue, parseCredits, parseEnd } from './values.ts';

const EXTRA_CREDITS: CommandOption = {
  name: 'credits',
  description: (texts) => texts.options.extraCredits,
  type: 'integer',
  required: true,
  minimum: 1,
  maximum: MOST_CREDITS,
};

const END: CommandOption = {
  name: 'for',
  description: (texts) => texts.options.until,
  type: 'string',
  required: false,
  brief: 'length',
  minimumLength: 1,
  maximumLength: 100,
};

/** `/moderate quota set · clear · grant · revoke · list`: who may spend how many credits. */
export const quotaCommands: readonly Command[] = [
  {
    ...FOR_MODERATORS,
    name: 'moderate quota set',
    description: (texts) => texts.commands['moderate quota set'],
    options: [CREDITS, PER, ...WHOSE],
    async run(context) {
      const { texts, desk } = context;
      const limit = limitOf(context);
      const target = targetOf(context);
      if ('unclear' in target) return refusal(texts, target.unclear);
      const { before } = await desk.quotas.set(context, { ...target, ...limit });
      return setAnswer(texts, texts.limits.title, { ...target, ...limit }, before);
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate quota clear',
    description: (texts) => texts.commands['moderate quota clear'],
    options: [...WHOSE, NUMBER],
    async run(context) {
      const { texts, desk, options } = context;
      const target = options.number === undefined ? targetOf(context, [NUMBER.name]) : await numbered(context);
      if ('unclear' in target) return refusal(texts, target.unclear);
      const { scope, subject } = target;
      const before = await desk.quotas.clear(context, scope, subject);
      return clearAnswer(texts, texts.limits.title, { scope, subject, before, fallback: desk.quotas.defaults.quota });
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate quota grant',
    description: (texts) => texts.commands['moderate quota grant'],
    options: [MEMBER, EXTRA_CREDITS, END],
    async run(context) {
      const { texts, desk } = context;
      const { limits: words } = texts;
      const member = memberOf(context);
      const credits = extraOf(context);
      const end = await endOf(context);
      const { total } = await desk.quotas.grant(context, member, credits, end);
      const inAll = total > credits ? ` ${words.grantedInAll(total)}` : '';
      return answer('done', words.grantTitle, `${words.granted(member, credits, end)}${inAll}`);
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate quota revoke',
    description: (texts) => texts.commands['moderate quota revoke'],
    options: [MEMBER],
    async run(context) {
      const { texts, desk } = context;
      const { limits: words } = texts;
      const member = memberOf(context);
      const left = await desk.quotas.revoke(context, member);
      return left > 0
        ? answer('done', words.grantTitle, words.revoked(member, left))
        : answer('info', words.grantTitle, words.noneGranted(member));
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate quota list',
    description: (texts) => texts.commands['moderate quota list'],
    options: [{ ...MEMBER, required: false }],
    async run(context) {
      if (context.options.member !== undefined) return await standingOf(context);
      return { kind: 'card', audience: 'requester', card: pageOf(context.texts, await quotaList(context)) };
    },
  },
];

/** What is the case now that a limit was set, and what was before. */
export function setAnswer(
  { limits: words }: Texts,
  title: string,
  { scope, subject, credits, period }: Limit & { scope: Scope; subject: string },
  before: Limit | undefined,
): Answer {
  const is = words.is(scope, subject, credits, period);
  if (before?.credits === credits && before.period === period) {
    return answer('info', title, `${words.unchanged} ${is}`);
  }
  return answer('done', title, before ? `${is} ${words.before(before.credits, before.period)}` : is);
}

/** What is the case now that a limit was taken away, or that there was none. */
export function clearAnswer(
  { limits: words }: Texts,
  title: string,
  { scope, subject, before, fallback }: { scope: Scope; subject: string; before: Limit | undefined; fallback: Quota },
): Answer {
  if (!before) return answer('info', title, `${words.none(scope, subject)} ${words.unchanged}`);
  const instead =
    scope === 'everyone' ? words.instead.everyone(fallback.credits, fallback.period) : words.instead[scope];
  return answer('done', title, `${words.gone(scope, subject, before.credits, before.period)} ${instead}`);
}

/** The limit with a number of the list: the only way to name what is not in the chat any more, such as a deleted role. */
async function numbered(context: CommandContext) {
  const { texts, desk, options } = context;
  const named = WHOSE.map(({ name }) => name).filter((name) => options[name] !== undefined);
  if (named.length > 0) return { unclear: texts.limits.nameOnlyOne([...named, NUMBER.name].join(', ')) };
  const { rules } = await desk.quotas.list(context);
  const place = Number(options.number);
  return rules[place - 1] ?? { unclear: texts.limits.noNumber(place) };
}

/** @throws {DailiesError} `option_value` for what is no amount to give. */
function extraOf({ options, texts }: CommandContext): number {
  const credits = parseCredits(String(options.credits ?? ''));
  if (credits) return credits;
  throw badValue('credits', options.credits ?? '', texts.limits.expected.whole(1, MOST_CREDITS));
}

/** @throws {DailiesError} `option_value` for what is no length of time and no date to come. */
async function endOf(context: CommandContext): Promise<number | undefined> {
  const { options, texts, desk, clock } = context;
  if (options.for === undefined) return undefined;
  const end = parseEnd(String(options.for), clock.now(), await desk.quotas.timeZone(context));
  if (end === undefined) throw badValue('for', options.for, texts.limits.expected.end);
  return end;
}
