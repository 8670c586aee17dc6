import { DEFAULT_TIME_ZONE } from '../domain/community.ts';
import type { Asker } from '../domain/origin.ts';
import { type Pace, type PaceRule, paceOf } from '../domain/pace.ts';
import { PERIODS } from '../domain/period.ts';
import type { QuotaStatus } from '../domain/quota.ts';
import { inOrder, MOST_CREDITS, type Rule, type Scope, type SetRule, type Subject } from '../domain/rule.ts';
import type { Clock } from '../lib/clock.ts';
import type { Limits } from '../quotas/admission.ts';
import { tellOfBudget } from '../quotas/budget.ts';
import { quotaStatus } from '../quotas/quota.ts';
import type { OpenGrant } from '../store/grants.ts';
import type { Repositories } from '../store/store.ts';
import type { Changes } from './door.ts';
import { subjectOf, writeGrant, writeLimit, writePace } from './written.ts';

/** What the quotas are worked with. */
export interface QuotasParts {
  clock: Clock;
  newId: () => string;
  /** The operator's settings, which count where no rule says otherwise. */
  limits: Limits;
}

/** Credits and period of a rule. */
export type Limit = Pick<Rule, 'credits' | 'period'>;

/** What is set in a community. */
export interface Listing {
  /** In the order in which they count. */
  rules: SetRule[];
  /** Extra credits of which something is left, those that end first before the others. */
  grants: OpenGrant[];
  /** The one for everyone first. */
  paces: PaceRule[];
}

/** What may be changed of a pace; what is left out stays. */
export type PaceChange = Omit<PaceRule, 'subject'>;

/** The most that may run at once, wait, and start in a stretch of time. */
export const MOST_PACE = { concurrency: 1000, waiting: 100_000, rate: 999_999 } as const;

/**
 * Who may spend how much, and how fast; for moderators. Every method throws a `DailiesError` `moderators_only` for
 * anybody else, and a `RangeError` for values that the commands do not let pass; then nothing is written. A change that
 * changes nothing is not written either.
 */
export class Quotas {
  readonly #changes: Changes;
  readonly #parts: QuotasParts;

  constructor(changes: Changes, { clock, newId, limits }: QuotasParts) {
    this.#changes = changes;
    this.#parts = { clock, newId, limits };
  }

  /** The operator's settings, which count where no rule says otherwise. */
  get defaults(): Limits {
    return this.#parts.limits;
  }

