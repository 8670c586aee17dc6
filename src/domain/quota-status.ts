import type { RuleName } from './failure.ts';
import type { Period } from './period.ts';

/** One limit and the used part of it. Credits are whole numbers. */
export interface Usage {
  /** Null: without limit. */
  credits: number | null;
  period: Period;
  /** Held or settled by requests made since the period began. */
  used: number;
  /** When the next period begins (ms). */
  resetsAt: number;
}

/** A member's limits, and how much of them is used. */
export interface QuotaStatus extends Usage {
  /** The rule that counts for the member. */
  rule: RuleName;
  /** Extra credits that are left of grants. */
  granted: number;
  /** When the first of them end (ms), if they do. */
  grantsEnd: number | undefined;
  /** A further limit for everything made in the channel, if there is a rule for it. */
  channel: Usage | undefined;
  /** The same for the whole community. */
  budget: Usage | undefined;
}

/** The credits that are left of a limit, or null where there is none; never below 0, as it may have been lowered. */
export function leftOf({ credits, used }: Pick<Usage, 'credits' | 'used'>): number | null {
  return credits === null ? null : Math.max(0, credits - used);
}

/** Credits that a member can spend now: those left of the rule that counts, and of grants; null without limit. */
export function spendable(status: QuotaStatus): number | null {
  const left = leftOf(status);
  return left === null ? null : left + status.granted;
}
