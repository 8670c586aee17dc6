import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DailiesError } from '../../src/domain/failure.ts';
import type { GenerationState } from '../../src/domain/generation.ts';
import { channelId, communityId, generationId } from '../../src/domain/ids.ts';
import { PERIODS } from '../../src/domain/period.ts';
import type { Usage } from '../../src/domain/quota-status.ts';
import { end } from '../../src/generations/end-generation.ts';
import { admit, holdAgain, type Limits } from '../../src/quotas/admission.ts';
import { quotaStatus } from '../../src/quotas/read-quota.ts';
import type { Repositories } from '../../src/store/repositories.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { makeGeneration } from '../support/generations.ts';
import { tempFolder } from '../support/temp.ts';

const COMMUNITY = communityId('web', 'local');
const MEMBERS = ['web:ada', 'web:ben'];
const ROLES: Record<string, string[]> = { 'web:ada': ['crew', 'extras'], 'web:ben': ['extras'] };
const CHANNELS = ['stage', 'foyer'];
const START = Date.UTC(2026, 9, 24, 20);
const LIMITS: Limits = {
  pace: { concurrency: 1, waiting: 100_000, rate: { count: 100_000, intervalMs: 1 } },
  quota: { credits: 4, period: 'day' },
};
const ENDS: [GenerationState[], GenerationState][] = [
  [['submitting', 'generating', 'delivering'], 'delivered'],
  [['submitting'], 'failed'],
  [[], 'cancelled'],
  [['submitting', 'generating'], 'timed_out'],
];

const credits = fc.constantFrom(null, 0, 1, 2, 3, 5, 8);
const action = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      member: fc.constantFrom(...MEMBERS),
      channel: fc.constantFrom(...CHANNELS),
      cost: fc.constantFrom(0, 1, 2, 3, 6),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat(), how: fc.constantFrom(...ENDS) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('late' as const), which: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('rule' as const),
      of: fc.constantFrom(
        ['member', 'web:ada'] as const,
        ['role', 'crew'] as const,
        ['role', 'extras'] as const,
        ['everyone', ''] as const,
        ['channel', 'stage'] as const,
        ['community', ''] as const,
      ),
      credits,
      period: fc.constantFrom(...PERIODS),
      clear: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('grant' as const),
      member: fc.constantFrom(...MEMBERS),
      credits: fc.integer({ min: 1, max: 4 }),
      hours: fc.option(fc.integer({ min: 1, max: 40 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 3000 }) }),
  },
);
/** After how many writes a transaction dies, as if the process had; most do not. */
const crash = fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat({ max: 4 }) });
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

class Crash extends Error {}

/** The same repositories, of which the n-th write fails. */
function mortal(repositories: Repositories, after: number | undefined): Repositories {
  if (after === undefined) return repositories;
  let left = after;
  const wrap = (repository: object) =>
    new Proxy(repository, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (/^(insert|take|retake|draw|undraw|move|settle|release|append|set)/.test(String(name)) && left-- === 0)
            throw new Crash();
          return value.apply(target, args);
        };
      },
    });
  return Object.fromEntries(
    Object.entries(repositories).map(([name, one]) => [name, wrap(one)]),
  ) as unknown as Repositories;
}

/** A ledger kept beside the database, by the simplest rules there are. */
class World {
  readonly store: Store;
  now = START;
  #count = 0;
  /** What every generation cost, and whether it counts. */
  readonly ledger = new Map<string, { member: string; cost: number; counts: boolean; open: boolean }>();

  constructor(store: Store) {
    this.store = store;
  }

  async act(step: Action, after: number | undefined): Promise<void> {
    const { store, now } = this;
    switch (step.kind) {
      case 'wait':
        this.now += step.minutes * 60_000;
        return;
      case 'rule': {
        const [scope, subject] = step.of;
        if (step.clear) await store.rules.clear(COMMUNITY, scope, subject);
        else
          await store.rules.set(COMMUNITY, {
            scope,
            subject,
            credits: step.credits,
            period: step.period,
            setBy: 'web:mo',
            setAt: now,
          });
        return;
      }
      case 'grant': {
        this.#count += 1;
        const expiresAt = step.hours === null ? undefined : now + step.hours * 3_600_000;
        await store.grants.insert(COMMUNITY, {
          id: `grant${this.#count}`,
          member: step.member,
          credits: step.credits,
          grantedBy: 'web:mo',
          grantedAt: now,
          expiresAt,
        });
        return;
      }
      case 'submit':
        return await this.#submit(step, after);
      case 'end':
        return await this.#end(step, after);
      case 'late':
        return await this.#comeLate(step, after);
    }
  }

