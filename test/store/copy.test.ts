import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copyStore } from '../../src/store/copy.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { makeGeneration } from '../support/generations.ts';
import { describeOnPostgres } from '../support/postgres.ts';
import { tempFolder } from '../support/temp.ts';

const MESSAGE = { kind: 'attached', id: 'message 5' } as const;
const CHANGE = { at: 1, actor: 'm', action: 'word.add', before: undefined, after: undefined } as const;

describeOnPostgres('moving from a SQLite file to Postgres', (server) => {
  async function withStore<T>(url: string, work: (store: Store) => Promise<T>): Promise<T> {
    const store = await openStore(url);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }

  const [running, waiting, done] = [randomUUID(), randomUUID(), randomUUID()];

  async function begin() {
    const from = `sqlite:${join(await tempFolder(), 'dailies.db')}`;
    await withStore(from, async (store) => {
      await store.generations.insert(
        makeGeneration({ id: running, state: 'generating', providerId: 'p1', createdAt: 1 }),
      );
      await store.generations.insert(makeGeneration({ id: waiting, createdAt: 2 }));
      await store.generations.insert(makeGeneration({ id: done, state: 'delivered', finishedAt: 5 }));
      for (const generation of [running, waiting, done]) {
        const hold = { community: 'web:local', member: 'web:ada', channel: 'general', credits: 25, granted: 0, at: 1 };
        await store.holds.take({ generation, ...hold });
      }
      await store.holds.settle(done);
      await store.deliveries.claim(done, 3);
      await store.deliveries.noteReceipt(done, MESSAGE, 4);
      await store.rules.set('c', { scope: 'everyone', subject: '', credits: 7, period: 'day', setBy: 'm', setAt: 1 });
      await store.audit.append('c', { ...CHANGE, subject: { kind: 'text', text: 'x' } });
      await store.keyv('settings').set('key', { deep: [1] });
    });
    return { from, to: await server.database() };
  }

  it('takes everything along, and what is unfinished goes on', async () => {
    const { from, to } = await begin();
    expect(await copyStore(from, to, () => {})).toBe(2);
    await withStore(to, async (store) => {
      expect((await store.generations.listUnfinished()).map(({ id }) => id)).toEqual([running, waiting]);
      expect(await store.generations.find(running)).toMatchObject({ state: 'generating', providerId: 'p1' });
      expect(await store.queue?.waiting(10)).toEqual([running, waiting]);
      expect(await store.holds.usedByMember('web:local', 'web:ada', 0)).toBe(75);
      expect(await store.deliveries.claim(done, 9)).toEqual({ claimedBefore: true, receipt: MESSAGE });
      expect(await store.rules.list('c')).toMatchObject([{ credits: 7 }]);
      expect(await store.audit.list('c', 5, 0)).toMatchObject([{ actor: 'm', subject: { text: 'x' } }]);
      expect(await store.keyv('settings').get('key')).toEqual({ deep: [1] });
      // Counting goes on after what was copied.
      await store.audit.append('c', { ...CHANGE, subject: { kind: 'text', text: 'y' } });
      expect(await store.audit.list('c', 5, 0)).toHaveLength(2);
    });
  });

  it('can be run again, and brings up to date what has changed', async () => {
    const { from, to } = await begin();
    await copyStore(from, to, () => {});
    await withStore(from, async (store) => {
      await store.generations.move(running, 'generating', 'failed', { finishedAt: 6 });
      await store.holds.release(running);
    });
    await copyStore(from, to, () => {});
    await withStore(to, async (store) => {
      expect(await store.generations.find(running)).toMatchObject({ state: 'failed', finishedAt: 6 });
      expect(await store.holds.stateOf(running)).toBe('released');
      expect(await store.audit.list('c', 5, 0)).toHaveLength(1);
    });
  });

  it('leaves a database alone that has been used since', async () => {
    const { from, to } = await begin();
    await copyStore(from, to, () => {});
    await withStore(to, (store) => store.generations.insert(makeGeneration({ id: randomUUID() })));
    await expect(copyStore(from, to, () => {})).rejects.toThrow(/has generations of its own; nothing was copied$/);
  });

  it('says which way it goes', async () => {
    const { from, to } = await begin();
    await expect(copyStore(to, from, () => {})).rejects.toThrow('expected sqlite: and a file to copy from');
  });
});
