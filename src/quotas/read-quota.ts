import { DEFAULT_TIME_ZONE } from '../domain/community.ts';
import { periodAround, type Quota, type Stretch } from '../domain/period.ts';
import type { QuotaStatus, Usage } from '../domain/quota-status.ts';
import { countingRule, type Rule } from '../domain/rule.ts';
import type { Repositories } from '../store/repositories.ts';

/** The member whose credits are read, and where. */
export interface Spender {
  community: string;
  member: string;
  /** The platform's own ids of the member's roles. */
  roles: readonly string[];
  /** The channel whose rule counts: for a thread, the one that it belongs to. */
  channel: string;
}

type Needed = Pick<Repositories, 'holds' | 'rules' | 'grants' | 'communitySettings'>;

/**
 * Credits that a member may spend and has spent as of `now` (ms).
 * @param fallback `DEFAULT_QUOTA`, where no rule says otherwise.
 */
export async function quotaStatus(
  repositories: Needed,
  spender: Spender,
  fallback: Quota,
  now: number,
): Promise<QuotaStatus> {
  const { holds, rules, grants, communitySettings } = repositories;
  const { community, member, channel } = spender;
  const { timeZone = DEFAULT_TIME_ZONE } = await communitySettings.get(community);
  const known = await rules.listFor(community, spender);
  const usage = async (
    { credits, period }: Pick<Rule, 'credits' | 'period'>,
    count: (span: Stretch) => Promise<number>,
  ) => {
    const span = periodAround(now, period, timeZone);
    return { credits, period, used: await count(span), resetsAt: span.end } satisfies Usage;
  };
  const counting = countingRule(known, spender);
  const channelRule = known.find(({ scope }) => scope === 'channel');
  const budget = known.find(({ scope }) => scope === 'community');
  const open = await grants.listOpen(community, now, member);
  return {
    rule: counting ? { scope: counting.scope, subject: counting.subject } : { scope: 'default', subject: '' },
    ...(await usage(counting ?? fallback, ({ start }) => holds.usedByMember(community, member, start))),
    granted: open.reduce((sum, { left }) => sum + left, 0),
    grantsEnd: open[0]?.expiresAt,
    channel: channelRule && (await usage(channelRule, ({ start }) => holds.usedInChannel(community, channel, start))),
    budget: budget && (await usage(budget, ({ start }) => holds.usedIn(community, start))),
  };
}
