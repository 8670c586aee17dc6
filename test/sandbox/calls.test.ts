import { expect, it } from 'vitest';
import { createCalls } from '../../src/sandbox/calls.ts';

it('the latest 10,000 calls are kept', () => {
  const calls = createCalls();
  for (let at = 1; at <= 25_000; at += 1) calls.note({ at, method: 'GET', path: '/' });
  const latest = calls.latest();
  expect([latest.length, latest[0]?.at, latest.at(-1)?.at]).toEqual([10_000, 15_001, 25_000]);
});
