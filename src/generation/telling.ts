import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Replies } from '../replies/replies.ts';
import type { Store } from '../store/store.ts';
import { isFinal } from './generation.ts';

/** How often it is looked for replies that could not be told, in ms. */
const EVERY_MS = 300_000;
/** How long ago a generation may have ended for its reply to be told still, in ms. */
const LATEST_MS = 24 * 3_600_000;
/** So many at once: when a chat is out of reach, all of its replies are. */
const BATCH = 50;

/** What telling works with. */
export interface TellingParts {
  store: Pick<Store, 'generations'>;
  replies: Pick<Replies, 'show'>;
  clock: Clock;
  log: Log;
}

/**
 * Tells the replies of ended generations how those ended, when the chat was out of reach then: now, and every five
 * minutes for a day, until the signal aborts. So a member learns of a video that waits for its delivery as soon as the
 * chat works again.
 */
export async function keepTelling(parts: TellingParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await tell(parts).catch((error: unknown) => parts.log.error({ err: error }, 'could not look for replies to tell'));
    await parts.clock.sleep(EVERY_MS, signal).catch(() => {});
  }
}

async function tell({ store, replies, clock }: TellingParts): Promise<void> {
  const untold = await store.generations.listUnshown(clock.now() - LATEST_MS);
  for (const { id } of untold.slice(0, BATCH)) {
    // By now somebody may have asked for its delivery, whose card must not be overtaken.
    const generation = await store.generations.find(id);
    if (generation && isFinal(generation.state) && generation.shownState !== generation.state) {
      await replies.show(generation);
    }
  }
}
