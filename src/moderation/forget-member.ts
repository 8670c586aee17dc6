import { isFinal } from '../domain/generation.ts';
import { type MemberId, platformOf } from '../domain/ids.ts';
import type { Origin } from '../domain/origin.ts';
import type { ReplyRef } from '../domain/reply.ts';
import type { Change, Moderating } from './door.ts';

/** The result of forgetting a member. */
export interface Forgotten {
  /** How many lost their prompt, and the kept video if there was one. */
  forgotten: number;
  /** How many are still being made; their prompts are needed until they end. */
  unfinished: number;
}

/** Who asks; `reply` is the message that will show the answer, and stays. */
type Forgetting = Moderating & Pick<Origin, 'reply'>;

/** How this forgetting passes the door. */
type Changing = <T>(work: (change: Change) => Promise<T>) => Promise<T>;

/** Generations forgotten per transaction. */
const BATCH = 200;

/**
 * Removes the prompts, kept videos and reports' reasons of all generations of a member in a community that have ended;
 * undelivered videos are refunded. In the playground, whose messages are ours, it removes what the member said
 * with the replies to it; other chats keep their messages. The audit keeps the fact. Safe to repeat after a crash.
 * @throws {DailiesError} `moderators_only`.
 */
export async function forgetMember(context: Forgetting, member: MemberId): Promise<Forgotten> {
  return await forget(context, member);
}

/** The same for what the member who asks made here. */
export async function forgetOwn(context: Forgetting): Promise<Forgotten> {
  return await forget(context, context.member, context.member);
}

async function forget(context: Forgetting, member: MemberId, owner?: MemberId): Promise<Forgotten> {
  const { moderation, community } = context;
  const change: Changing = (work) => moderation.change(context, work, owner);
  // Noted before it is done, so that no crash leaves something forgotten that the audit does not know.
  await change(async ({ generations, note }) => {
    const count = await generations.countEndedOf(community, member);
    if (count > 0) await note('forget', { kind: 'member', id: member }, String(count), '0');
  });
  const ids = await forgetEnded(context, member, change);
  const { unfinished, removed } = await change(async ({ drafts, generations, webMessages }) => {
    await drafts.deleteOf(community, member);
    const all = await generations.listUnfinishedOf(member);
    const unfinished = all.filter((one) => one.community === community);
    // The playground has one community only.
    if (platformOf(member) !== platformOf(community)) return { unfinished, removed: [] };
    const needed = [context.reply, ...unfinished.map(({ reply }) => reply)];
    const kept = needed.map((ref) => ('messageId' in ref ? String(ref.messageId) : ''));
    return { unfinished, removed: await webMessages.deleteOf(member, ids, kept) };
  });
  await showRemoved(context, removed);
  return { forgotten: ids.size, unfinished: unfinished.length };
}

/** @returns the ids of what is forgotten now. */
async function forgetEnded(
  { moderation, community }: Forgetting,
  member: MemberId,
  change: Changing,
): Promise<ReadonlySet<string>> {
  const { forget, videos } = moderation.tools;
  const ids = new Set<string>();
  let after: string | undefined = '';
  while (after !== undefined) {
    const start: string = after;
    const { forgotten, last } = await change(async (repositories) => {
      const { generations, now } = repositories;
      const ended = await generations.listEndedOf(community, member, start, BATCH);
      const forgotten: string[] = [];
      for (const { id } of ended) {
        // The member may have asked for its delivery meanwhile.
        const generation = await generations.find(id);
        if (!generation || !isFinal(generation.state)) continue;
        await forget(repositories, generation, now);
        forgotten.push(id);
      }
      return { forgotten, last: ended.length < BATCH ? undefined : ended.at(-1)?.id };
    });
    for (const id of forgotten) {
      ids.add(id);
      // Retention removes what a crash leaves of these.
      await videos.remove(id);
    }
    after = last;
  }
  return ids;
}

/** The messages are gone already; this tells the pages that show them. */
async function showRemoved({ moderation }: Moderating, refs: readonly ReplyRef[]): Promise<void> {
  const { chats, log } = moderation.tools;
  for (const ref of refs) {
    await chats
      .get(ref.platform)
      ?.remove(ref)
      .catch((error: unknown) => log.warn({ err: error }, 'open pages could not be told of a removal'));
  }
}