  async #submit({ member, channel, cost }: Extract<Action, { kind: 'submit' }>, after: number | undefined) {
    const { store, now } = this;
    this.#count += 1;
    const id = `g${this.#count}`;
    const roles = ROLES[member] ?? [];
    const spender = { community: COMMUNITY, member, roles, channel };
    const before = await quotaStatus(store, spender, LIMITS.quota, now);
    const generation = makeGeneration({ id, member, roles, channel, credits: cost, createdAt: now, startsAt: now });
    const place = { channel: channelId(channel), direct: false, alone: false };
    try {
      await store.transaction((tx) => admit(mortal(tx, after), generation, place, LIMITS, () => null));
    } catch (error) {
      // Whatever went wrong, nothing has changed.
      expect(await quotaStatus(store, spender, LIMITS.quota, now)).toEqual(before);
      expect(await store.generations.find(id)).toBeUndefined();
      if (error instanceof DailiesError) expect(error.code).toMatch(/exhausted|forbidden/);
      else expect(error).toBeInstanceOf(Crash);
      return;
    }
    this.ledger.set(id, { member, cost, counts: true, open: true });
    const status = await quotaStatus(store, spender, LIMITS.quota, now);
    // What was accepted is within every rule that counts, and what the member's own could not give came from grants.
    for (const usage of [status.channel, status.budget]) if (usage && cost > 0) expectWithin(usage, 0);
    expectWithin(status, before.used);
    expect(status.used + (before.granted - status.granted)).toBe(before.used + cost);
  }

  /** A video that was given up is there after all. */
  async #comeLate({ which }: Extract<Action, { kind: 'late' }>, after: number | undefined) {
    const { store, now } = this;
    const ended = [...this.ledger].filter(([, { open, counts }]) => !open && !counts);
    const [id = ''] = ended[which % Math.max(ended.length, 1)] ?? [];
    const entry = this.ledger.get(id);
    const generation = await store.generations.find(id);
    if (!entry || generation?.state !== 'timed_out') return;
    const { community, member, roles, channel } = generation;
    const status = () => quotaStatus(store, { community, member, roles, channel }, LIMITS.quota, now);
    const before = await status();
    let held = false;
    try {
      held = await store.transaction(async (tx) => {
        await tx.generations.move(id, 'timed_out', 'delivering');
        return await holdAgain(mortal(tx, after), generation, roles, LIMITS.quota, now);
      });
    } catch (error) {
      expect(await status()).toEqual(before);
      expect((await store.generations.find(id))?.state).toBe('timed_out');
      expect(error).toBeInstanceOf(Crash);
      return;
    }
    if (!held) {
      await store.generations.move(id, 'delivering', 'delivered');
      expect(await status()).toEqual(before);
      return;
    }
    Object.assign(entry, { counts: true, open: true });
    const then = await status();
    for (const usage of [then.channel, then.budget]) if (usage && entry.cost > 0) expectWithin(usage, 0);
    expectWithin(then, before.used);
    expect(then.used + (before.granted - then.granted)).toBe(before.used + entry.cost);
  }

  async #end({ which, how: [way, to] }: Extract<Action, { kind: 'end' }>, after: number | undefined) {
    const open = [...this.ledger].filter(([, { open }]) => open);
    const [id, entry] = open[which % Math.max(open.length, 1)] ?? [];
    if (!id || !entry) return;
    const { store } = this;
    let from: GenerationState = (await store.generations.find(id))?.state ?? 'queued';
    if (from === 'delivering' && to !== 'delivered') to = 'failed';
    for (const next of from === 'delivering' ? [] : way.slice(way.indexOf(from) + 1)) {
      await store.generations.move(id, from, next);
      from = next;
    }
    const ending = () =>
      store.transaction((tx) =>
        end(mortal(tx, after), { id: generationId(id), community: COMMUNITY }, from, to, { finishedAt: this.now }),
      );
    await ending().catch((error: unknown) => {
      expect(error).toBeInstanceOf(Crash);
      after = undefined;
      return ending();
    });
    // A second time changes nothing.
    expect(await ending()).toBeUndefined();
    entry.open = false;
    entry.counts = to === 'delivered';
  }

  /** Holds add up to what the ledger says, for everybody and from the beginning of time. */
  async check(): Promise<void> {
    const sum = (of: (entry: { member: string }) => boolean) =>
      [...this.ledger.values()]
        .filter((entry) => entry.counts && of(entry))
        .reduce((total, { cost }) => total + cost, 0);
    expect(await this.store.holds.usedIn(COMMUNITY, 0)).toBe(sum(() => true));
    for (const { left, credits } of await this.store.grants.listOpen(COMMUNITY, 0)) {
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(credits);
    }
    for (const member of MEMBERS) {
      const own = await this.store.holds.usedByMember(COMMUNITY, member, 0);
      expect(own).toBeGreaterThanOrEqual(0);
      expect(own).toBeLessThanOrEqual(sum((entry) => entry.member === member));
    }
  }
}

/** @param already what was used before the rule was lowered below it. */
function expectWithin({ credits, used }: Usage, already: number): void {
  if (credits !== null) expect(used).toBeLessThanOrEqual(Math.max(credits, already));
}

const LIVES = 5;

/** One test a seed, each with a few lives of a ledger: credits add up, whatever happens in whatever order. */
export function testLedger(seeds: readonly number[]): void {
  it.each(seeds)('credits add up, whatever happens in whatever order, with crashes between (seed %i)', async (seed) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(action, crash), { minLength: 400, maxLength: 400, size: 'max' }),
        async (steps) => {
          const store = await openStore(`sqlite:${join(await tempFolder(), 'dailies.db')}`);
          try {
            const world = new World(store);
            for (const [step, after] of steps) await world.act(step, after);
            await world.check();
          } finally {
            await store.close();
          }
        },
      ),
      { numRuns: LIVES, seed, endOnFailure: true },
    );
  });
}
