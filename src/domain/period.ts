import { Temporal } from 'temporal-polyfill';

/** The periods in which credits come back. */
export const PERIODS = ['hour', 'day', 'week', 'month'] as const;

/** One of the periods in which credits come back. */
export type Period = (typeof PERIODS)[number];

/** Credits per calendar period. */
export interface Quota {
  credits: number;
  period: Period;
}

/** A stretch of time, in ms since 1970 UTC: its first moment and the first one after it. */
export interface Stretch {
  start: number;
  end: number;
}

/**
 * The calendar period that holds the moment `now` (ms) where the time zone is `timeZone` (IANA name); weeks begin on
 * Monday (ISO 8601). An hour that the clocks go through twice is two hours; a day of a change has 23 or 25.
 * @throws {RangeError} for an unknown time zone.
 */
export function periodAround(now: number, period: Period, timeZone: string): Stretch {
  const moment = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  if (period === 'hour') return hourAround(moment);
  const day = moment.toPlainDate();
  const [first, next] = {
    day: () => [day, day.add({ days: 1 })],
    week: () => {
      const monday = day.subtract({ days: day.dayOfWeek - 1 });
      return [monday, monday.add({ weeks: 1 })];
    },
    month: () => {
      const begin = day.with({ day: 1 });
      return [begin, begin.add({ months: 1 })];
    },
  }[period]() as [Temporal.PlainDate, Temporal.PlainDate];
  // Without a time, a day begins with its first moment, which is not midnight everywhere.
  return { start: startOf(first, timeZone), end: startOf(next, timeZone) };
}

/** From one full hour on the clock to the next, or from and to where the clock is put forward or back. */
function hourAround(moment: Temporal.ZonedDateTime): Stretch {
  const full = moment.epochMilliseconds - ((moment.minute * 60 + moment.second) * 1000 + moment.millisecond);
  // A transition at this very moment counts as before it.
  const before = moment.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const after = moment.getTimeZoneTransition('next');
  return {
    start: Math.max(full, before?.epochMilliseconds ?? full),
    end: Math.min(full + HOUR_MS, after?.epochMilliseconds ?? full + HOUR_MS),
  };
}

const HOUR_MS = 3_600_000;

function startOf(day: Temporal.PlainDate, timeZone: string): number {
  return day.toZonedDateTime(timeZone).epochMilliseconds;
}
