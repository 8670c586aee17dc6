import type { MemberBlock } from '../store/blocked-members.ts';
import type { Moderating } from './door.ts';
import { reasonOf } from './one-line.ts';

/** Duration of a block, and its reason. */
export interface BlockTerms {
  /** In ms since 1970 UTC; without it, for good. */
  until?: number | undefined;
  /** For the member and for moderators; may be empty, and has at most `MAX_REASON_LENGTH` characters. */
  reason: string;
}

/**
 * Keeps a member from making videos; it takes the place of an earlier block.
 * @param member as in `Origin.member`.
 * @throws {DailiesError} `moderators_only`.
 * @throws {RangeError} for an end that is not ahead, and a reason that is too long.
 */
export async function setBlock(
  context: Moderating,
  member: string,
  { until, reason }: BlockTerms,
): Promise<MemberBlock | 'yourself'> {
  const { moderation, community, member: blockedBy } = context;
  return await moderation.change(context, async ({ blocks, now, note }) => {
    if (member === blockedBy) return 'yourself';
    if (until !== undefined && !(until > now)) throw new RangeError(`expected an end after ${now}, got ${until}`);
    const block: MemberBlock = { member, reason: reasonOf(reason), until, blockedBy, blockedAt: now };
    const before = await blocks.find(community, member, now);
    await blocks.set(community, block);
    await note('block', { kind: 'member', id: member }, before && termsOf(before), termsOf(block));
    return block;
  });
}

/** @returns the block that was ended; undefined when there was none. @throws {DailiesError} `moderators_only`. */
export async function clearBlock(context: Moderating, member: string): Promise<MemberBlock | undefined> {
  const { moderation, community } = context;
  return await moderation.change(context, async ({ blocks, now, note }) => {
    const before = await blocks.find(community, member, now);
    if (!before) return undefined;
    await blocks.clear(community, member);
    await note('unblock', { kind: 'member', id: member }, termsOf(before));
    return before;
  });
}

/** Blocks in force, latest first. @throws {DailiesError} `moderators_only`. */
export async function listBlocks(context: Moderating): Promise<MemberBlock[]> {
  const { moderation, community } = context;
  return await moderation.read(context, ({ blocks }) => blocks.list(community, moderation.tools.clock.now()));
}

function termsOf({ until, reason }: MemberBlock): string {
  const end = until === undefined ? '∞' : new Date(until).toISOString();
  return reason ? `${end}: ${reason}` : end;
}
