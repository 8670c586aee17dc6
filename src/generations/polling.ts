import type { Span } from '../domain/generation.ts';

/** No two polls of one generation are closer than this, in ms: the provider's own states change no faster. */
const SHORTEST_MS = 1000;
/** Number of waits that divide the span in which most generations end. */
const LOOKS_IN_SPAN = 10;
/** After the span, waits grow with this part of the time past its end. */
const GROWTH = 0.2;
/** Each wait is varied by up to this part, so that many generations do not poll in step. */
const VARIATION = 0.1;
/** Assumed span until it has been measured, as fractions of the typical duration. */
const ASSUMED = { low: 0.8, high: 1.3 };

/** Inputs for the next wait; times in ms. */
export interface PollMoment {
  /** Since the provider took the generation. */
  elapsed: number;
  /** Measured, or undefined. */
  expected: Span | undefined;
  /** Usual duration of such a generation; used until one has been measured. */
  typicalMs: number;
  /** `POLL_INTERVAL_MS`: no wait is longer. */
  longestMs: number;
  /** From 0 up to, not including, 1. */
  random: number;
}

/**
 * Wait before the next poll, in ms: long waits while an end is unlikely (only to notice early refusals),
 * short ones in the span in which most generations end, growing ones after it.
 */
export function nextPollIn({ elapsed, expected, typicalMs, longestMs, random }: PollMoment): number {
  const low = expected?.low ?? typicalMs * ASSUMED.low;
  const high = expected?.high ?? typicalMs * ASSUMED.high;
  const step = (high - low) / LOOKS_IN_SPAN;
  const varied = (wait: number) => clamp(wait * (1 + VARIATION * (2 * random - 1)), longestMs);
  // The first look at the span comes at its beginning, not a varied wait later.
  if (elapsed < low - SHORTEST_MS)
    return low - elapsed <= longestMs ? clamp(low - elapsed, longestMs) : varied(longestMs);
  if (elapsed < high) return varied(clamp(step, longestMs));
  return varied(clamp(Math.max(step, (elapsed - high) * GROWTH), longestMs));
}

function clamp(wait: number, longest: number): number {
  return Math.min(Math.max(wait, SHORTEST_MS), longest);
}
