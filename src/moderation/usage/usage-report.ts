import type { Period } from '../../domain/period.ts';

/** Number of most active members that are named. */
const TOP_MEMBERS = 5;

/** Figures for a period. Credits are those of delivered videos. */
export interface UsageFigures {
  videos: number;
  credits: number;
  refusals: number;
  failures: number;
}

/** One end of a generation, or a request that was refused. */
export interface UsageEvent {
  /** When, in ms. */
  at: number;
  kind: 'delivered' | 'failed' | 'refused';
  member: string;
  model: string;
  credits: number;
}

/** The period that is reported, and the one before it, which ends where this one starts. All in ms. */
export interface UsageSpan {
  period: Exclude<Period, 'hour'>;
  start: number;
  /** The first moment after it. */
  end: number;
  previousStart: number;
  timeZone: string;
}

/** Videos in one bar of the picture. */
export interface UsageBucket {
  /** Where it starts, in ms. */
  start: number;
  /** By model; a model without a video is left out. */
  byModel: Record<string, number>;
  /** In the bucket at the same place of the period before; 0 where that one was shorter. */
  before: number;
}

/** Data behind `/moderate usage`. Models and members are sorted by number of videos, highest first. */
export interface UsageReport {
  period: UsageSpan['period'];
  start: number;
  end: number;
  timeZone: string;
  now: UsageFigures;
  before: UsageFigures;
  models: { model: string; videos: number; credits: number }[];
  members: { member: string; videos: number; credits: number }[];
  buckets: UsageBucket[];
}

/**
 * Adds up what happened. Where buckets begin comes from outside, as only a calendar knows: a day has 23, 24 or 25 hours,
 * and a month may be shorter or longer than the one before.
 * @param bucketStarts ascending, the first one at `start`; each bucket ends where the next one starts.
 * @param previousBucketStarts the same for the period before. Those beyond the number of this period's buckets count in
 * `before`, but in no bucket.
 */
export function usageReport(
  events: readonly UsageEvent[],
  { period, start, end, previousStart, timeZone }: UsageSpan,
  bucketStarts: readonly number[],
  previousBucketStarts: readonly number[],
): UsageReport {
  const now = events.filter(({ at }) => at >= start && at < end);
  const before = events.filter(({ at }) => at >= previousStart && at < start);
  const delivered = now.filter(isDelivered);
  const buckets: UsageBucket[] = bucketStarts.map((bucket) => ({ start: bucket, byModel: {}, before: 0 }));
  for (const { at, model } of delivered) {
    const bucket = buckets[placeOf(at, bucketStarts)];
    if (bucket) bucket.byModel[model] = (bucket.byModel[model] ?? 0) + 1;
  }
  for (const { at } of before.filter(isDelivered)) {
    const bucket = buckets[placeOf(at, previousBucketStarts)];
    if (bucket) bucket.before += 1;
  }
  return {
    period,
    start,
    end,
    timeZone,
    now: figuresOf(now),
    before: figuresOf(before),
    models: totals(delivered, 'model').map(({ name, ...sums }) => ({ model: name, ...sums })),
    members: totals(delivered, 'member')
      .slice(0, TOP_MEMBERS)
      .map(({ name, ...sums }) => ({ member: name, ...sums })),
    buckets,
  };
}

function isDelivered({ kind }: UsageEvent): boolean {
  return kind === 'delivered';
}

function figuresOf(events: readonly UsageEvent[]): UsageFigures {
  const delivered = events.filter(isDelivered);
  return {
    videos: delivered.length,
    credits: delivered.reduce((sum, { credits }) => sum + credits, 0),
    refusals: events.filter(({ kind }) => kind === 'refused').length,
    failures: events.filter(({ kind }) => kind === 'failed').length,
  };
}

/** The last bucket that has started by then; -1 before the first. */
function placeOf(at: number, starts: readonly number[]): number {
  return starts.findLastIndex((start) => start <= at);
}

/** Of equally many videos, more credits come first, then the name, so that the order never changes by chance. */
function totals(events: readonly UsageEvent[], by: 'model' | 'member') {
  const sums = new Map<string, { name: string; videos: number; credits: number }>();
  for (const event of events) {
    const sum = sums.get(event[by]) ?? { name: event[by], videos: 0, credits: 0 };
    sums.set(event[by], { name: sum.name, videos: sum.videos + 1, credits: sum.credits + event.credits });
  }
  return [...sums.values()].sort(
    (a, b) => b.videos - a.videos || b.credits - a.credits || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}
