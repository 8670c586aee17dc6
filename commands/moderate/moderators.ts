import type { Tone } from '../../src/domain/card.ts';
import { idOf } from '../../src/domain/ids.ts';
import { join, mention, type Text } from '../../src/domain/text.ts';
import type { Texts } from '../../src/locales/texts.ts';
import {
  addModerator,
  listModerators,
  MOST_MODERATORS,
  type Nameable,
  namedBy,
  removeModerator,
} from '../../src/moderation/moderator-list.ts';
import { type Answer, type Audience, type Command, type CommandContext, createCommand } from '../command.ts';
import { option } from '../options.ts';

const WHO = option.mention('who', { description: (texts) => texts.options.who, required: true });

const COMMON = { who: 'moderators', audience: (): Audience => 'requester' } as const;

/**
 * `/moderate moderators add · remove · list`: who moderates besides the platform's own moderators. Any moderator may
 * see the list; only the platform's own may change it. A platform passes `who` as its own id of a member or a role, or
 * in the form of `Origin.member`, whatever was typed.
 */
export const moderatorCommands: readonly Command[] = [
  createCommand({
    ...COMMON,
    name: 'moderate moderators add',
    description: (texts) => texts.commands['moderate moderators add'],
    options: [WHO],
    async run(context) {
      const { texts } = context;
      const { moderators: words } = texts;
      const subject = subjectOf(context.options.who, context);
      const naming = await addModerator(context, subject);
      const name = nameOf(subject);
      return {
        done: answer(texts, 'done', words.added({ name })),
        known: answer(texts, 'info', words.known({ name })),
        full: answer(texts, 'problem', words.full({ max: MOST_MODERATORS })),
        'not allowed': answer(texts, 'problem', words.adminsOnly),
      }[naming];
    },
  }),
  createCommand({
    ...COMMON,
    name: 'moderate moderators remove',
    description: (texts) => texts.commands['moderate moderators remove'],
    options: [WHO],
    async run(context) {
      const { texts } = context;
      const { moderators: words } = texts;
      const subject = subjectOf(context.options.who, context);
      const unnaming = await removeModerator(context, subject);
      const name = nameOf(subject);
      return {
        done: answer(texts, 'done', words.removed({ name })),
        unknown: answer(texts, 'problem', words.unknown({ name })),
        'not allowed': answer(texts, 'problem', words.adminsOnly),
      }[unnaming];
    },
  }),
  createCommand({
    ...COMMON,
    name: 'moderate moderators list',
    description: (texts) => texts.commands['moderate moderators list'],
    options: [],
    async run(context) {
      const { texts } = context;
      const named = await listModerators(context);
      const { moderators: words } = texts;
      const text = named.length === 0 ? words.empty : join([words.text, ...named.map((one) => nameOf(one))], '\n');
      return answer(texts, 'info', text);
    },
  }),
];

function answer(texts: Texts, tone: Tone, text: Text): Answer {
  const title = tone === 'problem' ? texts.cards.refused : texts.moderators.title;
  return { kind: 'card', audience: 'requester', card: { tone, title, text, fields: [], notes: [], buttons: [] } };
}

const nameOf = ({ kind, id }: Nameable) => mention(kind, id);

/** @param who the platform's own id, or a member as in `Origin.member`. */
function subjectOf(who: string, { community, rolesOf }: Pick<CommandContext, 'community' | 'rolesOf'>): Nameable {
  return who.includes(':')
    ? namedBy(community, idOf(who), { [who]: [], ...rolesOf })
    : namedBy(community, who, rolesOf);
}
