import type { Generation } from '../domain/generation.ts';
import type { Provider } from '../providers/provider.ts';

/** Moments that differ by less, in ms, are found by the same look. */
const SAME_MS = 30_000;
/** How much wider a wide look is on both sides, in ms: neither clock may have been where we thought. */
export const WIDE_MS = 3_600_000;

/**
 * The log's row of a refusal is not later than this after its answer, in ms: the clocks of the provider's own machines
 * differ a little. No request is sent again sooner than in twice the time.
 */
const ROW_MS = 1000;

/**
 * The moment until which a generation is settled (the provider's own time) by a refusal that was answered just now: a
 * failed row that is later is one of the next attempt. Null while the clocks have not been compared.
 */
export function settledBy(provider: Pick<Provider, 'timeAt'>, now: number): number | null {
  const theirs = provider.timeAt(now);
  return theirs === undefined ? null : theirs + ROW_MS;
}

/**
 * When a request was sent (our clock as it is now, ms), the likelier moment first. The clock may have been set since, so
 * the provider's own time that was noted counts; or just before, when that was reckoned wrongly, so our own time counts
 * as well.
 */
export function sentMoments(
  { sentAt, submittedAt, createdAt }: Pick<Generation, 'sentAt' | 'submittedAt' | 'createdAt'>,
  provider: Pick<Provider, 'timeAt'>,
  now: number,
): [number, ...number[]] {
  const ours = Math.min(submittedAt ?? createdAt, now);
  const theirNow = provider.timeAt(now);
  if (sentAt === undefined || theirNow === undefined) return [ours];
  const theirs = Math.min(now - (theirNow - sentAt), now);
  return Math.abs(theirs - ours) < SAME_MS ? [ours] : [theirs, ours];
}
