import { describe, expect, it, onTestFinished } from 'vitest';
import type { Engine, Work } from '../../src/queue/engine.ts';
import { eventually } from '../support/eventually.ts';

/** How a suite makes an engine, and puts work into its line in a transaction that commits. */
export type MakeEngine = (options: { providerConcurrency: number }) => Promise<{
  engine: Engine;
  commit: (work: Work) => Promise<void>;
}>;

/** Ids are UUIDs, as everywhere; here each has a short name. */
const ID = '00000000-0000-4000-8000-';
const idOf = (name: string) => ID + name.padStart(12, '0');
const nameOf = (id: string) => id.slice(ID.length).replace(/^0+/, '');

interface Run {
  id: string;
  signal: AbortSignal;
  end: () => void;
}

/** What every engine promises. */
export function engineContract(name: string, make: MakeEngine): void {
  describe(`${name}, as an engine,`, () => {
    async function begin(options: Partial<Parameters<MakeEngine>[0]> = {}) {
      const { engine, commit } = await make({ providerConcurrency: 10, ...options });
      const runs: Run[] = [];
      const waiters: (() => void)[] = [];
      const run = (id: string, signal: AbortSignal) =>
        new Promise<void>((resolve) => {
          runs.push({ id: nameOf(id), signal, end: resolve });
          signal.addEventListener('abort', () => resolve());
          for (const wake of waiters.splice(0)) wake();
        });
      onTestFinished(() => engine.stop());
      /** Waits until so many have started. */
      const started = async (count: number) => {
        while (runs.length < count) await new Promise<void>((resolve) => waiters.push(resolve));
        return runs.map(({ id }) => id);
      };
      const add = async (name: string, member: string, more: Partial<Work> = {}) => {
        const work = { id: idOf(name), member, resumed: false, concurrency: 1, startsAt: 0, ...more };
        await commit(work);
        engine.add(work);
      };
      return { engine, runs, run, started, add };
    }
    const quiet = () => new Promise((resolve) => setTimeout(resolve, 60));

    it('runs nothing before it is started', async () => {
      const { engine, runs, run, started, add } = await begin();
      await add('a1', 'a');
      await quiet();
      expect(runs).toEqual([]);
      engine.start(run);
      expect(await started(1)).toEqual(['a1']);
    });

    it('runs one generation of a member at a time, in order', async () => {
      const { engine, runs, run, started, add } = await begin();
      engine.start(run);
      await add('a1', 'a');
      await add('a2', 'a');
      await started(1);
      await quiet();
      expect(runs).toHaveLength(1);
      runs[0]?.end();
      expect(await started(2)).toEqual(['a1', 'a2']);
    });

    it('does not let a member with many waiting hold up one with a single one', async () => {
      const { engine, runs, run, started, add } = await begin({ providerConcurrency: 1 });
      engine.start(run);
      for (const id of ['a1', 'a2', 'a3', 'a4', 'a5']) await add(id, 'a');
      await started(1);
      await add('b1', 'b');
      runs[0]?.end();
      expect(await started(2)).toEqual(['a1', 'b1']);
    });

    it('never runs more at once than the provider’s limit', async () => {
      const { engine, runs, run, started, add } = await begin({ providerConcurrency: 3 });
      engine.start(run);
      for (let member = 0; member < 8; member++) await add(`e${member}`, `m${member}`);
      await started(3);
      await quiet();
      expect(runs).toHaveLength(3);
      expect(engine.running()).toBe(3);
      runs[1]?.end();
      await started(4);
    });

    it('runs as many of a member at a time as its work says, and more once newer work says more', async () => {
      const { engine, runs, run, started, add } = await begin();
      engine.start(run);
      for (const id of ['a1', 'a2', 'a3', 'a4']) await add(id, 'a', { concurrency: 2 });
      for (const id of ['b1', 'b2']) await add(id, 'b');
      await started(3);
      await quiet();
      expect(runs.map(({ id }) => id).sort()).toEqual(['a1', 'a2', 'b1']);
      await add('a5', 'a', { concurrency: 4 });
      await started(4);
      expect(runs.at(-1)?.id).toMatch(/^a/);
    });

    it('starts nothing before its time, says when that is, and lets others go first', async () => {
      const { engine, runs, run, started, add } = await begin();
      engine.start(run);
      const startsAt = Date.now() + 3_600_000;
      await add('a1', 'a', { startsAt, concurrency: 5 });
      expect(await engine.place(idOf('a1'))).toEqual({ position: 1, notBefore: startsAt });
      await add('a2', 'a', { concurrency: 5 });
      await add('b1', 'b');
      expect((await started(2)).sort()).toEqual(['a2', 'b1']);
      await quiet();
      expect(runs).toHaveLength(2);
    });

    it('starts by itself what has its time later', async () => {
      const { engine, run, started, add } = await begin();
      engine.start(run);
      const startsAt = Date.now() + 400;
      await add('a1', 'a', { startsAt });
      expect(await started(1)).toEqual(['a1']);
      expect(Date.now()).toBeGreaterThanOrEqual(startsAt - 5);
    });

    it('does not hold up what was begun already', async () => {
      const { engine, run, started, add } = await begin();
      engine.start(run);
      await add('a1', 'a', { startsAt: Date.now() + 60_000, resumed: true });
      expect(await started(1)).toEqual(['a1']);
    });

    it('takes up what was begun before what is new', async () => {
      const { engine, runs, run, started, add } = await begin({ providerConcurrency: 1 });
      await add('a1', 'a');
      await add('b1', 'b');
      await add('c1', 'c', { resumed: true });
      engine.start(run);
      expect(await started(1)).toEqual(['c1']);
      runs[0]?.end();
      expect(await started(2)).toEqual(['c1', 'a1']);
    });

    it('changes nothing when a generation is added twice', async () => {
      const { engine, runs, run, started, add } = await begin();
      engine.start(run);
      await add('a1', 'a');
      await add('a1', 'a');
      await started(1);
      await add('a1', 'a');
      runs[0]?.end();
      await quiet();
      expect(runs).toHaveLength(1);
    });

    it('takes a cancelled generation out of the line', async () => {
      const { engine, runs, run, started, add } = await begin();
      engine.start(run);
      for (const id of ['a1', 'a2', 'a3']) await add(id, 'a');
      await started(1);
      await engine.cancel(idOf('a2'));
      expect(await placesOf(engine, ['a2', 'a3'])).toEqual([undefined, 1]);
      runs[0]?.end();
      expect(await started(2)).toEqual(['a1', 'a3']);
    });

    it('aborts a cancelled generation that runs, and goes on with the next', async () => {
      const { engine, runs, run, started, add } = await begin();
      engine.start(run);
      await add('a1', 'a');
      await add('a2', 'a');
      await started(1);
      await engine.cancel(idOf('a1'));
      expect(await started(2)).toEqual(['a1', 'a2']);
      expect(runs[0]?.signal.aborted).toBe(true);
      expect(runs[1]?.signal.aborted).toBe(false);
    });

    it('knows the place of each waiting generation', async () => {
      const { engine, run, started, add } = await begin({ providerConcurrency: 1 });
      engine.start(run);
      await add('a1', 'a');
      await started(1);
      for (const [id, member] of [
        ['a2', 'a'],
        ['a3', 'a'],
        ['b1', 'b'],
        ['c1', 'c'],
      ] as const)
        await add(id, member);
      expect(await placesOf(engine, ['a1', 'b1', 'c1', 'a2', 'a3'])).toEqual([undefined, 1, 2, 3, 4]);
    });

    it('says when places have changed', async () => {
      const { engine, runs, run, started, add } = await begin();
      const announced: string[][] = [];
      engine.onPlacesChanged((waiting) => announced.push(waiting.map(nameOf)));
      engine.start(run);
      for (const id of ['a1', 'a2', 'a3']) await add(id, 'a');
      await started(1);
      await eventually(() => expect(announced.at(-1)).toEqual(['a2', 'a3']));
      runs[0]?.end();
      await started(2);
      await eventually(() => expect(announced.at(-1)).toEqual(['a3']));
    });

    it('aborts what runs and drops what waits when it stops', async () => {
      const { engine, runs, run, started, add } = await begin();
      engine.start(run);
      await add('a1', 'a');
      await add('a2', 'a');
      await started(1);
      await engine.stop();
      expect(runs.map(({ signal }) => signal.aborted)).toEqual([true]);
      await add('a3', 'a');
      await quiet();
      expect(runs).toHaveLength(1);
      expect(engine.running()).toBe(0);
    });
  });
}

async function placesOf(engine: Engine, ids: readonly string[]): Promise<(number | undefined)[]> {
  await new Promise((resolve) => setImmediate(resolve));
  const places = await Promise.all(ids.map((name) => engine.place(idOf(name))));
  return places.map((place) => place?.position);
}
