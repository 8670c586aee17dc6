import { type Period, periodAround } from '../../domain/period.ts';
import type { GenerationFigures } from '../../store/generations.ts';
import type { RefusedRequest } from '../../store/refused-requests.ts';
import type { UsageEvent, UsageSpan } from './usage-report.ts';

/** Periods that a report can cover. */
export const USAGE_PERIODS = ['day', 'week', 'month'] as const satisfies readonly Period[];

/** One of the periods that a report can cover. */
export type UsagePeriod = (typeof USAGE_PERIODS)[number];

/** The calendar period that holds the moment `now` (ms), and the one before it. @param timeZone IANA name. */
export function usageSpan(now: number, period: UsagePeriod, timeZone: string): UsageSpan {
  const { start, end } = periodAround(now, period, timeZone);
  return { period, start, end, previousStart: periodAround(start - 1, period, timeZone).start, timeZone };
}

/** Where the bars of a picture begin (ms): the hours of a day, the days of a week or month. */
export function bucketStarts(start: number, end: number, { period, timeZone }: UsageSpan): number[] {
  const starts: number[] = [];
  for (let at = start; at < end; at = periodAround(at, period === 'day' ? 'hour' : 'day', timeZone).end)
    starts.push(at);
  return starts;
}

const ENDS: Partial<Record<GenerationFigures['state'], 'delivered' | 'failed'>> = {
  delivered: 'delivered',
  failed: 'failed',
  timed_out: 'failed',
  undelivered: 'failed',
};

/** Events of a report, each at the time of its request, as credits are counted too. */
export function usageEvents(
  generations: readonly GenerationFigures[],
  refusals: readonly RefusedRequest[],
): UsageEvent[] {
  return [
    ...generations.flatMap(({ state, createdAt, member, model, credits }): UsageEvent[] => {
      const kind = ENDS[state];
      return kind ? [{ at: createdAt, kind, member, model, credits }] : [];
    }),
    ...refusals.map(({ at, member, model }): UsageEvent => ({ at, kind: 'refused', member, model, credits: 0 })),
  ];
}
