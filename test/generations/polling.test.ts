import { describe, expect, it } from 'vitest';
import { spanOf } from '../../src/generations/durations.ts';
import { nextPollIn } from '../../src/generations/polling.ts';

const span = { low: 30_000, median: 36_000, high: 40_000 };
const base = { elapsed: 0, expected: span, typicalMs: 36_000, longestMs: 10_000, random: 0.5 };

/** Moments of the polls until `end`. */
function polls(options: Partial<typeof base> & { end: number }): number[] {
  const moments: number[] = [];
  let elapsed = 0;
  while (elapsed < options.end) {
    elapsed += nextPollIn({ ...base, ...options, elapsed });
    moments.push(elapsed);
  }
  return moments;
}

describe('when to ask next', () => {
  it('never waits longer than the longest interval, nor shorter than a second', () => {
    for (let elapsed = 0; elapsed < 200_000; elapsed += 137) {
      for (const random of [0, 0.999]) {
        const wait = nextPollIn({ ...base, elapsed, random });
        expect(wait).toBeLessThanOrEqual(10_000);
        expect(wait).toBeGreaterThanOrEqual(1000);
      }
    }
  });

  it('looks closely where most generations end, and seldom before', () => {
    const moments = polls({ end: 40_000 });
    expect(moments.filter((moment) => moment < 30_000)).toHaveLength(2);
    expect(moments).toContain(30_000);
    expect(moments.filter((moment) => moment > 30_000).length).toBeGreaterThanOrEqual(9);
  });

  it('waits longer and longer after that', () => {
    const moments = polls({ end: 200_000 }).filter((moment) => moment > 45_000);
    const waits = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBe(10_000);
  });

  it('assumes the model’s typical duration while nothing is measured', () => {
    const measured = polls({ end: 40_000 }).length;
    const assumed = polls({ end: 40_000, expected: undefined as never }).length;
    expect(assumed).toBeGreaterThan(4);
    expect(assumed).toBeLessThan(measured + 4);
  });

  it('varies its waits, so that many generations do not ask in step', () => {
    const waits = [0, 0.3, 0.6, 0.9].map((random) => nextPollIn({ ...base, elapsed: 50_000, random }));
    expect(new Set(waits).size).toBe(4);
  });
});

describe('measured durations', () => {
  it('say nothing while they are few', () => {
    expect(spanOf([1, 2, 3, 4])).toBeUndefined();
  });

  it('give the span of most and the median, whatever their order', () => {
    expect(spanOf([50, 10, 40, 20, 30, 60, 70, 80, 90, 100, 110])).toEqual({ low: 20, median: 60, high: 100 });
  });

  it('leave out what an outage or a late check has drawn out', () => {
    const usual = [30, 31, 32, 33, 34, 35, 36];
    expect(spanOf([...usual, 4000, 5000, 6000])).toEqual(spanOf(usual));
  });
});
