import type { ErrorCode, Failure } from '../domain/failure.ts';

/** Ends that the provider may still prove wrong. */
const GIVEN_UP: readonly ErrorCode[] = ['timed_out', 'generation_lost', 'submission_lost', 'submission_unclear'];

const MINUTE_MS = 60_000;
/** Times of the background checks of a generation that was given up, in ms after its end; every three hours after these. */
const CHECKS_MS = [5 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS];
const EVERY_MS = 180 * MINUTE_MS;
const LAST_MS = 24 * 60 * MINUTE_MS;
/** Wait before the next attempt of a check that got no answer, in ms; and how long after the end the last one is made. */
const AGAIN_MS = 5 * MINUTE_MS;
const LAST_AGAIN_MS = 7 * LAST_MS;

/**
 * Time of the next check of an ended generation (ms), or null when there is none.
 * @param checks the number of checks so far.
 */
export function nextCheckAt(failure: Failure | undefined, endedAt: number, checks: number): number | null {
  if (!failure || !GIVEN_UP.includes(failure.code)) return null;
  const after = CHECKS_MS[checks] ?? (CHECKS_MS.at(-1) ?? 0) + (checks - CHECKS_MS.length + 1) * EVERY_MS;
  return after <= LAST_MS ? endedAt + after : null;
}

/**
 * Time to repeat a check that got no answer (ms), or null when the provider has been down for too long. It uses
 * up none of the checks, as only answers count.
 */
export function checkAgainAt(endedAt: number, now: number): number | null {
  return now + AGAIN_MS <= endedAt + LAST_AGAIN_MS ? now + AGAIN_MS : null;
}
