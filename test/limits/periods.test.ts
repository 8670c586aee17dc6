import { describe, expect, it } from 'vitest';
import { periodAround } from '../../src/limits/periods.ts';

const iso = (ms: number) => new Date(ms).toISOString();

describe('a calendar period', () => {
  it.each([
    ['hour', '2026-02-28T23:59:59.999Z', '2026-02-28T23:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    ['day', '2026-12-31T12:00:00.000Z', '2026-12-31T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['week', '2026-11-22T23:59:59.000Z', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['week', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    ['month', '2028-02-29T10:00:00.000Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ['month', '2026-12-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ] as const)('%s around %s goes from %s to %s', (period, now, start, end) => {
    const around = periodAround(Date.parse(now), period);
    expect([iso(around.start), iso(around.end)]).toEqual([start, end]);
  });
});
