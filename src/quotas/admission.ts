import { DailiesError } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import type { Origin } from '../domain/origin.ts';
import { type Pace, paceOf, startsAt } from '../domain/pace-rule.ts';
import type { Quota } from '../domain/period.ts';
import { leftOf, type QuotaStatus, type Usage } from '../domain/quota-status.ts';
import type { Repositories } from '../store/repositories.ts';
import { noteBudgetUse } from './budget-use.ts';
import { quotaStatus } from './read-quota.ts';

/** The operator's settings: what a member may do where no rule says otherwise. */
export interface Limits {
  pace: Pace;
  quota: Quota;
}

/**
 * Accepts a generation: checks what its member may spend there, takes the hold and writes it. Call it inside a transaction,
 * so that of two requests at the same instant each sees what the other has taken.
 * @param generation not written yet; when it may start and how many of its member may run at once are added.
 * @param endOf when a running generation should end (ms), or null where nothing is known.
 * @returns the generation as it was written.
 * @throws {DailiesError} with the reason; then nothing is written.
 */
export async function admit(
  repositories: Repositories,
  generation: Generation,
  origin: Pick<Origin, 'channel' | 'parentChannel'>,
  limits: Limits,
  endOf: (generation: Generation) => number | null,
): Promise<Generation> {
  const { community, member, roles, createdAt: now } = generation;
  await oneAtATime(repositories, community, member);
  const channel = origin.parentChannel ?? origin.channel;
  const pace = paceOf(await repositories.paceRules.list(community), roles, limits.pace);
  checkQueue(await repositories.generations.listUnfinishedOf(member), pace, endOf);
  const status = await quotaStatus(repositories, { community, member, roles, channel }, limits.quota, now);
  const refusal = refusalOf(status, generation.credits);
  if (refusal) throw refusal;
  const granted = fromGrants(status, generation.credits);
  const admitted: Generation = {
    ...generation,
    concurrency: pace.concurrency,
    startsAt: startsAt(
      await repositories.generations.listStarts(member, now - pace.rate.intervalMs, pace.rate.count),
      pace.rate,
      now,
    ),
  };
  await repositories.generations.insert(admitted);
  const { id, credits } = admitted;
  await repositories.holds.take({ generation: id, community, member, channel, credits, granted, at: now });
  await drawGrants(repositories, admitted, granted, now);
  if (status.budget) await noteBudgetUse(repositories, community, status.budget, credits, now);
  return admitted;
}

/**
 * Renews the hold of a generation whose video came late, after its credits were refunded. Call it inside the
 * transaction that lets the video be delivered.
 * @param roles the platform's own ids of the member's roles, as they are now.
 * @param now when the credits are used (ms).
 * @returns false when there are not enough left by now: then nothing is written, and the video, which is paid for at the
 * provider, costs nothing.
 */
export async function holdAgain(
  repositories: Repositories,
  generation: Generation,
  roles: readonly string[],
  quota: Quota,
  now: number,
): Promise<boolean> {
  const { id, community, member, credits } = generation;
  await oneAtATime(repositories, community, member);
  const channel = await repositories.holds.channelOf(id);
  const status = await quotaStatus(repositories, { community, member, roles, channel }, quota, now);
  if (refusalOf(status, credits)) return false;
  const granted = fromGrants(status, credits);
  await repositories.grants.undraw(id);
  await repositories.holds.retake(id, granted, now);
  await drawGrants(repositories, generation, granted, now);
  if (status.budget) await noteBudgetUse(repositories, community, status.budget, credits, now);
  return true;
}

/**
 * Changes the hold of a generation that hasn't been sent, as its request was changed. Call it inside the
 * transaction that changes it.
 * @param generation with its new price.
 * @returns false when there are not enough left for that; then its hold is as it was.
 */
export async function changeHold(
  repositories: Repositories,
  generation: Generation,
  quota: Quota,
  now: number,
): Promise<boolean> {
  const { id, community, member, roles, credits, createdAt } = generation;
  await oneAtATime(repositories, community, member);
  const channel = await repositories.holds.channelOf(id);
  const before = await repositories.holds.find(id);
  if (before?.state !== 'held') return false;
  // Its own credits are free for it.
  await repositories.holds.release(id);
  await repositories.grants.undraw(id);
  const status = await quotaStatus(repositories, { community, member, roles, channel }, quota, now);
  const fits = !refusalOf(status, credits);
  const granted = fits ? fromGrants(status, credits) : before.granted;
  await repositories.holds.retake(id, granted, createdAt, fits ? credits : before.credits);
  await drawGrants(repositories, generation, granted, now);
  const more = credits - before.credits;
  if (fits && status.budget && more > 0) await noteBudgetUse(repositories, community, status.budget, credits, now);
  return fits;
}

/** Several processes admit at the same time; of one community and of one member, one request at a time. */
async function oneAtATime({ lock }: Repositories, community: string, member: string): Promise<void> {
  await lock(`admission ${community}`);
  await lock(`admission ${member}`);
}

function checkQueue(
  unfinished: readonly Generation[],
  { concurrency, waiting: max }: Pace,
  endOf: (generation: Generation) => number | null,
): void {
  if (unfinished.length < concurrency + max) return;
  const running = unfinished.filter(({ state }) => state !== 'queued');
  const ends = running.map(endOf).filter((end) => end !== null);
  throw new DailiesError('queue_full', {
    running: running.length,
    waiting: unfinished.length - running.length,
    max,
    roomAt: ends.length > 0 ? Math.min(...ends) : null,
  });
}

/** Credits that have to come from grants. */
function fromGrants(status: QuotaStatus, cost: number): number {
  return Math.max(0, cost - (leftOf(status) ?? cost));
}

/** Why there are not enough credits, or undefined when there are. */
function refusalOf(status: QuotaStatus, cost: number): DailiesError | undefined {
  const { rule, granted, channel, budget } = status;
  // Checked for free requests too: a rule of no credits forbids them.
  if (status.credits === 0 && granted === 0) return new DailiesError('quota_forbidden', { rule });
  if (channel?.credits === 0) return new DailiesError('quota_forbidden', { rule: { scope: 'channel', subject: '' } });
  if (budget?.credits === 0) return new DailiesError('quota_forbidden', { rule: { scope: 'community', subject: '' } });
  if (fromGrants(status, cost) > granted)
    return new DailiesError('quota_exhausted', { cost, rule, granted, ...spent(status) });
  if (channel && cost > (leftOf(channel) ?? cost)) {
    return new DailiesError('channel_exhausted', { cost, ...spent(channel) });
  }
  if (budget && cost > (leftOf(budget) ?? cost)) {
    return new DailiesError('budget_exhausted', { cost, ...spent(budget) });
  }
  return undefined;
}

function spent({ used, credits, period, resetsAt }: Usage) {
  return { used, quota: credits ?? 0, period, resetsAt };
}

/** Draws extra credits from the grants that expire first. */
async function drawGrants(
  { grants }: Repositories,
  { id, community, member }: Generation,
  granted: number,
  at: number,
): Promise<void> {
  let rest = granted;
  for (const grant of rest > 0 ? await grants.listOpen(community, at, member) : []) {
    const drawn = Math.min(rest, grant.left);
    if (drawn > 0) await grants.draw(grant.id, id, drawn);
    rest -= drawn;
  }
}
