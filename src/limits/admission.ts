import { DailiesError } from '../errors.ts';
import type { Generation } from '../generation/generation.ts';
import type { Repositories } from '../store/store.ts';
import type { Quota } from './periods.ts';
import { quotaStatus } from './quota.ts';

/** What a member may do where no rule says otherwise. */
export interface Limits {
  /** Generations of one member that run at once. */
  memberConcurrency: number;
  /** Generations of one member that may wait besides those that run. */
  memberQueue: number;
  quota: Quota;
}

/**
 * Accepts a generation: checks what its member may do, takes the hold and writes it. Call it inside a transaction, so
 * that of two requests at the same instant each sees what the other has taken.
 * @param endOf when a running generation should end (ms), or null where nothing is known.
 * @throws {DailiesError} `queue_full`, `quota_exhausted`; then nothing is written.
 */
export async function admit(
  repositories: Repositories,
  generation: Generation,
  limits: Limits,
  endOf: (generation: Generation) => number | null,
): Promise<void> {
  const unfinished = await repositories.generations.listUnfinishedOf(generation.member);
  checkQueue(unfinished, limits, endOf);
  const { used, quota, resetsAt } = await quotaStatus(repositories, generation, limits.quota, generation.createdAt);
  if (used + generation.credits > quota.credits) {
    throw new DailiesError('quota_exhausted', {
      cost: generation.credits,
      used,
      quota: quota.credits,
      period: quota.period,
      resetsAt,
    });
  }
  await repositories.generations.insert(generation);
  await repositories.holds.take({
    generation: generation.id,
    community: generation.community,
    member: generation.member,
    credits: generation.credits,
    at: generation.createdAt,
  });
}

function checkQueue(
  unfinished: readonly Generation[],
  { memberConcurrency, memberQueue }: Limits,
  endOf: (generation: Generation) => number | null,
): void {
  if (unfinished.length < memberConcurrency + memberQueue) return;
  const running = unfinished.filter(({ state }) => state !== 'queued');
  const ends = running.map(endOf).filter((end) => end !== null);
  throw new DailiesError('queue_full', {
    running: running.length,
    waiting: unfinished.length - running.length,
    max: memberQueue,
    roomAt: ends.length > 0 ? Math.min(...ends) : null,
  });
}