  /** The time zone (IANA name) in which the community's dates are meant. */
  async timeZone(asker: Asker): Promise<string> {
    return await this.#changes.read(asker, async ({ communitySettings }) => {
      return (await communitySettings.get(asker.community)).timeZone ?? DEFAULT_TIME_ZONE;
    });
  }

  /** Sets a rule. @returns what it was before, and is now. */
  async set(asker: Asker, rule: Rule): Promise<{ before: Limit | undefined; after: Limit }> {
    const { scope, subject, credits, period } = rule;
    checkRule(rule);
    return await this.#changes.make(asker, async (repositories, note) => {
      const { rules } = repositories;
      const before = await rules.find(asker.community, scope, subject);
      if (before?.credits === credits && before.period === period) return { before, after: { credits, period } };
      await rules.set(asker.community, { ...rule, setBy: asker.member, setAt: this.#parts.clock.now() });
      await note({
        action: scope === 'community' ? 'budget.set' : 'quota.set',
        subject: subjectOf(rule),
        before: before && writeLimit(before),
        after: writeLimit(rule),
      });
      if (scope === 'community') await this.#lookAtBudget(repositories, asker);
      return { before, after: { credits, period } };
    });
  }

  /** A new budget may be used up already. */
  async #lookAtBudget(repositories: Repositories, { community, member }: Asker): Promise<void> {
    const { limits, clock } = this.#parts;
    const now = clock.now();
    const spender = { community, member, roles: [], channel: '' };
    const { budget } = await quotaStatus(repositories, spender, limits.quota, now);
    if (budget) await tellOfBudget(repositories, community, budget, undefined, now);
  }

  /** Takes a rule away. @returns it, or undefined when there was none. */
  async clear(asker: Asker, scope: Scope, subject: string): Promise<Limit | undefined> {
    return await this.#changes.make(asker, async ({ rules }, note) => {
      const before = await rules.clear(asker.community, scope, subject);
      if (!before) return undefined;
      await note({
        action: scope === 'community' ? 'budget.clear' : 'quota.clear',
        subject: subjectOf(before),
        before: writeLimit(before),
        after: undefined,
      });
      return before;
    });
  }

  /**
   * Gives a member extra credits, once only.
   * @param credits a whole number from 1 to {@link MOST_CREDITS}.
   * @param expiresAt after it (ms), what is left of them is gone; it must be to come.
   * @returns all extra credits that the member has left now, these included.
   */
  async grant(asker: Asker, member: string, credits: number, expiresAt?: number): Promise<{ total: number }> {
    const { clock, newId } = this.#parts;
    checkSubject(member);
    checkWhole(credits, 1, MOST_CREDITS);
    return await this.#changes.make(asker, async ({ grants }, note) => {
      const now = clock.now();
      if (expiresAt !== undefined && !(expiresAt > now)) throw expected('an end to come', expiresAt);
      const grant = { id: newId(), member, credits, grantedBy: asker.member, grantedAt: now, expiresAt };
      await grants.insert(asker.community, grant);
      await note({
        action: 'quota.grant',
        subject: { kind: 'member', id: member },
        before: undefined,
        after: writeGrant(credits, expiresAt),
      });
      const open = await grants.listOpen(asker.community, now, member);
      return { total: open.reduce((sum, { left }) => sum + left, 0) };
    });
  }

  /** Takes back the extra credits that a member has left. @returns how many. */
  async revoke(asker: Asker, member: string): Promise<number> {
    checkSubject(member);
    return await this.#changes.make(asker, async ({ grants }, note) => {
      const now = this.#parts.clock.now();
      const left = (await grants.listOpen(asker.community, now, member)).reduce((sum, grant) => sum + grant.left, 0);
      if (left === 0) return 0;
      await grants.end(asker.community, member, now);
      const subject = { kind: 'member', id: member } as const;
      await note({ action: 'quota.revoke', subject, before: writeGrant(left, undefined), after: undefined });
      return left;
    });
  }

  /** All that is set in the community. */
  async list(asker: Asker): Promise<Listing> {
    const { community } = asker;
    return await this.#changes.read(asker, async ({ rules, grants, paceRules }) => ({
      // Among rules of one scope none comes first, but people count on numbers that stay as they were.
      rules: inOrder((await rules.list(community)).sort(byName)),
      grants: await grants.listOpen(community, this.#parts.clock.now()),
      paces: (await paceRules.list(community)).sort(byName),
    }));
  }

  /**
   * What counts for a member: the rule with what is used of it, extra credits, and the pace. The budget is in it, the
   * channel's rule is not, as no channel is named.
   */
  async standing(asker: Asker, { member, roles }: Subject): Promise<{ status: QuotaStatus; pace: Pace }> {
    const { community } = asker;
    const { limits, clock } = this.#parts;
    return await this.#changes.read(asker, async (repositories) => ({
      status: await quotaStatus(repositories, { community, member, roles, channel: '' }, limits.quota, clock.now()),
      pace: paceOf(await repositories.paceRules.list(community), roles, limits.pace),
    }));
  }

  /**
   * Changes how fast members may go.
   * @param subject the platform's own id of a role; '' for everyone.
   * @param change what is left out stays.
   * @returns whether anything is not as it was, and the pace of a member to whom no other role's rule applies.
   */
  async setPace(asker: Asker, subject: string, change: PaceChange): Promise<{ changed: boolean; pace: Pace }> {
    if (subject !== '') checkSubject(subject);
    checkPace(change);
    return await this.#changes.make(asker, async ({ paceRules }, note) => {
      const before = (await paceRules.list(asker.community)).find((rule) => rule.subject === subject);
      const after = { ...before, ...given(change), subject };
      const [was, is] = [before && writePace(before), writePace(after)];
      if (was !== is) {
        await paceRules.set(asker.community, after);
        await note({ action: 'pace.set', subject: ofPace(subject), before: was, after: is });
      }
      const rules = await paceRules.list(asker.community);
      return { changed: was !== is, pace: paceOf(rules, [subject], this.#parts.limits.pace) };
    });
  }

  /**
   * Takes a pace back.
   * @param subject as it was set.
   * @returns the rule, or undefined when there was none, and the pace that counts instead.
   */
  async clearPace(asker: Asker, subject: string): Promise<{ before: PaceRule | undefined; pace: Pace }> {
    return await this.#changes.make(asker, async ({ paceRules }, note) => {
      const rules = await paceRules.list(asker.community);
      const before = rules.find((rule) => rule.subject === subject);
      if (before) {
        await paceRules.clear(asker.community, subject);
        await note({ action: 'pace.clear', subject: ofPace(subject), before: writePace(before), after: undefined });
      }
      const others = rules.filter((rule) => rule.subject !== subject);
      return { before, pace: paceOf(others, [], this.#parts.limits.pace) };
    });
  }
}

function ofPace(subject: string) {
  return subject === '' ? ({ kind: 'everything' } as const) : ({ kind: 'role', id: subject } as const);
}

function byName(a: { subject: string }, b: { subject: string }): number {
  if (a.subject === b.subject) return 0;
  return a.subject < b.subject ? -1 : 1;
}

/** Without the parts that are there and undefined, which would hide those that stay. */
function given(change: PaceChange): PaceChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function checkRule({ scope, subject, credits, period }: Rule): void {
  const isNamed = scope === 'member' || scope === 'role' || scope === 'channel';
  if (isNamed) checkSubject(subject);
  else if (subject !== '') throw expected(`no subject of a rule for ${scope}`, subject);
  if (credits !== null) checkWhole(credits, 0, MOST_CREDITS);
  if (!PERIODS.includes(period)) throw expected(`one of ${PERIODS.join(', ')}`, period);
}

function checkPace({ concurrency, waiting, rate }: PaceChange): void {
  if (concurrency !== undefined) checkWhole(concurrency, 1, MOST_PACE.concurrency);
  if (waiting !== undefined) checkWhole(waiting, 0, MOST_PACE.waiting);
  if (rate !== undefined) checkWhole(rate.count, 1, MOST_PACE.rate);
  if (concurrency === undefined && waiting === undefined && rate === undefined) throw expected('a change', 'none');
}

/** An id that a mention can hold. */
function checkSubject(subject: string): void {
  if (!/^[\w:/-]{1,100}$/.test(subject)) throw expected('an id', subject);
}

function checkWhole(value: number, minimum: number, maximum: number): void {
  const fits = Number.isSafeInteger(value) && value >= minimum && value <= maximum;
  if (!fits) throw expected(`a whole number from ${minimum} to ${maximum}`, value);
}

function expected(what: string, found: unknown): RangeError {
  return new RangeError(`expected ${what}, got ${JSON.stringify(found)}`);
}
