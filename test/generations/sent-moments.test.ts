import { describe, expect, it } from 'vitest';
import { sentMoments, wideMoments } from '../../src/generations/sent-moments.ts';

const SENT = Date.UTC(2026, 0, 1, 12);
const NOW = SENT + 60_000;
const ahead = (ms: number | undefined) => ({ timeAt: (at: number) => (ms === undefined ? undefined : at + ms) });
const sent = (sentAt: number | undefined) => ({ submittedAt: SENT, createdAt: SENT - 5000, sentAt });

describe('the moment at which a request was sent', () => {
  it('is one while the clocks keep their distance, or while it is not known', () => {
    expect(sentMoments(sent(SENT + 5000), ahead(5200), NOW)).toEqual([SENT]);
    expect(sentMoments(sent(undefined), ahead(5200), NOW)).toEqual([SENT]);
    expect(sentMoments(sent(SENT), ahead(undefined), NOW)).toEqual([SENT]);
    expect(sentMoments({ ...sent(undefined), submittedAt: undefined }, ahead(0), NOW)).toEqual([SENT - 5000]);
  });

  it('is reckoned from the provider’s time when the clock was set since, and from our own as well', () => {
    // Set back by an hour after it was sent: the present is before our own note of it.
    expect(sentMoments(sent(SENT), ahead(3_600_000), NOW - 3_600_000)).toEqual([SENT - 3_600_000, NOW - 3_600_000]);
    // Set ahead by an hour.
    expect(sentMoments(sent(SENT), ahead(-3_600_000), NOW + 3_600_000)).toEqual([SENT + 3_600_000, SENT]);
  });

  it('is looked for an hour before as well', () => {
    expect(wideMoments(sent(SENT), ahead(0), NOW)).toEqual([SENT - 3_600_000]);
  });
});
