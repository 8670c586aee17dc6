import { describe, expect, it } from 'vitest';
import { type UsageEvent, usageReport } from '../../../src/moderation/usage/usage-report.ts';

const HOUR = 3_600_000;
const ms = (iso: string) => Date.parse(iso);
const event = (at: string, more: Partial<UsageEvent> = {}): UsageEvent => ({
  at: ms(at),
  kind: 'delivered',
  member: 'discord:1',
  model: 'lite',
  credits: 1,
  ...more,
});
const hours = (start: number, count: number) => Array.from({ length: count }, (_, index) => start + index * HOUR);
const days = (start: string, count: number) => hours(ms(start), count * 24).filter((_, index) => index % 24 === 0);

describe('the usage of a day', () => {
  const span = {
    period: 'day' as const,
    start: ms('2026-11-21T00:00Z'),
    end: ms('2026-11-22T00:00Z'),
    previousStart: ms('2026-11-20T00:00Z'),
    timeZone: 'UTC',
  };
  const report = (events: UsageEvent[]) =>
    usageReport(events, span, hours(span.start, 24), hours(span.previousStart, 24));

  it('is nothing when nothing happened', () => {
    const nothing = { videos: 0, credits: 0, refusals: 0, failures: 0 };
    expect(report([])).toMatchObject({ now: nothing, before: nothing, models: [], members: [] });
    expect(report([]).buckets).toHaveLength(24);
  });

  it('counts its first moment, and neither its end nor what is older than the day before', () => {
    const { now, before } = report([
      event('2026-11-19T23:59:59.999Z'),
      event('2026-11-20T00:00Z'),
      event('2026-11-20T23:59:59.999Z'),
      event('2026-11-21T00:00Z'),
      event('2026-11-22T00:00Z'),
    ]);
    expect([now.videos, before.videos]).toEqual([1, 2]);
  });

  it('tells videos, refusals and failures apart; only videos cost', () => {
    const { now, models } = report([
      event('2026-11-21T01:00Z', { credits: 3, model: 'pro' }),
      event('2026-11-21T02:00Z', { kind: 'failed', credits: 3 }),
      event('2026-11-21T03:00Z', { kind: 'refused', credits: 3 }),
      event('2026-11-21T03:00Z', { kind: 'refused', credits: 0 }),
    ]);
    expect(now).toEqual({ videos: 1, credits: 3, refusals: 2, failures: 1 });
    expect(models).toEqual([{ model: 'pro', videos: 1, credits: 3 }]);
  });

  it('puts each video into its hour, by model, beside the same hour of the day before', () => {
    const { buckets } = report([
      event('2026-11-21T05:00Z'),
      event('2026-11-21T05:59:59.999Z', { model: 'pro' }),
      event('2026-11-21T05:30Z', { model: 'pro' }),
      event('2026-11-20T05:10Z'),
      event('2026-11-20T05:20Z', { kind: 'failed' }),
    ]);
    expect(buckets[5]).toEqual({ start: ms('2026-11-21T05:00Z'), byModel: { lite: 1, pro: 2 }, before: 1 });
    expect(buckets[6]).toEqual({ start: ms('2026-11-21T06:00Z'), byModel: {}, before: 0 });
  });

  it('names the five who made the most, always in the same order', () => {
    const made = ['a', 'b', 'b', 'c', 'd', 'e', 'f'];
    const events = made.map((member) => event('2026-11-21T05:00Z', { member, credits: member === 'f' ? 3 : 1 }));
    const names = (some: UsageEvent[]) => report(some).members.map(({ member }) => member);
    expect(names(events)).toEqual(['b', 'f', 'a', 'c', 'd']);
    expect(names(events.toReversed())).toEqual(['b', 'f', 'a', 'c', 'd']);
  });
});

describe('where the clocks change', () => {
  // Berlin: 29 March 2026 has 23 hours, 25 October 2026 has 25.
  it.each([
    ['a day of 23 hours after one of 24', '2026-03-28T23:00Z', 23, '2026-03-27T23:00Z', 24],
    ['a day of 25 hours after one of 24', '2026-10-24T22:00Z', 25, '2026-10-23T22:00Z', 24],
    ['a day of 24 hours after one of 25', '2026-10-25T23:00Z', 24, '2026-10-24T22:00Z', 25],
  ])('%s: every video counts once', (_name, start, length, previousStart, previousLength) => {
    const [from, previous] = [hours(ms(start), length), hours(ms(previousStart), previousLength)];
    const events = [...previous, ...from].map((at) => event(new Date(at + 1).toISOString()));
    const end = ms(start) + length * HOUR;
    const { buckets, now, before } = usageReport(
      events,
      { period: 'day', start: ms(start), end, previousStart: ms(previousStart), timeZone: 'Europe/Berlin' },
      from,
      previous,
    );
    expect([now.videos, before.videos]).toEqual([length, previousLength]);
    expect(buckets.map(({ byModel }) => byModel.lite)).toEqual(Array(length).fill(1));
    expect(buckets.map((bucket) => bucket.before)).toEqual(from.map((_, index) => (index < previousLength ? 1 : 0)));
  });
});

describe('a month beside a shorter or longer one', () => {
  it.each([
    ['March after February', '2026-03-01T00:00Z', 31, '2026-02-01T00:00Z', 28],
    ['February after January', '2026-02-01T00:00Z', 28, '2026-01-01T00:00Z', 31],
  ])('%s', (_name, start, length, previousStart, previousLength) => {
    const last = event(new Date(ms(start) - 1).toISOString());
    const { buckets, before } = usageReport(
      [last],
      {
        period: 'month',
        start: ms(start),
        end: ms(start) + length * 24 * HOUR,
        previousStart: ms(previousStart),
        timeZone: 'UTC',
      },
      days(start, length),
      days(previousStart, previousLength),
    );
    expect(before.videos).toBe(1);
    expect(buckets.findIndex((bucket) => bucket.before > 0)).toBe(previousLength <= length ? previousLength - 1 : -1);
  });
});
