import { DEFAULT_TIME_ZONE } from '../domain/community.ts';
import type { RuleName } from '../domain/failure.ts';
import { type Period, periodAround, type Quota, type Stretch } from '../domain/period.ts';
import { countingRule, type Rule } from '../domain/rule.ts';
import type { Repositories } from '../store/store.ts';

/** What is used of one limit. Credits are whole numbers. */
export interface Usage {
  /** Null: without limit. */
  credits: number | null;
  period: Period;
  /** Held or settled by requests made since the period began. */
  used: number;
  /** When the next period begins (ms). */
  resetsAt: number;
}

/** What a member may spend, and has spent. */
export interface QuotaStatus extends Usage {
  /** The rule that counts for the member. */
  rule: RuleName;
  /** Extra credits that are left of grants. */
  granted: number;
  /** When the first of them end (ms), if they do. */
  grantsEnd: number | undefined;
  /** What limits in addition: all that is made in the channel together, if there is a rule for it. */
  channel: Usage | undefined;
  /** The same for the whole community. */
  budget: Usage | undefined;
}

/** Whose credits are looked at, and where. */
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
 * What somebody may spend and has spent at the moment `now` (ms).
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

/** The credits that are left of a limit, or null where there is none; never below 0, as it may have been lowered. */
export function leftOf({ credits, used }: Pick<Usage, 'credits' | 'used'>): number | null {
  return credits === null ? null : Math.max(0, credits - used);
}

/** What a member can spend now: what is left of the rule that counts, and of grants; null without limit. */
export function spendable(status: QuotaStatus): number | null {
  const left = leftOf(status);
  return left === null ? null : left + status.granted;
}
