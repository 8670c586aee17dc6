import type { Quota } from '../../src/domain/period.ts';
import { MOST_CREDITS, type Scope } from '../../src/domain/rule.ts';
import { compose, mention } from '../../src/domain/text.ts';
import type { Texts } from '../../src/locales/texts.ts';
import { writeLimit } from '../../src/locales/wording.ts';
import { grantCredits, revokeCredits } from '../../src/moderation/extra-credits.ts';
import { clearLimit, type Limit, listLimits, setLimit } from '../../src/moderation/limit-rules.ts';
import { type Answer, type Command, createCommand } from '../command.ts';
import { option } from '../options.ts';
import { type ListContext, pageOf } from './long-list.ts';
import { memberLimits } from './member-limits.ts';
import { ANY_MEMBER, answer, FOR_MODERATORS, MEMBER, NUMBER, refusal } from './moderators-answer.ts';
import { quotaList } from './quota-list.ts';
import { CREDITS, mentionOf, namedIn, PER, targetOf, WHOSE } from './target.ts';

const EXTRA_CREDITS = option.integer('credits', {
  description: (texts) => texts.options.extraCredits,
  required: true,
  minimum: 1,
  maximum: MOST_CREDITS,
});

const END = option.end('for', { description: (texts) => texts.options.until });

/** `/moderate quota set · clear · grant · revoke · list`: who may spend how many credits. */
export const quotaCommands: readonly Command[] = [
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate quota set',
    description: (texts) => texts.commands['moderate quota set'],
    options: [CREDITS, PER, ...WHOSE],
    async run(context) {
      const { texts, options } = context;
      const limit = { credits: options.credits, period: options.per ?? 'day' };
      const target = targetOf(options, texts);
      if ('unclear' in target) return refusal(texts, target.unclear);
      const { before } = await setLimit(context, { ...target, ...limit });
      return setAnswer(texts, texts.limits.title, { ...target, ...limit }, before);
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate quota clear',
    description: (texts) => texts.commands['moderate quota clear'],
    options: [...WHOSE, NUMBER],
    async run(context) {
      const { texts, moderation, options } = context;
      const target =
        options.number === undefined
          ? targetOf(options, texts, [NUMBER.name])
          : await numbered(context, options.number, namedIn(options));
      if ('unclear' in target) return refusal(texts, target.unclear);
      const { scope, subject } = target;
      const before = await clearLimit(context, scope, subject);
      return clearAnswer(texts, texts.limits.title, {
        scope,
        subject,
        before,
        fallback: moderation.tools.limits.quota,
      });
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate quota grant',
    description: (texts) => texts.commands['moderate quota grant'],
    options: [MEMBER, EXTRA_CREDITS, END],
    async run(context) {
      const { texts, options } = context;
      const { limits: words } = texts;
      const { member, credits, for: end } = options;
      const { total } = await grantCredits(context, member, credits, end);
      const inAll = total > credits ? ` ${words.grantedInAll({ credits: total })}` : '';
      return answer(
        'done',
        words.grantTitle,
        compose`${words.granted({ member: mention('member', member), credits, ends: end })}${inAll}`,
      );
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate quota revoke',
    description: (texts) => texts.commands['moderate quota revoke'],
    options: [MEMBER],
    async run(context) {
      const { texts, options } = context;
      const { limits: words } = texts;
      const { member } = options;
      const left = await revokeCredits(context, member);
      return left > 0
        ? answer('done', words.grantTitle, words.revoked({ member: mention('member', member), credits: left }))
        : answer('info', words.grantTitle, words.noneGranted({ member: mention('member', member) }));
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate quota list',
    description: (texts) => texts.commands['moderate quota list'],
    options: [ANY_MEMBER],
    async run(context) {
      const { member } = context.options;
      if (member !== undefined) return await memberLimits(context, member);
      return { kind: 'card', audience: 'requester', card: pageOf(context.texts, await quotaList(context)) };
    },
  }),
];

/** Confirms that a limit was set, and says what applied before. */
export function setAnswer(
  texts: Texts,
  title: string,
  { scope, subject, credits, period }: Limit & { scope: Scope; subject: string },
  before: Limit | undefined,
): Answer {
  const { limits: words } = texts;
  const limit = writeLimit(texts, { credits, period });
  const is = words.is({ scope, subject: mentionOf(scope, subject), limit });
  if (before?.credits === credits && before.period === period) {
    return answer('info', title, compose`${words.unchanged} ${is}`);
  }
  return answer('done', title, before ? compose`${is} ${words.before({ limit: writeLimit(texts, before) })}` : is);
}

/** Confirms that a limit was removed, or says that there was none, and says what applies now. */
export function clearAnswer(
  texts: Texts,
  title: string,
  { scope, subject, before, fallback }: { scope: Scope; subject: string; before: Limit | undefined; fallback: Quota },
): Answer {
  const { limits: words } = texts;
  const whose = { scope, subject: mentionOf(scope, subject) };
  if (!before) return answer('info', title, compose`${words.none(whose)} ${words.unchanged}`);
  const instead =
    scope === 'everyone' ? words.instead.everyone({ limit: writeLimit(texts, fallback) }) : words.instead[scope];
  return answer('done', title, compose`${words.gone({ ...whose, limit: writeLimit(texts, before) })} ${instead}`);
}

/** The limit with a number of the list: the only way to name something gone from the chat, such as a deleted role. */
async function numbered(context: ListContext, number: number, named: readonly string[]) {
  const { texts } = context;
  if (named.length > 0) return { unclear: texts.limits.nameOnlyOne({ names: [...named, NUMBER.name] }) };
  const { rules } = await listLimits(context);
  return rules[number - 1] ?? { unclear: texts.limits.noNumber({ number }) };
}
