import { MAX_REASON_LENGTH } from '../../src/moderation/conduct/one-line.ts';
import type { Answer, Command, CommandContext } from '../command.ts';
import type { CommandOption } from '../options.ts';
import { answer, FOR_MODERATORS, MEMBER, memberOf, refusal } from './answers.ts';
import { type ListContext, type LongList, pageOf } from './page.ts';
import { badValue, parseLength } from './values.ts';

const FOR: CommandOption = {
  name: 'for',
  description: (texts) => texts.options.for,
  type: 'string',
  required: false,
  brief: 'length',
  minimumLength: 1,
  maximumLength: 100,
};

/** The option `reason`, which members will read. */
export const REASON: CommandOption = {
  name: 'reason',
  description: (texts) => texts.options.reason,
  type: 'string',
  required: false,
  maximumLength: MAX_REASON_LENGTH,
};

/** The reason that is given, or ''. @throws {DailiesError} `option_value` when it is too long. */
export function reasonOf({ options, texts }: Pick<CommandContext, 'options' | 'texts'>): string {
  const reason = String(options.reason ?? '').trim();
  if ([...reason].length <= MAX_REASON_LENGTH) return reason;
  throw badValue('reason', reason, texts.conduct.reasonExpected(MAX_REASON_LENGTH));
}

/** What a member is blocked with, by the command or by a form. */
type BlockContext = ListContext & Pick<CommandContext, 'options' | 'clock'>;

/** `/moderate block · unblock · blocks`: who may not make videos here. */
export const blockCommands: readonly Command[] = [
  {
    ...FOR_MODERATORS,
    name: 'moderate block',
    description: (texts) => texts.commands['moderate block'],
    options: [MEMBER, FOR, REASON],
    run: blockMember,
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate unblock',
    description: (texts) => texts.commands['moderate unblock'],
    options: [MEMBER],
    async run(context) {
      const { desk, texts } = context;
      const { blocks: words } = texts.conduct;
      const member = memberOf(context);
      const ended = await desk.conduct.blocks.unblock(context, member);
      return ended
        ? answer('done', words.title, words.unblocked(member))
        : answer('info', words.title, words.notBlocked(member));
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate blocks',
    description: (texts) => texts.commands['moderate blocks'],
    options: [],
    async run(context) {
      return { kind: 'card', audience: 'requester', card: pageOf(context.texts, await blockList(context)) };
    },
  },
];

/** Blocks the member who is named, for the length of time and the reason that are given. */
export async function blockMember(context: BlockContext): Promise<Answer> {
  const { texts, desk } = context;
  const { blocks: words } = texts.conduct;
  const terms = { until: untilOf(context), reason: reasonOf(context) };
  const block = await desk.conduct.blocks.block(context, memberOf(context), terms);
  if (block === 'yourself') return refusal(texts, words.yourself);
  const { member, until, reason } = block;
  return answer('done', words.title, words.blocked(member, until ?? null, reason), [words.waiting]);
}

/** Who may not make videos here, the latest first. */
export async function blockList(context: ListContext): Promise<LongList> {
  const { blocks: words } = context.texts.conduct;
  const blocks = await context.desk.conduct.blocks.list(context);
  return {
    name: 'blocks',
    title: words.title,
    empty: words.none,
    lines: blocks.map(({ member, until, reason, blockedBy }) => words.line(member, until ?? null, reason, blockedBy)),
  };
}

/** @throws {DailiesError} `option_value` for what is no length of time. */
function untilOf({ options, texts, clock }: BlockContext): number | undefined {
  if (options.for === undefined) return undefined;
  const until = parseLength(String(options.for), clock.now());
  if (until === undefined) throw badValue('for', options.for, texts.conduct.lengthExpected);
  return until;
}
