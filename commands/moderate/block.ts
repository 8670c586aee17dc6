import { mention } from '../../src/domain/text.ts';
import type { Texts } from '../../src/locales/texts.ts';
import { sentence } from '../../src/locales/wording.ts';
import { clearBlock, listBlocks, setBlock } from '../../src/moderation/member-blocks.ts';
import { MAX_REASON_LENGTH } from '../../src/moderation/one-line.ts';
import { type Answer, type Command, createCommand } from '../command.ts';
import { option, type ReadOptions } from '../options.ts';
import { type ListContext, type LongList, pageOf } from './long-list.ts';
import { answer, FOR_MODERATORS, MEMBER, refusal } from './moderators-answer.ts';

const FOR = option.length('for', { description: (texts) => texts.options.for });

/** Describes and limits a reason, which members will read. */
export const REASON_ABOUT = { description: (texts: Texts) => texts.options.reason, maximumLength: MAX_REASON_LENGTH };

/** For how long a member is blocked, and why. */
export const TERMS = [FOR, option.text('reason', REASON_ABOUT)] as const;

/** Context for blocking a member, by the command or by a form. */
type BlockContext = ListContext & { options: ReadOptions<typeof TERMS> };

/** `/moderate block · unblock · blocks`: who may not make videos here. */
export const blockCommands: readonly Command[] = [
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate block',
    description: (texts) => texts.commands['moderate block'],
    options: [MEMBER, ...TERMS],
    run: (context) => blockMember(context, context.options.member),
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate unblock',
    description: (texts) => texts.commands['moderate unblock'],
    options: [MEMBER],
    async run(context) {
      const { texts, options } = context;
      const { blocks: words } = texts.conduct;
      const { member } = options;
      const ended = await clearBlock(context, member);
      return ended
        ? answer('done', words.title, words.unblocked({ member: mention('member', member) }))
        : answer('info', words.title, words.notBlocked({ member: mention('member', member) }));
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate blocks',
    description: (texts) => texts.commands['moderate blocks'],
    options: [],
    async run(context) {
      return { kind: 'card', audience: 'requester', card: pageOf(context.texts, await blockList(context)) };
    },
  }),
];

/** Blocks a member, for the length of time and the reason that are given. */
export async function blockMember(context: BlockContext, target: string): Promise<Answer> {
  const { texts, options } = context;
  const { blocks: words } = texts.conduct;
  const terms = { until: options.for, reason: options.reason ?? '' };
  const block = await setBlock(context, target, terms);
  if (block === 'yourself') return refusal(texts, words.yourself);
  const { member, until, reason } = block;
  return answer(
    'done',
    words.title,
    words.blocked({ member: mention('member', member), until, reason: sentence(reason) }),
    [words.waiting],
  );
}

/** Who may not make videos here, the latest first. */
export async function blockList(context: ListContext): Promise<LongList> {
  const { blocks: words } = context.texts.conduct;
  const blocks = await listBlocks(context);
  return {
    name: 'blocks',
    title: words.title,
    empty: words.none,
    lines: blocks.map(({ member, until, reason, blockedBy }) =>
      words.line({ member: mention('member', member), until, reason, by: mention('member', blockedBy) }),
    ),
  };
}
