/** The periods in which credits come back. */
export const PERIODS = ['hour', 'day', 'week', 'month'] as const;

/** One of the periods in which credits come back. */
export type Period = (typeof PERIODS)[number];

/** So many credits in each calendar period. */
export interface Quota {
  credits: number;
  period: Period;
}

/**
 * The calendar period that holds the moment `now`, in UTC; weeks begin on Monday (ISO 8601).
 * @returns its first millisecond and the first one after it.
 */
export function periodAround(now: number, period: Period): { start: number; end: number } {
  const date = new Date(now);
  const [year, month, day, hour] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours()];
  const monday = day - ((date.getUTCDay() + 6) % 7);
  switch (period) {
    case 'hour':
      return { start: Date.UTC(year, month, day, hour), end: Date.UTC(year, month, day, hour + 1) };
    case 'day':
      return { start: Date.UTC(year, month, day), end: Date.UTC(year, month, day + 1) };
    case 'week':
      return { start: Date.UTC(year, month, monday), end: Date.UTC(year, month, monday + 7) };
    case 'month':
      return { start: Date.UTC(year, month), end: Date.UTC(year, month + 1) };
  }
}
