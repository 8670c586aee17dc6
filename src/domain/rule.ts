import type { Period } from './period.ts';

/**
 * Whom a rule is about: everyone (each member by themselves), a role (each member who has it), a member, a channel (all
 * that is made in it together), or the community (its budget: all that is made in it together).
 */
export const SCOPES = ['member', 'role', 'everyone', 'channel', 'community'] as const;

/** One of the scopes. */
export type Scope = (typeof SCOPES)[number];

/** One moderator's limit: so many credits in each calendar period of the community's time zone. */
export interface Rule {
  scope: Scope;
  /** The member's id, or the platform's own id of a role or channel; '' for everyone and the community. */
  subject: string;
  /** A whole number; 0 forbids, null is without limit. */
  credits: number | null;
  period: Period;
}

/** A rule with who set it, and when (ms). */
export interface SetRule extends Rule {
  setBy: string;
  setAt: number;
}

/** More than any community has to give, and far below what numbers hold exactly. */
export const MOST_CREDITS = 1_000_000_000;

/** Hours in each period, so that rules of different periods can be compared. */
const HOURS: Record<Period, number> = { hour: 1, day: 24, week: 168, month: 730 };

/** Whose rules are looked for. */
export interface Subject {
  member: string;
  /** The platform's own ids of the member's roles. */
  roles: readonly string[];
}

/**
 * The rule that counts for a member: the member's own; else the most generous of the member's roles; else everyone's;
 * else none, and the operator's default counts.
 */
export function countingRule<R extends Rule>(rules: readonly R[], { member, roles }: Subject): R | undefined {
  const own = rules.find(({ scope, subject }) => scope === 'member' && subject === member);
  if (own) return own;
  const [best] = rules.filter(({ scope, subject }) => scope === 'role' && roles.includes(subject)).sort(byGenerosity);
  return best ?? rules.find(({ scope }) => scope === 'everyone');
}

/** The more generous first: without limit, then the most credits in the long run, then the most at once. */
function byGenerosity(a: Rule, b: Rule): number {
  const perHour = ({ credits, period }: Rule) => (credits ?? Number.POSITIVE_INFINITY) / HOURS[period];
  return (
    compare(perHour(b), perHour(a)) ||
    compare(b.credits ?? 0, a.credits ?? 0) ||
    compare(b.subject < a.subject ? 1 : 0, a.subject < b.subject ? 1 : 0)
  );
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** In the order in which rules count; channel rules and the budget limit in addition, so they come last. */
export function inOrder<R extends Rule>(rules: readonly R[]): R[] {
  return [...rules].sort(
    (a, b) => SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope) || (a.scope === 'role' ? byGenerosity(a, b) : 0),
  );
}
