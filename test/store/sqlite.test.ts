import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { makeGeneration } from '../support/generations.ts';
import { tempFolder } from '../support/temp.ts';
import { storeContract } from './contract.ts';
import { moderationStoreContract } from './moderation-contract.ts';

const open = async () => openStore(`sqlite:${join(await tempFolder(), 'dailies.db')}`);

storeContract('a SQLite file', open);
moderationStoreContract('a SQLite file', open);

describe('a SQLite file', () => {
  it('is made with its folder, and keeps what was written', async () => {
    const url = `sqlite:${join(await tempFolder(), 'new', 'folder', 'dailies.db')}`;
    const first = await openStore(url);
    await first.generations.insert(makeGeneration());
    await first.close();
    const second = await openStore(url);
    expect(await second.generations.find('g1')).toEqual(makeGeneration());
    await second.close();
  });

  it('waits for the disk at each commit, which money needs', async () => {
    const pragma = vi.spyOn(SQLite.prototype, 'pragma');
    onTestFinished(() => pragma.mockRestore());
    await (await openStore(`sqlite:${join(await tempFolder(), 'dailies.db')}`)).close();
    // What is asked for; `test/support/setup.ts` then spares all tests the wait.
    const asked = pragma.mock.calls.map(([words]) => words);
    expect(asked.filter((words) => words.startsWith('synchronous'))).toEqual(['synchronous = FULL']);
    expect(asked).toContain('journal_mode = WAL');
  });

  it('serves one process at a time', async () => {
    const path = join(await tempFolder(), 'dailies.db');
    const store = await openStore(`sqlite:${path}`);
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({
      kind: 'locked',
      message: `${path} is in use by another process; stop that one first`,
    });
    await store.close();
    await (await openStore(`sqlite:${path}`)).close();
  });

  it('that belongs to a newer version is refused and left alone', async () => {
    const path = join(await tempFolder(), 'dailies.db');
    await (await openStore(`sqlite:${path}`)).close();
    const database = new SQLite(path);
    database.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999_future', 'x');
    database.close();
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({
      kind: 'newer',
      message: 'the database belongs to a newer version of Dailies (it has 9999_future)',
    });
  });

  it('has its schema whole or not at all, and is finished by a later start', async () => {
    const path = join(await tempFolder(), 'dailies.db');
    const tables = () => {
      const database = new SQLite(path, { readonly: true });
      const names = database.prepare("select name from sqlite_master where type = 'table'").pluck().all();
      database.close();
      return (names as string[]).filter((name) => !/^(kysely|sqlite)_/.test(name));
    };
    const database = new SQLite(path);
    database.exec('create table audit (in_the_way)');
    database.close();
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({ kind: 'unusable' });
    expect(tables()).toEqual(['audit']);
    new SQLite(path).exec('drop table audit').close();
    const store = await openStore(`sqlite:${path}`);
    expect(await store.audit.list('c', 1, 0)).toEqual([]);
    await store.close();
  });

  it('that is no database is refused with a plain line', async () => {
    const path = join(await tempFolder(), 'dailies.db');
    await writeFile(path, 'this is a shopping list, not a database. '.repeat(100));
    await expect(openStore(`sqlite:${path}`)).rejects.toMatchObject({ name: 'StoreError', kind: 'unusable' });
  });

  it('in a place that cannot be a folder is refused with a plain line', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'file'), '');
    await expect(openStore(`sqlite:${join(folder, 'file', 'dailies.db')}`)).rejects.toMatchObject({ kind: 'unusable' });
  });

  it('lets nobody change or remove what is in the audit', async () => {
    const path = join(await tempFolder(), 'dailies.db');
    const store = await openStore(`sqlite:${path}`);
    const subject = { kind: 'everything' } as const;
    await store.audit.append('c', { at: 1, actor: 'm', action: 'pause', subject, before: undefined, after: undefined });
    const database = new SQLite(path);
    expect(() => database.exec("update audit set actor = 'x'")).toThrow('append-only');
    expect(() => database.exec('delete from audit')).toThrow('append-only');
    database.close();
    expect(await store.audit.list('c', 9, 0)).toHaveLength(1);
    await store.close();
  });
});
