import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backUp } from '../../src/store/backup.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { makeGeneration } from '../support/generations.ts';
import { tempFolder } from '../support/temp.ts';

const BACKUP = fileURLToPath(new URL('../../scripts/backup.ts', import.meta.url));

async function opened(path: string): Promise<Store> {
  const store = await openStore(`sqlite:${path}`);
  onTestFinished(() => store.close());
  return store;
}

describe('a backup', () => {
  it('of a database that is in use has what was committed, whole', async () => {
    const folder = await tempFolder();
    const store = await opened(join(folder, 'live.db'));
    for (let index = 0; index < 200; index++) await store.generations.insert(makeGeneration({ id: `g${index}` }));
    const writing = (async () => {
      for (let index = 200; index < 300; index++) {
        await store.generations.insert(makeGeneration({ id: `g${index}` }));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    await backUp(`sqlite:${join(folder, 'live.db')}`, join(folder, 'copy.db'));
    await writing;
    const copy = await opened(join(folder, 'copy.db'));
    const kept = await copy.generations.listUnfinished();
    expect(kept.length).toBeGreaterThanOrEqual(200);
    expect(kept[7]).toEqual(await store.generations.find(kept[7]?.id ?? ''));
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('never replaces a file', async () => {
    const folder = await tempFolder();
    await opened(join(folder, 'live.db'));
    await writeFile(join(folder, 'precious'), 'precious');
    await expect(backUp(`sqlite:${join(folder, 'live.db')}`, join(folder, 'precious'))).rejects.toThrow(
      'is there already',
    );
    expect(await readFile(join(folder, 'precious'), 'utf8')).toBe('precious');
  });

  it.each([
    ['postgres://localhost/dailies', 'pg_dump'],
    ['sqlite:/nowhere/at/all.db', 'there is no database'],
  ])('of %s says in one line why not', async (url, words) => {
    await expect(backUp(url, join(await tempFolder(), 'copy.db'))).rejects.toThrow(words);
  });

  it('of a file that is no database leaves nothing behind', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'broken.db'), 'x'.repeat(10_000));
    await expect(backUp(`sqlite:${join(folder, 'broken.db')}`, join(folder, 'copy.db'))).rejects.toThrow(
      /could not be copied .*not a database/,
    );
    expect(await readdir(folder)).toEqual(['broken.db']);
  });

  it('is made by a command of its own', async () => {
    const folder = await tempFolder();
    const store = await opened(join(folder, 'live.db'));
    await store.generations.insert(makeGeneration());
    const env = { PATH: process.env.PATH, DATABASE_URL: `sqlite:${join(folder, 'live.db')}` };
    const run = (...paths: string[]) =>
      promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', BACKUP, ...paths], {
        cwd: folder,
        env,
      });
    expect((await run('copy.db')).stdout).toContain('The database is copied to copy.db.');
    const copy = await opened(join(folder, 'copy.db'));
    expect(await copy.generations.find('g1')).toBeDefined();
    await expect(run('copy.db')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No backup was made.'),
    });
    await expect(run()).rejects.toMatchObject({ stderr: expect.stringContaining('expected one path') });
  });
});
