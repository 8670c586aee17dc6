import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { createClusterEngine } from '../../src/queue/cluster.ts';
import type { Engine, Work } from '../../src/queue/engine.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { eventually } from '../support/eventually.ts';
import { makeGeneration } from '../support/generations.ts';
import { recordingLog } from '../support/log.ts';
import { describeOnPostgres } from '../support/postgres.ts';
import { engineContract } from './contract.ts';

/** Up to this, in ms, a wait is as long as it is asked for: it decides which process goes first. */
const POLITE_MS = 20;
/** Otherwise waits a tenth of that, so that what happens every few seconds happens within a test. */
const brisk: Clock = {
  now: Date.now,
  sleep: (ms, signal) => systemClock.sleep(ms <= POLITE_MS ? ms : ms / 10, signal),
};
/** Never comes to what happens every few seconds: it does what it is told by others, or nothing. */
const still: Clock = {
  now: Date.now,
  sleep: (ms, signal) => systemClock.sleep(ms <= POLITE_MS ? ms : 86_400_000, signal),
};

describeOnPostgres('a line shared by several processes', (server) => {
  async function open(url: string): Promise<Store> {
    const store = await openStore(url);
    onTestFinished(() => store.close());
    return store;
  }

  interface EngineOptions {
    name?: string;
    providerConcurrency?: number;
    clock?: Clock;
  }

  function engineOver({ queue }: Store, options: EngineOptions = {}): Engine {
    if (!queue) throw new Error('expected a queue over Postgres');
    const { log } = recordingLog();
    return createClusterEngine({ name: 'one', providerConcurrency: 10, queue, clock: brisk, log, ...options });
  }

  /** Writes a generation, if it is not there, and puts it in line, in one transaction. */
  async function commit(store: Store, engine: Engine, work: Work): Promise<void> {
    await store.transaction(async (repositories) => {
      const { id, member } = work;
      if (!(await repositories.generations.find(id))) {
        await repositories.generations.insert(makeGeneration({ id, member }));
      }
      await engine.enqueue(repositories, work);
    });
  }

  /** As the real runs do: what has ended or is cancelled is so in the store, too. */
  function ending(store: Store, run: (id: string, signal: AbortSignal) => Promise<void>): typeof run {
    return async (id, signal) => {
      await run(id, signal);
      const given = ['stopping', 'taken over by another process'].includes(signal.reason?.message);
      if (!given) await store.generations.move(id, 'queued', 'failed');
    };
  }

  engineContract('the engine of several processes', async ({ providerConcurrency }) => {
    const store = await open(await server.migratedDatabase());
    const engine = engineOver(store, { providerConcurrency });
    const start = engine.start.bind(engine);
    engine.start = (run) => start(ending(store, run));
    const cancel = engine.cancel.bind(engine);
    engine.cancel = async (id) => {
      await store.generations.move(id, 'queued', 'cancelled');
      await cancel(id);
    };
    return { engine, commit: (work) => commit(store, engine, work) };
  });

  describe('with two of them', () => {
    let count = 0;
    const newId = () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
    const workOf = (member = 'a'): Work => ({ id: newId(), member, resumed: false, concurrency: 1, startsAt: 0 });

    async function begin({ second = brisk, ...options }: { providerConcurrency?: number; second?: Clock } = {}) {
      const url = await server.migratedDatabase();
      const runs: { id: string; by: string; signal: AbortSignal; end: () => void }[] = [];
      const process = async (by: string, clock = brisk) => {
        const store = await open(url);
        const engine = engineOver(store, { name: by, clock, ...options });
        onTestFinished(() => engine.stop());
        const start = () =>
          engine.start(
            ending(
              store,
              (id, signal) =>
                new Promise((end) => {
                  runs.push({ id, by, signal, end });
                  signal.addEventListener('abort', () => end());
                }),
            ),
          );
        return { store, engine, start };
      };
      const started = (total: number) => eventually(() => expect(runs.length).toBeGreaterThanOrEqual(total));
      return { url, runs, started, one: await process('one'), two: await process('two', second), another: process };
    }

    it('enters nothing when the transaction is rolled back', async () => {
      const { one, runs } = await begin();
      one.start();
      const failing = one.store.transaction(async (repositories) => {
        const work = workOf();
        await repositories.generations.insert(makeGeneration({ id: work.id }));
        await one.engine.enqueue(repositories, work);
        throw new Error('power cut');
      });
      await expect(failing).rejects.toThrow('power cut');
      await sleep(100);
      expect(await one.store.queue?.waiting(10)).toEqual([]);
      expect(runs).toEqual([]);
    });

    it('starts in one what another has accepted, as soon as it hears of it', async () => {
      const { one, two, runs, started } = await begin({ second: still });
      two.start();
      await sleep(50);
      const work = workOf();
      await commit(one.store, one.engine, work);
      await started(1);
      expect(runs).toMatchObject([{ id: work.id, by: 'two' }]);
    });

    it('keeps a member’s limit and the provider’s over both', async () => {
      const { one, two, runs, started } = await begin({ providerConcurrency: 4 });
      const works = Array.from({ length: 30 }, (_, index) => workOf(`m${index % 6}`));
      for (const work of works) await commit(one.store, one.engine, work);
      one.start();
      two.start();
      const memberOf = new Map(works.map(({ id, member }) => [id, member]));
      const running = new Map<string, string>();
      for (let ended = 0; ended < works.length; ended++) {
        await started(ended + 1);
        await sleep(5);
        for (const { id } of runs.slice(ended)) running.set(id, memberOf.get(id) ?? '');
        expect(running.size).toBeLessThanOrEqual(4);
        expect(new Set(running.values()).size).toBe(running.size);
        running.delete(runs[ended]?.id ?? '');
        runs[ended]?.end();
      }
      expect(new Set(runs.map(({ id }) => id)).size).toBe(30);
    });

    it('gives more to the process that has less', async () => {
      const { one, two, runs, started } = await begin({ providerConcurrency: 40 });
      one.start();
      two.start();
      for (let index = 0; index < 40; index++) {
        await commit(one.store, one.engine, workOf(`m${index}`));
        await started(index + 1);
      }
      expect(runs.filter(({ by }) => by === 'one').length).toBeGreaterThan(10);
      expect(runs.filter(({ by }) => by === 'two').length).toBeGreaterThan(10);
    });

    it('keeps each member’s own order', async () => {
      const { one, two, runs, started } = await begin();
      const works = Array.from({ length: 12 }, () => workOf('a')).sort(() => Math.random() - 0.5);
      for (const work of works) await commit(one.store, one.engine, work);
      one.start();
      two.start();
      for (let index = 0; index < works.length; index++) {
        await started(index + 1);
        runs[index]?.end();
      }
      expect(runs.map(({ id }) => id)).toEqual(works.map(({ id }) => id));
    });

    it('aborts what runs elsewhere as soon as that hears of it', async () => {
      const { one, two, runs, started } = await begin({ second: still });
      two.start();
      const work = workOf();
      await commit(one.store, one.engine, work);
      await started(1);
      await one.engine.cancel(work.id);
      await eventually(() => expect(runs[0]?.signal.aborted).toBe(true));
    });

    it('hands over when one stops, to whoever hears of it', async () => {
      const { one, two, runs, started } = await begin({ second: still });
      one.start();
      const works = Array.from({ length: 5 }, (_, index) => workOf(`m${index}`));
      for (const work of works) await commit(one.store, one.engine, work);
      await started(5);
      two.start();
      await one.engine.stop();
      await started(10);
      expect(new Set(runs.slice(5).map(({ id, by }) => `${id} ${by}`))).toEqual(
        new Set(works.map(({ id }) => `${id} two`)),
      );
    });

    it('takes over what a dead one has held, and the dead one that wakes up can neither keep nor end it', async () => {
      const { one, two, runs, started } = await begin();
      const work = workOf();
      await commit(one.store, one.engine, work);
      // A process that takes and is never heard of again.
      const [claim] = (await one.store.queue?.take(1, 10)) ?? [];
      expect(claim).toMatchObject({ id: work.id });
      two.start();
      await started(1);
      expect(runs).toMatchObject([{ id: work.id, by: 'two' }]);
      expect(await one.store.work.keep(work.id)).toBe(false);
      expect(await two.store.work.keep(work.id)).toBe(true);
      const ended = await one.store.transaction(async (repositories) => repositories.work.finish(work.id));
      expect(ended).toBe(false);
      expect(await two.store.transaction(async (repositories) => repositories.work.finish(work.id))).toBe(true);
    });

    it('aborts its own run of what another has taken over', async () => {
      const { one, two, runs, started } = await begin();
      one.start();
      await commit(one.store, one.engine, workOf());
      await started(1);
      two.start();
      const [run] = runs;
      await one.store.queue?.release([{ id: run?.id ?? '', attempt: 0 }]);
      await started(2);
      await eventually(() => expect(run?.signal.aborted).toBe(true));
      expect(runs.at(-1)?.signal.aborted).toBe(false);
    });

    it('puts in line what is missing there', async () => {
      const { one, runs, started } = await begin();
      const id = newId();
      await one.store.generations.insert(makeGeneration({ id, state: 'generating' }));
      await one.store.generations.insert(makeGeneration({ id: newId(), state: 'failed' }));
      one.start();
      await started(1);
      await sleep(100);
      expect(runs.map((run) => run.id)).toEqual([id]);
    });

    it('keeps in line what was due long ago', async () => {
      const { one } = await begin();
      const work = workOf();
      await commit(one.store, one.engine, work);
      await one.store.queue?.supervise();
      expect(await one.store.queue?.waiting(10)).toEqual([work.id]);
    });

    it('takes the same generation again after it has ended once', async () => {
      const { one, runs, started } = await begin();
      one.start();
      const work = workOf();
      await commit(one.store, one.engine, work);
      await started(1);
      runs[0]?.end();
      await eventually(() => expect(one.engine.running()).toBe(0));
      await commit(one.store, one.engine, work);
      await started(2);
    });

    it('goes on after the server was gone', async () => {
      const { one, two, runs, started } = await begin();
      one.start();
      await commit(one.store, one.engine, workOf('a'));
      await started(1);
      await server.restart('immediate', 500);
      two.start();
      const work = workOf('b');
      await commit(two.store, two.engine, work);
      await eventually(() => expect(runs.map(({ id }) => id)).toContain(work.id));
    });

    it('asks the server little while many run', async () => {
      const { url, one, two, started } = await begin({ providerConcurrency: 300 });
      for (let index = 0; index < 200; index++) await commit(one.store, one.engine, workOf(`m${index}`));
      one.start();
      two.start();
      await started(200);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      onTestFinished(() => client.end());
      const count = async () => {
        await client.query('select pg_stat_clear_snapshot()');
        const { rows } = await client.query(
          'select xact_commit::int as done from pg_stat_database where datname = current_database()',
        );
        return rows[0].done as number;
      };
      const perSecond = async () => {
        const [before, since] = [await count(), performance.now()];
        await sleep(2000);
        return (((await count()) - before) * 1000) / (performance.now() - since);
      };
      // Here everything happens ten times as often as it does outside tests; what the starts have asked for ends first.
      await eventually(async () => expect(await perSecond()).toBeLessThan(10 * 20));
    });
  });
});
