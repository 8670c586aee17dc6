import type { KeptVideos } from '../delivery/kept-videos.ts';
import { type Generation, isFinal, isForgotten } from '../domain/generation.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { every } from '../lib/retry.ts';
import type { DataStore } from '../store/repositories.ts';
import { forget } from './end-generation.ts';

/** Interval between removals of expired data, in ms. */
const EVERY_MS = 3_600_000;
const BATCH = 200;
/** Refusals are figures without words; usage compares with the month before, and an export may look back a year. */
const REFUSALS_MS = 400 * 86_400_000;

/** Dependencies of `keepRetention`. */
export interface RetentionParts {
  store: DataStore;
  videos: KeptVideos;
  clock: Clock;
  log: Log;
  /** `RETENTION_DAYS`, in ms. */
  retentionMs: number;
}

/** Removes videos and prompts that have passed their time, now and every hour until the signal aborts. */
export async function keepRetention(parts: RetentionParts, signal: AbortSignal): Promise<void> {
  const failed = (error: unknown) => parts.log.error({ err: error }, 'retention failed');
  await every(EVERY_MS, () => applyRetention(parts), { clock: parts.clock, signal, failed });
}

/**
 * Removes the videos, prompts, reports' reasons and playground messages of generations that ended longer ago than the
 * retention time, and what log channels were told before it. Credits set aside for a video that was never delivered go
 * back with it.
 */
async function applyRetention({ store, videos, clock, log, retentionMs }: RetentionParts): Promise<void> {
  const before = clock.now() - retentionMs;
  while (true) {
    const ended = await store.generations.listEndedBefore(before, BATCH);
    for (const generation of ended) {
      const { id } = generation;
      const forgotten = await store.transaction(async (repositories) => {
        // Its member may have asked for its delivery meanwhile.
        const { state } = (await repositories.generations.find(id)) ?? generation;
        if (isFinal(state)) await forget(repositories, generation, clock.now());
        return isFinal(state);
      });
      if (forgotten) await videos.remove(id);
    }
    if (ended.length > 0) log.info({ generations: ended.length }, 'retention removed videos and prompts');
    if (ended.length < BATCH) break;
  }
  await store.webMessages.deleteBefore(before);
  await store.outbox.deleteBefore(before);
  await store.drafts.deleteBefore(before);
  await store.refusals.deleteBefore(clock.now() - REFUSALS_MS);
  await store.sweep();
  // A crash can leave a file behind whose generation has ended without it, and another process can have forgotten one.
  for (const id of await videos.list()) {
    const generation = await store.generations.find(id);
    if (!generation || isForgotten(generation) || hasEndedBefore(generation, before)) await videos.remove(id);
  }
}

function hasEndedBefore({ state, finishedAt = 0 }: Generation, moment: number): boolean {
  return isFinal(state) && finishedAt < moment;
}
