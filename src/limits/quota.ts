import type { Repositories } from '../store/store.ts';
import { periodAround, type Quota } from './periods.ts';

/** What a member has used of a quota, in credits, and when they come back (ms). */
export interface QuotaStatus {
  used: number;
  quota: Quota;
  resetsAt: number;
}

/** What a member has used of a quota at the moment `now`. */
export async function quotaStatus(
  repositories: Pick<Repositories, 'holds'>,
  { community, member }: { community: string; member: string },
  quota: Quota,
  now: number,
): Promise<QuotaStatus> {
  const period = periodAround(now, quota.period);
  return { used: await repositories.holds.usedSince(community, member, period.start), quota, resetsAt: period.end };
}

/** The credits that are left of a quota; never below 0, although a quota may have been lowered meanwhile. */
export function leftOf({ used, quota }: QuotaStatus): number {
  return Math.max(0, quota.credits - used);
}
