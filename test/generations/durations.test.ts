import { expect, it } from 'vitest';
import { expectedEnd } from '../../src/generations/durations.ts';

const span = { low: 20_000, median: 30_000, high: 60_000 };

it.each([
  ['while it is ahead', { generatingAt: 1000 }, span, 30_999, 31_000],
  ['no more once it is over', { generatingAt: 1000 }, span, 31_000, undefined],
  ['not where too little was measured', { generatingAt: 1000 }, undefined, 2000, undefined],
  ['not before it has begun', { generatingAt: undefined }, span, 2000, undefined],
] as const)('when a video should be ready is told %s', (_, generation, expected, now, end) => {
  expect(expectedEnd(generation, expected, now)).toBe(end);
});
