import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Generation } from '../src/domain/generation.ts';
import { channelId } from '../src/domain/ids.ts';
import { systemClock } from '../src/lib/clock.ts';
import { workOf } from '../src/queue/engine.ts';
import { createLocalEngine } from '../src/queue/local.ts';
import { admit, type Limits } from '../src/quotas/admission.ts';
import { openStore, type Store } from '../src/store/store.ts';
import { makeGeneration } from '../test/support/generations.ts';
import { findPrograms, PostgresServer } from '../test/support/postgres-server.ts';
import type { Bench } from './bench.ts';
import { quantile } from './support/numbers.ts';
import { table } from './support/table.ts';
import { takeThrough } from './support/take-through.ts';
import { withTempFolder } from './support/temp.ts';

const WORKER = fileURLToPath(new URL('./support/line-worker.ts', import.meta.url));

/** Generations for the throughput. */
const MANY = 1000;
/** Requests that are admitted at the same time. */
const AT_ONCE = 20;
const COMMUNITIES = 50;
/** Single generations for the time from commit to start. */
const SINGLE = 200;
/** Generations of a worker that is killed. */
const KILLED = 300;
/** Generations in flight while the database's work is counted, and for how long, in ms. */
const IN_FLIGHT = 1000;
const COUNTED_MS = 10_000;

const LIMITS: Limits = {
  pace: { concurrency: 1, waiting: 100_000, rate: { count: 100_000, intervalMs: 1000 } },
  quota: { credits: 1_000_000, period: 'day' },
};
const PLACE = { channel: channelId('general'), direct: false, alone: false };

/** How fast the line of several processes is, and what it costs the database. */
export const cluster: Bench = {
  name: 'cluster',
  what: 'the line that several processes share, on Postgres',
  async run() {
    const programs = findPrograms();
    if (!programs) return 'Left out, as there is no Postgres on this machine.';
    const server = new PostgresServer(programs, { fsync: 'on', full_page_writes: 'on' });
    await server.begin();
    try {
      const throughput = [['1 process, SQLite', (await throughputOfSqlite()).toFixed(0)]];
      for (const workers of [1, 2, 3]) {
        throughput.push([`${workers} workers, Postgres`, (await throughputOf(server, workers)).toFixed(0)]);
      }
      const starts = await startTimes(server);
      return [
        table(['who', 'generations a second, admitted to delivered'], throughput),
        '',
        table(
          ['what', 'result'],
          [
            ['commit to start, median', `${quantile(starts, 0.5).toFixed(0)} ms`],
            ['commit to start, p95', `${quantile(starts, 0.95).toFixed(0)} ms`],
            [`a killed worker's ${KILLED} run again after`, `${((await takeover(server)) / 1000).toFixed(1)} s`],
            [
              `transactions a second, ${IN_FLIGHT} in flight in 3 workers`,
              (await transactionsInFlight(server)).toFixed(1),
            ],
          ],
        ),
      ].join('\n');
    } finally {
      await server.end();
    }
  },
};

/** A worker process, and what it began: ids with the time (ms). */
class Worker {
  readonly #child: ChildProcess;
  readonly started = new Map<string, number>();
  readonly ready: Promise<void>;

  constructor(url: string, mode: 'through' | 'hold') {
    const args = ['--disable-warning=ExperimentalWarning', WORKER, url, mode, '100000'];
    this.#child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const isReady = Promise.withResolvers<void>();
    this.ready = isReady.promise;
    createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line === 'ready') return isReady.resolve();
      const [id = '', at] = line.split(' ');
      this.started.set(id, Number(at));
    });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

async function withWorkers<T>(
  server: PostgresServer,
  count: number,
  mode: 'through' | 'hold',
  work: (store: Store, workers: readonly Worker[], url: string) => Promise<T>,
): Promise<T> {
  const url = await server.database();
  const store = await openStore(url, { connections: AT_ONCE });
  const workers = Array.from({ length: count }, () => new Worker(url, mode));
  try {
    await Promise.all(workers.map(({ ready }) => ready));
    return await work(store, workers, url);
  } finally {
    for (const worker of workers) worker.kill();
    await store.close();
  }
}

