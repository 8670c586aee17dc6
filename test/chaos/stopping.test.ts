import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../support/temp.ts';
import { ask } from './asking.ts';
import { audit } from './audit.ts';
import { startChild } from './child.ts';
import { Chance } from './random.ts';
import { untilRows, untilSettled } from './rows.ts';
import { leave } from './run.ts';
import { startWorld } from './world.ts';

const LIVES = 2;
const REQUESTS = 9;
/** Of those of each life. */
const BEGUN = 3;

describe('a bot that is stopped and started under load', () => {
  it('ends soon and well each time, buys each video once and delivers it once', async () => {
    const folder = await tempFolder();
    const world = await startWorld(folder);
    onTestFinished(() => world.stop());
    const chance = new Chance(6);
    const settings = { ...world.settings, MEMBER_CONCURRENCY: '5' };
    const url = world.settings.DATABASE_URL ?? '';
    let asked = 0;
    for (let life = 0; life < LIVES; life++) {
      const child = startChild(folder, settings);
      onTestFinished(() => void child.process.kill('SIGKILL'));
      expect(await child.ready).toBe('ready');
      const before = (await untilRows(url, () => true)).length;
      // Some of them are being made when the word comes; the others are just arriving.
      for (let count = 0; count < BEGUN; count++) ask(world, chance, ++asked);
      await untilRows(url, (rows) => rows.length >= before + BEGUN);
      await new Promise((resolve) => setTimeout(resolve, chance.between(0, 800)));
      for (let count = BEGUN; count < REQUESTS; count++) ask(world, chance, ++asked);
      expect(await leave(child)).toEqual([]);
      expect(child.output()).not.toContain('"level":50');
    }
    const last = startChild(folder, settings);
    onTestFinished(() => void last.process.kill('SIGKILL'));
    expect(await last.ready).toBe('ready');
    const rows = await untilSettled(url);
    expect(audit(world, rows)).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(LIVES * BEGUN);
    expect(await leave(last)).toEqual([]);
  });
});
