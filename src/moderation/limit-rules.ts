import { type AuditSubject, EVERYTHING } from '../domain/event.ts';
import { type Pace, type PaceRule, paceOf } from '../domain/pace-rule.ts';
import { PERIODS } from '../domain/period.ts';
import type { QuotaStatus } from '../domain/quota-status.ts';
import { inOrder, MOST_CREDITS, type Rule, type Scope, type SetRule, type Subject } from '../domain/rule.ts';
import { noteBudgetUse } from '../quotas/budget-use.ts';
import { quotaStatus } from '../quotas/read-quota.ts';
import type { OpenGrant } from '../store/grants.ts';
import type { Change, Moderating } from './door.ts';
import { checkSubject, checkWhole, expected } from './value-checks.ts';

/** Credits and period of a rule. */
export type Limit = Pick<Rule, 'credits' | 'period'>;

/** All limits of a community. */
export interface Listing {
  /** In the order in which they count. */
  rules: SetRule[];
  /** Extra credits of which something is left, those that end first before the others. */
  grants: OpenGrant[];
  /** The one for everyone first. */
  paces: PaceRule[];
}

/**
 * Sets a rule; the one of the whole community is its budget. Has no effect when the rule is already the same.
 * @returns what it was before, and is now.
 * @throws {DailiesError} `moderators_only`. @throws {RangeError} for a rule that the commands do not let pass.
 */
export async function setLimit(context: Moderating, rule: Rule): Promise<{ before: Limit | undefined; after: Limit }> {
  const { moderation, community, member } = context;
  const { scope, subject, credits, period } = rule;
  checkRule(rule);
  return await moderation.change(context, async (change) => {
    const { rules, now, note } = change;
    const before = await rules.find(community, scope, subject);
    if (before?.credits === credits && before.period === period) return { before, after: { credits, period } };
    await rules.set(community, { ...rule, setBy: member, setAt: now });
    const action = scope === 'community' ? 'budget.set' : 'quota.set';
    await note(action, subjectOf(rule), before && writeLimit(before), writeLimit(rule));
    if (scope === 'community') await noteUseOfNewBudget(change, context);
    return { before, after: { credits, period } };
  });
}

/** Takes a rule away. @returns it, or undefined when there was none. @throws {DailiesError} `moderators_only`. */
export async function clearLimit(context: Moderating, scope: Scope, subject: string): Promise<Limit | undefined> {
  const { moderation, community } = context;
  return await moderation.change(context, async ({ rules, note }) => {
    const before = await rules.clear(community, scope, subject);
    if (!before) return undefined;
    await note(scope === 'community' ? 'budget.clear' : 'quota.clear', subjectOf(before), writeLimit(before));
    return before;
  });
}

/** All rules, extra credits and paces of the community. @throws {DailiesError} `moderators_only`. */
export async function listLimits(context: Moderating): Promise<Listing> {
  const { moderation, community } = context;
  return await moderation.read(context, async ({ rules, grants, paceRules }) => ({
    // Among rules of one scope none comes first, but people count on numbers that stay as they were.
    rules: inOrder((await rules.list(community)).sort(byName)),
    grants: await grants.listOpen(community, moderation.tools.clock.now()),
    paces: (await paceRules.list(community)).sort(byName),
  }));
}

/**
 * Limits that apply to a member: the rule and its use, extra credits, and the rate limit. Includes the budget, but not
 * the channel's rule, as no channel is named.
 * @throws {DailiesError} `moderators_only`.
 */
export async function limitsOf(
  context: Moderating,
  { member, roles }: Subject,
): Promise<{ status: QuotaStatus; pace: Pace }> {
  const { moderation, community } = context;
  const { limits, clock } = moderation.tools;
  return await moderation.read(context, async (repositories) => ({
    status: await quotaStatus(repositories, { community, member, roles, channel: '' }, limits.quota, clock.now()),
    pace: paceOf(await repositories.paceRules.list(community), roles, limits.pace),
  }));
}

/** A new budget may be used up already. */
async function noteUseOfNewBudget(change: Change, { moderation, community, member }: Moderating): Promise<void> {
  const spender = { community, member, roles: [], channel: '' };
  const { budget } = await quotaStatus(change, spender, moderation.tools.limits.quota, change.now);
  if (budget) await noteBudgetUse(change, community, budget, undefined, change.now);
}

/** Credits in a period as the audit has them: `20/day`, `unlimited`. */
function writeLimit({ credits, period }: Limit): string {
  return credits === null ? 'unlimited' : `${credits}/${period}`;
}

function subjectOf({ scope, subject }: Pick<Rule, 'scope' | 'subject'>): AuditSubject {
  return scope === 'everyone' || scope === 'community' ? EVERYTHING : { kind: scope, id: subject };
}

function byName(a: { subject: string }, b: { subject: string }): number {
  if (a.subject === b.subject) return 0;
  return a.subject < b.subject ? -1 : 1;
}

function checkRule({ scope, subject, credits, period }: Rule): void {
  const isNamed = scope === 'member' || scope === 'role' || scope === 'channel';
  if (isNamed) checkSubject(subject);
  else if (subject !== '') throw expected(`no subject of a rule for ${scope}`, subject);
  if (credits !== null) checkWhole(credits, 0, MOST_CREDITS);
  if (!PERIODS.includes(period)) throw expected(`one of ${PERIODS.join(', ')}`, period);
}
