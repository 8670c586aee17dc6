import type { RuleName } from './failure.ts';
import type { Period } from './period.ts';

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

/** The credits that are left of a limit, or null where there is none; never below 0, as it may have been lowered. */
export function leftOf({ credits, used }: Pick<Usage, 'credits' | 'used'>): number | null {
  return credits === null ? null : Math.max(0, credits - used);
}

/** What a member can spend now: what is left of the rule that counts, and of grants; null without limit. */
export function spendable(status: QuotaStatus): number | null {
  const left = leftOf(status);
  return left === null ? null : left + status.granted;
}
