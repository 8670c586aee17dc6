import { isFinal } from '../domain/generation.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { every } from '../lib/retry.ts';
import type { Replies } from '../replies/replies.ts';
import type { DataStore } from '../store/repositories.ts';

/** How often replies that couldn't be shown are looked for, in ms. */
const EVERY_MS = 300_000;
/** Where there are other processes: one that died may have ended a generation without telling its reply. */
const EVERY_SHARED_MS = 30_000;
/** Time that the process which ended a generation has to show it itself, in ms. */
const SETTLING_MS = 30_000;
/** Whoever tells may die as well, and another takes its place a little later than it would have told again, in ms. */
const LEAD_LONGER_MS = 5_000;
/** Longest time after a generation's end at which its reply is still updated, in ms. */
const LATEST_MS = 24 * 3_600_000;
/** Replies retried at once: when a platform is out of reach, all of its replies are. */
const BATCH = 50;

/** Dependencies of `keepRetryingReplies`. */
export interface RetryParts {
  store: Pick<DataStore, 'generations' | 'leads'>;
  replies: Pick<Replies, 'show'>;
  clock: Clock;
  log: Log;
  /** Whether several processes run generations; then one of them tells. */
  shared: boolean;
}

/**
 * Tells the replies of ended generations how those ended, when the chat was out of reach then: now, and every five
 * minutes for a day, until the signal aborts. So a member learns of a video that waits for its delivery as soon as the
 * chat works again.
 */
export async function keepRetryingReplies(parts: RetryParts, signal: AbortSignal): Promise<void> {
  const everyMs = parts.shared ? EVERY_SHARED_MS : EVERY_MS;
  const { store, clock, log } = parts;
  const failed = (error: unknown) => log.error({ err: error }, 'could not look for replies to tell');
  const work = async () => {
    if (await store.leads('telling', everyMs + LEAD_LONGER_MS)) await tell(parts);
  };
  await every(everyMs, work, { clock, signal, failed });
}

async function tell({ store, replies, clock, shared }: RetryParts): Promise<void> {
  const untold = await store.generations.listUnshown(clock.now() - LATEST_MS);
  const settled = clock.now() - (shared ? SETTLING_MS : 0);
  for (const { id } of untold.filter(({ finishedAt = 0 }) => finishedAt <= settled).slice(0, BATCH)) {
    // Somebody may have asked for its delivery meanwhile, and that card must not be overwritten.
    const generation = await store.generations.find(id);
    if (generation && isFinal(generation.state) && generation.shownState !== generation.state) {
      await replies.show(generation);
    }
  }
}
