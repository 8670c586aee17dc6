import type { Tone } from '../../src/domain/card.ts';
import { DailiesError } from '../../src/domain/failure.ts';
import { idOf } from '../../src/domain/ids.ts';
import { mention } from '../../src/domain/marks.ts';
import type { Texts } from '../../src/locales/texts.ts';
import { MOST_MODERATORS, type Nameable, type Named, namedBy } from '../../src/moderation/access.ts';
import type { Answer, Audience, Command, CommandContext } from '../command.ts';
import type { CommandOption } from '../options.ts';

const WHO: CommandOption = {
  name: 'who',
  description: (texts) => texts.options.who,
  type: 'mention',
  required: true,
};

const COMMON = { who: 'moderators', audience: (): Audience => 'requester' } as const;

/**
 * `/moderate moderators add · remove · list`: who moderates besides those whom the platform says. Anybody who moderates
 * may look; only those whom the platform says may name. A platform hands `who` over as its own id of a member or a role,
 * or as `Origin.member` has it, whatever was typed.
 */
export const moderatorCommands: readonly Command[] = [
  {
    ...COMMON,
    name: 'moderate moderators add',
    description: (texts) => texts.commands['moderate moderators add'],
    options: [WHO],
    async run(context) {
      const { texts, moderators } = context;
      const { moderators: words } = texts;
      const subject = subjectOf(context);
      const naming = await moderators.add(context, subject);
      const name = nameOf(subject);
      return {
        done: answer(texts, 'done', words.added(name)),
        known: answer(texts, 'info', words.known(name)),
        full: answer(texts, 'problem', words.full(MOST_MODERATORS)),
        'not allowed': answer(texts, 'problem', words.adminsOnly),
      }[naming];
    },
  },
  {
    ...COMMON,
    name: 'moderate moderators remove',
    description: (texts) => texts.commands['moderate moderators remove'],
    options: [WHO],
    async run(context) {
      const { texts, moderators } = context;
      const { moderators: words } = texts;
      const subject = subjectOf(context);
      const unnaming = await moderators.remove(context, subject);
      const name = nameOf(subject);
      return {
        done: answer(texts, 'done', words.removed(name)),
        unknown: answer(texts, 'problem', words.unknown(name)),
        'not allowed': answer(texts, 'problem', words.adminsOnly),
      }[unnaming];
    },
  },
  {
    ...COMMON,
    name: 'moderate moderators list',
    description: (texts) => texts.commands['moderate moderators list'],
    options: [],
    async run(context) {
      const { texts, moderators } = context;
      const named = await moderators.list(context);
      const { moderators: words } = texts;
      const text = named.length === 0 ? words.empty : [words.text, ...named.map((one) => nameOf(one.named))].join('\n');
      return answer(texts, 'info', text);
    },
  },
];

function answer(texts: Texts, tone: Tone, text: string): Answer {
  const title = tone === 'problem' ? texts.cards.refused : texts.moderators.title;
  return { kind: 'card', audience: 'requester', card: { tone, title, text, fields: [], notes: [], buttons: [] } };
}

function nameOf(subject: Named): string {
  return subject.kind === 'text' ? subject.text : mention(subject.kind, subject.id);
}

/** In Discord and Slack an id has a digit in it, so that a bare name is not taken for one. */
const ID = /^(?=.*\d)[A-Z0-9]{2,40}$/;
/** An id of a platform that has looked up whom it names. */
const FOUND_ID = /^[\w-]{1,40}$/;

/** @throws {DailiesError} `option_value` when it is neither a member of this platform nor an id. */
function subjectOf({ options, community, rolesOf, texts }: CommandContext): Nameable {
  const who = String(options.who ?? '').trim();
  const platform = community.split(':', 1)[0] ?? '';
  if (ID.test(who) || (rolesOf && FOUND_ID.test(who))) return namedBy(community, who, rolesOf);
  if (who.startsWith(`${platform}:`) && /^[\w:/-]{2,99}\w$/.test(who)) {
    return namedBy(community, idOf(who), { [who]: [], ...rolesOf });
  }
  const value = who.replace(/\p{C}/gu, '').slice(0, 50);
  throw new DailiesError('option_value', { option: WHO.name, value, expected: texts.moderators.expected });
}
