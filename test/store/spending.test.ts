import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Generation } from '../../src/domain/generation.ts';
import { openForReading } from '../../src/store/open-for-reading.ts';
import { Spending } from '../../src/store/spending.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { makeGeneration } from '../support/generations.ts';
import { describeOnPostgres } from '../support/postgres.ts';
import { tempFolder } from '../support/temp.ts';

const COMMAND = fileURLToPath(new URL('../../scripts/spending.ts', import.meta.url));
const DAY_MS = 86_400_000;
const DAY = Date.UTC(2026, 7, 1);

/** Videos of two days and two models; one of them was given up, and of one the provider gave no price. */
async function fill({ generations }: Store, from: number): Promise<void> {
  const made: (Partial<Generation> & { model: string })[] = [
    { model: 'pro', readyAt: from, credits: 2, usd: 0.25 },
    { model: 'pro', readyAt: from + DAY_MS - 1, credits: 4, usd: 0.5 },
    { model: 'pro', readyAt: from + DAY_MS, credits: 2 },
    { model: '2.0', readyAt: from + DAY_MS, credits: 4, usd: 0.75, state: 'cancelled' },
    { model: 'pro', credits: 2, state: 'failed' },
  ];
  for (const [index, { model, ...rest }] of made.entries()) {
    const request = { ...makeGeneration().request, model };
    await generations.insert(makeGeneration({ id: `g${index}`, request, state: 'delivered', ...rest }));
  }
}

const SPENT = [
  { day: DAY, model: 'pro', videos: 2, credits: 6, usd: 0.75, unpriced: 0 },
  { day: DAY + DAY_MS, model: '2.0', videos: 1, credits: 0, usd: 0.75, unpriced: 0 },
  { day: DAY + DAY_MS, model: 'pro', videos: 1, credits: 2, usd: 0, unpriced: 1 },
];

async function read(url: string, since: number) {
  const { db, close } = await openForReading(url);
  onTestFinished(close);
  return await new Spending(db).list(since);
}

async function opened(url: string): Promise<Store> {
  const store = await openStore(url);
  onTestFinished(() => store.close());
  return store;
}

describe('what was spent', () => {
  it('is added up by day and model, also while the bot has the database', async () => {
    const url = `sqlite:${join(await tempFolder(), 'live.db')}`;
    await fill(await opened(url), DAY);
    expect(await read(url, DAY)).toEqual(SPENT);
    expect(await read(url, DAY + DAY_MS)).toEqual(SPENT.slice(1));
  });

  it('is shown by a command of its own', async () => {
    const folder = await tempFolder();
    const url = `sqlite:${join(folder, 'live.db')}`;
    const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    await fill(await opened(url), today - DAY_MS);
    const run = (...args: string[]) =>
      promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', COMMAND, ...args], {
        cwd: folder,
        env: { PATH: process.env.PATH, DATABASE_URL: url },
      });
    const date = (ms: number) => new Date(ms).toISOString().slice(0, 10);
    expect((await run()).stdout.split('\n')).toEqual([
      'Day (UTC)   Model  Videos  Credits  US dollars',
      `${date(today - DAY_MS)}  pro         2        6        0.75`,
      `${date(today)}  2.0         1        0        0.75`,
      `${date(today)}  pro         1        2        0.00`,
      'All days    2.0         1        0        0.75',
      'All days    pro         3        8        0.75',
      'All days    All         4        8        1.50',
      'The provider gave no price for 1 of these videos, so the dollars leave them out.',
      '',
    ]);
    expect((await run('--days', '1')).stdout).not.toContain(date(today - DAY_MS));
    for (const wrong of ['0', 'x', '1.5']) {
      await expect(run('--days', wrong)).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining('expected --days with a whole number'),
      });
    }
  });

  it('of no database says so in one line', async () => {
    await expect(read('sqlite:/nowhere/at/all.db', 0)).rejects.toThrow('there is no database');
  });
});

describeOnPostgres('what was spent, on Postgres', (server) => {
  it('is added up by day and model', async () => {
    const url = await server.migratedDatabase();
    await fill(await opened(url), DAY);
    expect(await read(url, DAY)).toEqual(SPENT);
  });
});
