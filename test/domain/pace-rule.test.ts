import { describe, expect, it } from 'vitest';
import { type Pace, type PaceRule, paceOf, startsAt } from '../../src/domain/pace-rule.ts';

const HOUR = 3_600_000;
const SETTINGS: Pace = { concurrency: 1, waiting: 5, rate: { count: 10, intervalMs: HOUR } };

describe('a member’s pace', () => {
  it.each<[string, PaceRule[], Partial<Pace>]>([
    ['is the operator’s where nothing is said', [], {}],
    ['is what is said for everyone', [{ subject: '', concurrency: 2, waiting: 0 }], { concurrency: 2, waiting: 0 }],
    ['is what is said for a role', [{ subject: 'crew', concurrency: 3 }], { concurrency: 3 }],
    [
      'is a role’s before everyone’s, part by part',
      [
        { subject: '', concurrency: 2, waiting: 9 },
        { subject: 'crew', concurrency: 1 },
      ],
      { concurrency: 1, waiting: 9 },
    ],
    [
      'is the most generous of several roles’, part by part',
      [
        { subject: 'crew', concurrency: 1, waiting: 8 },
        { subject: 'extras', concurrency: 4, waiting: 2 },
      ],
      { concurrency: 4, waiting: 8 },
    ],
    [
      'compares rates by what they give in time',
      [
        { subject: 'crew', rate: { count: 20, intervalMs: 24 * HOUR } },
        { subject: 'extras', rate: { count: 2, intervalMs: HOUR } },
      ],
      { rate: { count: 2, intervalMs: HOUR } },
    ],
    ['is not that of a role that the member has not', [{ subject: 'stars', concurrency: 9 }], {}],
  ])('%s', (_, rules, changed) => {
    expect(paceOf(rules, ['crew', 'extras'], SETTINGS)).toEqual({ ...SETTINGS, ...changed });
  });
});

describe('a start', () => {
  const rate = { count: 2, intervalMs: 1000 };

  it.each([
    ['is at once when nothing has started', [], 5000],
    ['is at once when too few have', [4900], 5000],
    ['waits until the second last is an interval ago', [4500, 4900], 5500],
    ['counts the latest only', [100, 200, 4500, 4900], 5500],
    ['waits behind those that wait themselves', [4500, 4900, 5500, 5900], 6500],
    ['is at once when the others are long ago', [3000, 3900], 5000],
  ])('%s', (_, starts, expected) => {
    expect(startsAt(starts, rate, 5000)).toBe(expected);
    expect(startsAt(starts.toReversed(), rate, 5000)).toBe(expected);
  });
});
