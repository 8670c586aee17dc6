import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import type { StoreOptions } from '../../src/store/database.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { makeGeneration } from '../support/generations.ts';
import { describeOnPostgres } from '../support/postgres.ts';
import { storeContract } from './contract.ts';
import { moderationStoreContract } from './moderation-contract.ts';

describeOnPostgres('a Postgres database', (server) => {
  const open = async () => openStore(await server.migratedDatabase());
  storeContract('a Postgres database', open);
  moderationStoreContract('a Postgres database', open);

  async function opened(url: string, options?: StoreOptions): Promise<Store> {
    const store = await openStore(url, options);
    onTestFinished(() => store.close());
    return store;
  }

  async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  const withPart = (url: string, change: (address: URL) => void) => {
    const address = new URL(url);
    change(address);
    return address.href;
  };

  it('is brought up to date once by ten processes that start at the same time', async () => {
    const url = await server.database();
    const stores = await Promise.all(Array.from({ length: 10 }, () => opened(url, { connections: 2 })));
    await stores[0]?.generations.insert(makeGeneration());
    expect(await stores[9]?.generations.find('g1')).toEqual(makeGeneration());
    const done = await query(url, 'select name from kysely_migration order by name');
    expect(new Set(done.map(({ name }) => name)).size).toBe(done.length);
  });

  it('itself keeps the audit from being changed or removed', async () => {
    const url = await server.database();
    await opened(url);
    for (const text of ["update audit set actor = 'x'", 'delete from audit', 'truncate audit']) {
      await expect(query(url, text)).rejects.toThrow('the audit is append-only');
    }
  });

  it('that belongs to a newer version is refused and left alone', async () => {
    const url = await server.database();
    await (await openStore(url)).close();
    await query(url, "insert into kysely_migration (name, timestamp) values ('9999_future', 'x')");
    await expect(openStore(url)).rejects.toMatchObject({
      kind: 'newer',
      message: 'the database belongs to a newer version of Dailies (it has 9999_future)',
    });
  });

  it.each<[string, string, (address: URL) => void, RegExp]>([
    ['a wrong password', 'denied', (url) => Object.assign(url, { password: 'wrong' }), /does not accept this user/],
    ['a database that is not there', 'missing', (url) => Object.assign(url, { pathname: '/none' }), /no such database/],
    ['a server that is not there', 'unreachable', (url) => Object.assign(url, { port: '1' }), /no database answers/],
    ['a name that nobody has', 'unreachable', (url) => Object.assign(url, { hostname: 'none.invalid' }), /no database/],
  ])('refuses %s with one plain line, without the password', async (_, kind, change, words) => {
    const url = withPart(await server.database(), change);
    const error = await openStore(url).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ name: 'StoreError', kind });
    const { message } = error as Error;
    expect(message).toMatch(words);
    expect(message).not.toMatch(/canary|wrong|\n/);
  });

  it('uses no more connections than it may', async () => {
    const url = await server.database();
    const store = await opened(url, { connections: 3 });
    await Promise.all(Array.from({ length: 50 }, () => store.generations.countByState()));
    const [row] = await query(url, 'select count(*) from pg_stat_activity where datname = current_database()');
    // Besides them there is the one that listens, and the one that asks.
    expect(Number(row?.count)).toBeLessThanOrEqual(5);
  });

  it('lets one of several processes replace a mark that all of them have seen', async () => {
    const url = await server.migratedDatabase();
    const marks = (await Promise.all([1, 2, 3].map(() => opened(url)))).map((store) => store.mark('some'));
    const replaceAll = (before: string | undefined, after: (index: number) => string | undefined) =>
      Promise.all(marks.map((mark, index) => mark.replace(before, after(index), Date.now() + 60_000)));
    const winner = (replaced: boolean[]) => {
      expect(replaced.filter(Boolean)).toHaveLength(1);
      return replaced.indexOf(true);
    };
    const made = `made by ${winner(await replaceAll(undefined, (index) => `made by ${index}`))}`;
    for (const mark of marks) expect(await mark.read()).toBe(made);
    const changed = `changed by ${winner(await replaceAll(made, (index) => `changed by ${index}`))}`;
    expect(await marks[0]?.replace(made, undefined, 0)).toBe(false);
    for (const mark of marks) expect(await mark.read()).toBe(changed);
    winner(await replaceAll(changed, () => undefined));
    for (const mark of marks) expect(await mark.read()).toBeUndefined();
  });

  it('lets transactions with the same lock follow each other, and others run beside them', async () => {
    const store = await opened(await server.database());
    const events: string[] = [];
    const hold = (name: string, lock: string, until: Promise<void>) =>
      store.transaction(async (repositories) => {
        await repositories.lock(lock);
        events.push(`${name} begins`);
        await until;
        events.push(`${name} ends`);
      });
    const first = Promise.withResolvers<void>();
    const one = hold('one', 'a', first.promise);
    while (events.length === 0) await store.generations.countByState();
    const two = hold('two', 'a', Promise.resolve());
    await hold('other', 'b', Promise.resolve());
    first.resolve();
    await Promise.all([one, two]);
    expect(events).toEqual(['one begins', 'other begins', 'other ends', 'one ends', 'two begins', 'two ends']);
  });

  it('runs a transaction again that was in a deadlock with another', async () => {
    const store = await opened(await server.database());
    const meet = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let attempts = 0;
    const crosswise = (mine: number, other: number) =>
      store.transaction(async (repositories) => {
        attempts += 1;
        await repositories.lock(`lock ${mine}`);
        meet[mine]?.resolve();
        await meet[other]?.promise;
        await repositories.lock(`lock ${other}`);
        await repositories.generations.insert(makeGeneration({ id: `g${mine}` }));
      });
    await Promise.all([crosswise(0, 1), crosswise(1, 0)]);
    expect(attempts).toBeGreaterThan(2);
    expect(await store.generations.listUnfinished()).toHaveLength(2);
  });

  it.each(['fast', 'immediate'] as const)('goes on after a restart of the server (%s)', async (how) => {
    const troubles: unknown[] = [];
    const store = await opened(await server.database(), { onTrouble: (error) => troubles.push(error) });
    await Promise.all(Array.from({ length: 5 }, () => store.generations.countByState()));
    const insert = (id: string) =>
      store.transaction(async ({ generations }) => generations.insert(makeGeneration({ id })));
    const restarted = server.restart(how, 300);
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => insert(`g${index}`)));
    await restarted;
    await insert('after');
    const written = (await store.generations.listUnfinished()).map(({ id }) => id);
    const accepted = results.flatMap(({ status }, index) => (status === 'fulfilled' ? [`g${index}`] : []));
    expect(written).toEqual(expect.arrayContaining([...accepted, 'after']));
    expect(accepted.length).toBeGreaterThan(10);
  });
});
