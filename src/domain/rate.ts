/** The most starts in any stretch of `intervalMs`. */
export interface Rate {
  count: number;
  intervalMs: number;
}

/** The stretches of time for which people state rates, in ms. */
const INTERVALS_MS = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** One of the stretches of time for which people state rates. */
export type RateUnit = keyof typeof INTERVALS_MS;

/** A rate as people write it, such as `10/hour`: 1 to 999,999 starts in a second, minute, hour or day; else undefined. */
export function parseRate(text: string): Rate | undefined {
  const [, count, unit] = /^([1-9]\d{0,5})\/(second|minute|hour|day)$/.exec(text) ?? [];
  return unit === undefined ? undefined : { count: Number(count), intervalMs: INTERVALS_MS[unit as RateUnit] };
}

/** A rate as people write it. */
export function writeRate(rate: Rate): string {
  return `${rate.count}/${unitOf(rate)}`;
}

/** The unit of a rate. @throws {RangeError} when no one could have written it. */
export function unitOf({ intervalMs }: Rate): RateUnit {
  const units = Object.keys(INTERVALS_MS) as RateUnit[];
  const unit = units.find((name) => INTERVALS_MS[name] === intervalMs);
  if (!unit) throw new RangeError(`expected a second, minute, hour or day, got ${intervalMs} ms`);
  return unit;
}