let requests = 0;
/** Requests of one community are accepted one after the other, so they come from several. */
const communityOf = () => requests++ % COMMUNITIES;

/** Accepts a request of a member of its own, with everything that belongs to it. */
async function accept(store: Store): Promise<Generation> {
  const id = randomUUID();
  const community = `web:${communityOf()}`;
  const generation = makeGeneration({ id, community, member: `web:${id}`, createdAt: Date.now() });
  await store.transaction(async (repositories) => {
    await repositories.work.enter(workOf(await admit(repositories, generation, PLACE, LIMITS, () => null)));
  });
  return generation;
}

async function acceptMany(store: Store, count: number, then: (generation: Generation) => void = () => {}) {
  let left = count;
  const lane = async () => {
    while (left-- > 0) then(await accept(store));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await done())) await sleep(5);
}

async function throughputOf(server: PostgresServer, workers: number): Promise<number> {
  return await withWorkers(server, workers, 'through', async (store) => {
    const startedAt = performance.now();
    await acceptMany(store, MANY);
    await until(async () => (await store.generations.countByState()).get('delivered') === MANY);
    return MANY / ((performance.now() - startedAt) / 1000);
  });
}

async function throughputOfSqlite(): Promise<number> {
  return await withTempFolder(async (folder) => {
    const store = await openStore(`sqlite:${join(folder, 'dailies.db')}`);
    const engine = createLocalEngine({ providerConcurrency: 1000, clock: systemClock });
    engine.start((id) => takeThrough(store, id));
    const startedAt = performance.now();
    await acceptMany(store, MANY, (generation) => engine.add(workOf(generation)));
    await until(async () => (await store.generations.countByState()).get('delivered') === MANY);
    const seconds = (performance.now() - startedAt) / 1000;
    await engine.stop();
    await store.close();
    return MANY / seconds;
  });
}

async function startTimes(server: PostgresServer): Promise<number[]> {
  return await withWorkers(server, 2, 'through', async (store, workers) => {
    const times: number[] = [];
    for (let index = 0; index < SINGLE; index++) {
      const { id } = await accept(store);
      const committedAt = Date.now();
      const startOf = () => workers.map(({ started }) => started.get(id)).find((at) => at !== undefined);
      await until(() => startOf() !== undefined);
      times.push(Math.max((startOf() ?? 0) - committedAt, 0));
    }
    return times;
  });
}

async function takeover(server: PostgresServer): Promise<number> {
  return await withWorkers(server, 1, 'hold', async (store, [first], url) => {
    await acceptMany(store, KILLED);
    await until(() => first?.started.size === KILLED);
    const second = new Worker(url, 'hold');
    await second.ready;
    const killedAt = performance.now();
    first?.kill();
    await until(() => second.started.size === KILLED);
    second.kill();
    return performance.now() - killedAt;
  });
}

async function transactionsInFlight(server: PostgresServer): Promise<number> {
  return await withWorkers(server, 3, 'hold', async (store, workers, url) => {
    await acceptMany(store, IN_FLIGHT);
    await until(() => workers.reduce((sum, { started }) => sum + started.size, 0) === IN_FLIGHT);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const count = async (): Promise<number> => {
      const { rows } = await client.query(
        'select xact_commit::float8 as count from pg_stat_database where datname = current_database()',
      );
      return rows[0].count;
    };
    // What a connection did before it fell idle reaches the statistics up to 10 s late.
    await sleep(12_000);
    const before = await count();
    await sleep(COUNTED_MS);
    const after = await count();
    await client.end();
    return (after - before) / (COUNTED_MS / 1000);
  });
}
