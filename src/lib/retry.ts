import type { Clock } from './clock.ts';

/** Waits between attempts, in ms: the first one, and the longest that it grows to. */
export interface Waits {
  firstMs: number;
  longestMs: number;
}

/**
 * The wait after so many failures in a row, in ms: it doubles from the first one up to the longest.
 * @param failures 1 or more. @param askedMs what the other side has asked for; less is never waited.
 */
export function waitAfter(failures: number, { firstMs, longestMs }: Waits, askedMs = 0): number {
  return Math.max(askedMs, Math.min(firstMs * 2 ** (failures - 1), longestMs));
}

/**
 * Does something now and again and again until the signal aborts.
 * @param ms from the end of one time to the next. @param failed told of what goes wrong before that; the next time comes
 * all the same.
 */
export async function every(
  ms: number,
  work: () => Promise<unknown>,
  { clock, signal, failed }: { clock: Clock; signal: AbortSignal; failed: (error: unknown) => void },
): Promise<void> {
  while (!signal.aborted) {
    await work().catch((error: unknown) => {
      if (!signal.aborted) failed(error);
    });
    await clock.sleep(ms, signal).catch(() => {});
  }
}
