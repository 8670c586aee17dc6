import type { KeptVideos } from '../delivery/kept-videos.ts';
import { type Generation, isFinal } from '../domain/generation.ts';
import type { Chat } from '../domain/reply.ts';
import type { Log } from '../lib/log.ts';
import type { Repositories, Store } from '../store/store.ts';

/** What forgetting works with. */
export interface ForgettingParts {
  store: Store;
  videos: KeptVideos;
  chats: ReadonlyMap<string, Pick<Chat, 'remove'>>;
  /** Takes away what a member wrote and where the video was, within a transaction. */
  forget: (repositories: Repositories, generation: Generation) => Promise<void>;
  log: Log;
}

/** What became of a member's videos in a community. */
export interface Forgotten {
  /** So many lost their prompt, and their video where it was kept. */
  forgotten: number;
  /** So many are still being made; their prompt is needed until they have ended. */
  unfinished: number;
}

/** So many are looked at together. */
const BATCH = 200;

/**
 * Removes the prompts, kept videos and reports' reasons of all generations of a member in a community that have ended;
 * what was never delivered is not paid for. In the playground, whose messages are ours, it removes what the member said
 * with the replies to it; other chats keep their messages. Safe to repeat after a crash.
 * @param reply the message that will show the answer; it stays.
 */
export async function forgetMember(
  parts: ForgettingParts,
  community: string,
  member: string,
  reply: object,
): Promise<Forgotten> {
  const { store, videos } = parts;
  const ids = new Set<string>();
  let last = '';
  while (true) {
    const batch = await store.generations.listEndedOf(community, member, last, BATCH);
    for (const { id } of batch) {
      await videos.remove(id);
      await store.transaction(async (repositories) => {
        // A member may have asked for its delivery meanwhile.
        const generation = await repositories.generations.find(id);
        if (!generation || !isFinal(generation.state)) return;
        await parts.forget(repositories, generation);
        ids.add(id);
      });
    }
    last = batch.at(-1)?.id ?? last;
    if (batch.length < BATCH) break;
  }
  await store.drafts.deleteOf(community, member);
  const unfinished = (await store.generations.listUnfinishedOf(member)).filter((one) => one.community === community);
  // A platform's name is at the front of its communities and members; the playground has one community only.
  if (platformOf(member) === platformOf(community)) {
    await removeMessages(parts, member, ids, [reply, ...unfinished.map((one) => one.reply)]);
  }
  return { forgotten: ids.size, unfinished: unfinished.length };
}

async function removeMessages(
  { store, chats, log }: ForgettingParts,
  member: string,
  generations: ReadonlySet<string>,
  keep: readonly object[],
): Promise<void> {
  const kept = keep.map((ref) => ('messageId' in ref ? String(ref.messageId) : ''));
  for (const ref of await store.webMessages.deleteOf(member, generations, kept)) {
    // It is gone already; this tells the pages that show it.
    await chats
      .get(ref.platform)
      ?.remove(ref)
      .catch((error: unknown) => log.warn({ err: error }, 'open pages could not be told of a removal'));
  }
}

function platformOf(id: string): string {
  return id.split(':', 1)[0] ?? '';
}
