import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERIODS, periodAround } from '../../src/domain/period.ts';

const iso = (ms: number) => new Date(ms).toISOString();

describe('a calendar period', () => {
  it.each([
    ['hour', 'UTC', '2026-02-28T23:59:59.999Z', '2026-02-28T23:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    ['day', 'UTC', '2026-12-31T12:00:00.000Z', '2026-12-31T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['week', 'UTC', '2026-11-22T23:59:59.000Z', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['week', 'UTC', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    ['month', 'UTC', '2028-02-29T10:00:00.000Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ['month', 'UTC', '2026-12-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    // It is another day, week and month there already, or still.
    ['day', 'Asia/Tokyo', '2026-11-21T15:00:00.000Z', '2026-11-21T15:00:00.000Z', '2026-11-22T15:00:00.000Z'],
    ['week', 'Asia/Tokyo', '2026-11-22T15:30:00.000Z', '2026-11-22T15:00:00.000Z', '2026-11-29T15:00:00.000Z'],
    ['month', 'Pacific/Honolulu', '2026-12-01T09:59:00.000Z', '2026-11-01T10:00:00.000Z', '2026-12-01T10:00:00.000Z'],
    ['hour', 'Asia/Kathmandu', '2026-05-05T10:10:00.000Z', '2026-05-05T09:15:00.000Z', '2026-05-05T10:15:00.000Z'],
    // The clocks are put forward: a day of 23 hours. Back: one of 25, with two hours that read the same.
    ['day', 'Europe/Berlin', '2026-03-29T12:00:00.000Z', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['day', 'Europe/Berlin', '2026-10-25T12:00:00.000Z', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['hour', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', '2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z'],
    ['hour', 'Europe/Berlin', '2026-10-25T01:00:00.000Z', '2026-10-25T01:00:00.000Z', '2026-10-25T02:00:00.000Z'],
    ['month', 'Europe/Berlin', '2026-10-31T22:59:59.999Z', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
    ['week', 'America/New_York', '2026-03-08T20:00:00.000Z', '2026-03-02T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
    // A change of half an hour, and a day that begins at one o’clock.
    ['hour', 'Australia/Lord_Howe', '2025-04-05T15:00:00.000Z', '2025-04-05T15:00:00.000Z', '2025-04-05T15:30:00.000Z'],
    ['day', 'America/Sao_Paulo', '2018-11-04T12:00:00.000Z', '2018-11-04T03:00:00.000Z', '2018-11-05T02:00:00.000Z'],
  ] as const)('%s in %s around %s goes from %s to %s', (period, zone, now, start, end) => {
    const around = periodAround(Date.parse(now), period, zone);
    expect([iso(around.start), iso(around.end)]).toEqual([start, end]);
  });

  it('holds its moment, and the next one begins where it ends, anywhere and at any time', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo'];
    const moments = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) });
    fc.assert(
      fc.property(moments, fc.constantFrom(...PERIODS), fc.constantFrom(...zones), (now, period, zone) => {
        const { start, end } = periodAround(now, period, zone);
        expect(start).toBeLessThanOrEqual(now);
        expect(end).toBeGreaterThan(now);
        expect(periodAround(start, period, zone)).toEqual({ start, end });
        expect(periodAround(end - 1, period, zone)).toEqual({ start, end });
        expect(periodAround(end, period, zone).start).toBe(end);
      }),
      { numRuns: 500 },
    );
  });

  it('is none in a time zone that does not exist', () => {
    expect(() => periodAround(0, 'day', 'Mars/Olympus')).toThrow(RangeError);
  });
});
