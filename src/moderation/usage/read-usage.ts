import { DEFAULT_TIME_ZONE } from '../../domain/community.ts';
import type { Repositories } from '../../store/repositories.ts';
import type { Moderating } from '../door.ts';
import { bucketStarts, type UsagePeriod, usageEvents, usageSpan } from './calendar.ts';
import type { UsageRow } from './csv.ts';
import { type UsageReport, type UsageSpan, usageReport } from './usage-report.ts';

/** The most lines of an export: they fit a file that every platform takes. */
const MOST_ROWS = 20_000;

/** The rows of an export. */
export interface Export {
  /** The oldest first. */
  rows: UsageRow[];
  /** How many earlier ones are left out. */
  omitted: number;
  /** Where the period starts (ms), in the community's time zone. */
  start: number;
  timeZone: string;
}

/**
 * Usage in the current day, week or month of the community's time zone, compared with the one before.
 * @throws {DailiesError} `moderators_only`.
 */
export async function readUsage(context: Moderating, period: UsagePeriod): Promise<UsageReport> {
  const { moderation, community } = context;
  return await moderation.read(context, async (repositories) => {
    const { generations, refusals } = repositories;
    const span = await spanOf(repositories, context, period);
    const { previousStart, start, end } = span;
    const events = usageEvents(
      await generations.listCreatedIn(community, previousStart, end),
      await refusals.list(community, previousStart, end),
    );
    return usageReport(events, span, bucketStarts(start, end, span), bucketStarts(previousStart, start, span));
  });
}

/**
 * Requests of the current period, without prompts; at most the latest `most`.
 * @throws {DailiesError} `moderators_only`.
 */
export async function exportUsage(context: Moderating, period: UsagePeriod, most = MOST_ROWS): Promise<Export> {
  const { moderation, community } = context;
  return await moderation.read(context, async (repositories) => {
    const { start, end, timeZone } = await spanOf(repositories, context, period);
    const rows = (await repositories.generations.listCreatedIn(community, start, end)).map(
      ({ id: _, createdAt, failure, ...figures }): UsageRow => ({
        ...figures,
        time: createdAt,
        failure: failure ?? null,
      }),
    );
    return { rows: rows.slice(-most), omitted: Math.max(0, rows.length - most), start, timeZone };
  });
}

async function spanOf(
  { communitySettings }: Pick<Repositories, 'communitySettings'>,
  { moderation, community }: Moderating,
  period: UsagePeriod,
): Promise<UsageSpan> {
  const { timeZone = DEFAULT_TIME_ZONE } = await communitySettings.get(community);
  return usageSpan(moderation.tools.clock.now(), period, timeZone);
}
