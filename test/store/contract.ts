import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { channelId } from '../../src/domain/ids.ts';
import { admit, type Limits } from '../../src/quotas/admission.ts';
import type { Store } from '../../src/store/store.ts';
import { makeGeneration } from '../support/generations.ts';

const NOW = Date.UTC(2026, 0, 1, 12);

/** What every store promises. `open` gives an empty one. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`${name}, as a store,`, () => {
    async function begin() {
      const store = await open();
      onTestFinished(() => store.close());
      return store;
    }

    describe('of generations', () => {
      it('gives back what was written', async () => {
        const store = await begin();
        const generation = makeGeneration({ failure: { code: 'rejected', params: { hint: 'no' } }, providerId: 'p1' });
        await store.generations.insert(generation);
        expect(await store.generations.find('g1')).toEqual(generation);
        expect(await store.generations.find('g2')).toBeUndefined();
      });

      it('steps from the state it expects, and notes what belongs to the step', async () => {
        const store = await begin();
        await store.generations.insert(makeGeneration());
        const moved = await store.generations.move('g1', 'queued', 'submitting', { submittedAt: 5 });
        expect(moved).toMatchObject({ state: 'submitting', submittedAt: 5 });
        expect(await store.generations.find('g1')).toEqual(moved);
      });

      it('takes no step for an attempt that another one has followed', async () => {
        const store = await begin();
        await store.generations.insert(makeGeneration({ state: 'submitting', attempts: 2 }));
        expect(await store.generations.move('g1', 'submitting', 'queued', {}, 1)).toBeUndefined();
        expect(await store.generations.move('g1', 'submitting', 'queued', {}, 2)).toMatchObject({ state: 'queued' });
      });

      it('lets only one of several take the same step', async () => {
        const store = await begin();
        await store.generations.insert(makeGeneration());
        const moves = await Promise.all([1, 2, 3].map(() => store.generations.move('g1', 'queued', 'submitting')));
        expect(moves.filter(Boolean)).toHaveLength(1);
      });

      it('refuses a step that is not allowed', async () => {
        const store = await begin();
        await store.generations.insert(makeGeneration());
        await expect(store.generations.move('g1', 'queued', 'delivered')).rejects.toThrow(
          'expected a step allowed from queued, got delivered',
        );
      });

      it('lists what is unfinished, the oldest first', async () => {
        const store = await begin();
        await store.generations.insert(makeGeneration({ id: 'new', createdAt: 2, state: 'generating' }));
        await store.generations.insert(makeGeneration({ id: 'old', createdAt: 1 }));
        await store.generations.insert(makeGeneration({ id: 'done', state: 'delivered' }));
        await store.generations.insert(makeGeneration({ id: 'other', createdAt: 3, member: 'web:ben' }));
        const ids = (list: { id: string }[]) => list.map(({ id }) => id);
        expect(ids(await store.generations.listUnfinished())).toEqual(['old', 'new', 'other']);
        expect(ids(await store.generations.listUnfinishedOf('web:ada'))).toEqual(['old', 'new']);
        expect(await store.generations.countUnfinished()).toBe(3);
      });

      it('lists those that ended without their reply being told', async () => {
        const store = await begin();
        await store.generations.insert(makeGeneration({ id: 'untold', state: 'failed', finishedAt: 10 }));
        await store.generations.insert(makeGeneration({ id: 'told', state: 'failed', finishedAt: 10 }));
        await store.generations.noteShown('told', 'failed');
        await store.generations.insert(makeGeneration({ id: 'ancient', state: 'failed', finishedAt: 1 }));
        await store.generations.insert(makeGeneration({ id: 'running' }));
        expect((await store.generations.listUnshown(5)).map(({ id }) => id)).toEqual(['untold']);
      });

      it('gives the durations of the latest of a kind', async () => {
        const store = await begin();
        const { request } = makeGeneration();
        const sharper = { ...request, options: { ...request.options, resolution: '1080p' } };
        const kinds = [
          {},
          { provider: 'aimlapi' },
          { request: { ...request, model: 'pro' } },
          { request: sharper },
          { late: true },
        ];
        const kind = { provider: 'sandbox', model: 'lite', resolution: '480p', seconds: 5 };
        for (const [index, changes] of [...kinds, {}, {}].entries()) {
          await store.generations.insert(
            makeGeneration({
              id: `g${index}`,
              generatingAt: 100,
              readyAt: 200 + index,
              state: 'delivering',
              ...changes,
            }),
          );
          await store.generations.move(`g${index}`, 'delivering', 'delivered', {
            generatingAt: 100,
            readyAt: 200 + index,
          });
        }
        expect((await store.generations.listDurations(kind, 2)).sort()).toEqual([105, 106]);
      });

      it('forgets what the member wrote, and keeps the figures', async () => {
        const store = await begin();
        const failure = { code: 'rejected', params: { hint: 'no fox on a skateboard' } } as const;
        const generation = makeGeneration({ state: 'failed', finishedAt: 10, failure });
        await store.generations.insert(generation);
        expect(await store.generations.listEndedBefore(11, 10)).toHaveLength(1);
        await store.generations.forget(generation, 12);
        expect(await store.generations.find('g1')).toMatchObject({
          forgottenAt: 12,
          credits: 1,
          request: { prompt: '', model: 'lite' },
          failure: { code: 'rejected', params: { hint: '' } },
        });
        expect(await store.generations.listEndedBefore(11, 10)).toEqual([]);
      });
    });

    describe('of holds', () => {
      it('counts what is held and settled, not what was released', async () => {
        const store = await begin();
        for (const [index, end] of (['none', 'settle', 'release'] as const).entries()) {
          const id = `g${index}`;
          await store.generations.insert(makeGeneration({ id }));
          await store.holds.take({
            generation: id,
            community: 'c',
            member: 'm',
            channel: 'k',
            credits: 3,
            granted: 1,
            at: NOW,
          });
          if (end !== 'none') await store.holds[end](id);
        }
        // What came from grants is not taken from the member's rule, but counts for channel and community.
        expect(await store.holds.usedByMember('c', 'm', NOW)).toBe(4);
        expect(await store.holds.usedInChannel('c', 'k', NOW)).toBe(6);
        expect(await store.holds.usedIn('c', NOW)).toBe(6);
        expect(await store.holds.usedByMember('c', 'm', NOW + 1)).toBe(0);
        expect(await store.holds.usedByMember('other', 'm', NOW)).toBe(0);
        expect(await store.holds.usedByMember('c', 'other', NOW)).toBe(0);
        expect(await store.holds.usedInChannel('c', 'other', NOW)).toBe(0);
        expect(await store.holds.usedIn('other', NOW)).toBe(0);
      });

      it('changes nothing when a hold ends twice, whichever came first', async () => {
        const store = await begin();
        for (const [id, first, second] of [
          ['g1', 'settle', 'release'],
          ['g2', 'release', 'settle'],
        ] as const) {
          await store.generations.insert(makeGeneration({ id }));
          await store.holds.take({
            generation: id,
            community: 'c',
            member: 'm',
            channel: 'k',
            credits: 1,
            granted: 0,
            at: NOW,
          });
          await store.holds[first](id);
          await store.holds[second](id);
          await store.holds[first](id);
        }
        expect(await store.holds.stateOf('g1')).toBe('settled');
        expect(await store.holds.stateOf('g2')).toBe('released');
      });

      it('takes one hold a generation and no more', async () => {
        const store = await begin();
        await store.generations.insert(makeGeneration());
        const take = () =>
          store.holds.take({
            generation: 'g1',
            community: 'c',
            member: 'm',
            channel: 'k',
            credits: 1,
            granted: 0,
            at: NOW,
          });
        await take();
        await expect(take()).rejects.toThrow();
      });
    });

    describe('that admits requests', () => {
      const pace = { concurrency: 1, waiting: 1000, rate: { count: 1000, intervalMs: 1000 } };
      const limits: Limits = { pace, quota: { credits: 5, period: 'day' } };
      const place = { channel: channelId('general'), direct: false, alone: false };
      const nothing = () => null;

      it('accepts exactly as many of 100 requests at once as there are credits', async () => {
        const store = await begin();
        const results = await Promise.allSettled(
          Array.from({ length: 100 }, (_, index) =>
            store.transaction((tx) => admit(tx, makeGeneration({ id: `g${index}` }), place, limits, nothing)),
          ),
        );
        expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
        const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
        expect(new Set(reasons)).toEqual(new Set(['quota_exhausted']));
        expect(await store.generations.listUnfinished()).toHaveLength(5);
        expect(await store.holds.usedByMember('web:local', 'web:ada', 0)).toBe(5);
      });

      it('accepts again when credits have come back, by a release or a new period', async () => {
        const store = await begin();
        const submit = (id: string, createdAt = NOW) =>
          store.transaction((tx) => admit(tx, makeGeneration({ id, createdAt, credits: 5 }), place, limits, nothing));
        await submit('g1');
        await expect(submit('g2')).rejects.toMatchObject({
          code: 'quota_exhausted',
          params: { cost: 5, used: 5, quota: 5, period: 'day', resetsAt: Date.UTC(2026, 0, 2) },
        });
        await store.holds.release('g1');
        await submit('g2');
        await submit('g3', Date.UTC(2026, 0, 2));
      });

      it('refuses when the member’s line is full, says what runs and when there is room, and writes nothing', async () => {
        const store = await begin();
        const narrow = { ...limits, pace: { ...pace, waiting: 1 } };
        const submit = (id: string) =>
          store.transaction((tx) => admit(tx, makeGeneration({ id }), place, narrow, () => NOW + 30_000));
        await submit('g1');
        await store.generations.move('g1', 'queued', 'submitting');
        await submit('g2');
        await expect(submit('g3')).rejects.toMatchObject({
          code: 'queue_full',
          params: { running: 1, waiting: 1, max: 1, roomAt: NOW + 30_000 },
        });
        expect(await store.generations.find('g3')).toBeUndefined();
        expect(await store.holds.usedByMember('web:local', 'web:ada', 0)).toBe(2);
      });

      it('undoes everything when a transaction fails', async () => {
        const store = await begin();
        const failing = store.transaction(async (tx) => {
          await admit(tx, makeGeneration(), place, limits, nothing);
          throw new Error('power cut');
        });
        await expect(failing).rejects.toThrow('power cut');
        expect(await store.generations.find('g1')).toBeUndefined();
        expect(await store.holds.stateOf('g1')).toBeUndefined();
      });
    });

    describe('of deliveries', () => {
      it('tells a repeat that there was a claim, and its receipt once there is one', async () => {
        const store = await begin();
        await store.generations.insert(makeGeneration());
        expect(await store.deliveries.claim('g1', 1)).toEqual({ claimedBefore: false, receipt: undefined });
        expect(await store.deliveries.claim('g1', 2)).toEqual({ claimedBefore: true, receipt: undefined });
        await store.deliveries.noteReceipt('g1', { kind: 'attached', id: 'message 5' }, 3);
        await store.deliveries.noteReceipt('g1', { kind: 'linked' }, 4);
        expect(await store.deliveries.claim('g1', 5)).toEqual({
          claimedBefore: true,
          receipt: { kind: 'attached', id: 'message 5' },
        });
        await store.generations.insert(makeGeneration({ id: 'g2' }));
        await store.deliveries.claim('g2', 1);
        await store.deliveries.noteReceipt('g2', { kind: 'linked' }, 3);
        await store.deliveries.noteReceipt('g2', { kind: 'attached', id: 'message 6' }, 4);
        expect(await store.deliveries.receiptOf('g2')).toEqual({ kind: 'linked' });
      });
    });

    describe('for Keyv', () => {
      it('keeps values, many and one, until they are deleted', async () => {
        const keyv = (await begin()).keyv('a');
        await keyv.set('x', { deep: [1, 'two'] });
        await keyv.set('y', 2);
        expect(await keyv.get('x')).toEqual({ deep: [1, 'two'] });
        expect(await keyv.get(['x', 'missing', 'y'])).toEqual([{ deep: [1, 'two'] }, undefined, 2]);
        expect(await keyv.has('x')).toBe(true);
        expect(await keyv.delete('x')).toBe(true);
        expect(await keyv.delete('x')).toBe(false);
        expect(await keyv.has('x')).toBe(false);
        expect(await keyv.delete(['y', 'missing'])).toBe(true);
      });

      it('replaces a value, and its time to live with it', async () => {
        const keyv = (await begin()).keyv('a');
        await keyv.set('x', 1, 30);
        await keyv.set('x', 2);
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(await keyv.get('x')).toBe(2);
      });

      it('gives nothing after the time to live, by no way', async () => {
        const { now } = Date;
        const later = vi.spyOn(Date, 'now');
        onTestFinished(() => later.mockRestore());
        const keyv = (await begin()).keyv('a');
        await keyv.set('x', 1, 60_000);
        expect(await keyv.get('x')).toBe(1);
        later.mockImplementation(() => now() + 61_000);
        expect(await keyv.get('x')).toBeUndefined();
        expect(await keyv.get(['x'])).toEqual([undefined]);
        expect(await keyv.has('x')).toBe(false);
        expect(await entriesOf(keyv)).toEqual([]);
      });

      it('compares namespaces exactly: clearing one leaves those that look alike', async () => {
        const store = await begin();
        const names = ['u_1', 'ux1', 'u%', 'u_1:x', 'U_1'];
        for (const name of names) await store.keyv(name).set('key', name);
        await store.keyv('u_1').clear();
        expect(await Promise.all(names.map((name) => store.keyv(name).get('key')))).toEqual([
          undefined,
          'ux1',
          'u%',
          'u_1:x',
          'U_1',
        ]);
      });

      it('takes keys with colons as they are', async () => {
        const store = await begin();
        await store.keyv('a').set('b:c', 1);
        await store.keyv('a:b').set('c', 2);
        expect(await store.keyv('a').get('b:c')).toBe(1);
        expect(await store.keyv('a:b').get('c')).toBe(2);
      });

      it('iterates over one namespace, also while entries are deleted on the way', async () => {
        const store = await begin();
        const keyv = store.keyv('a');
        await store.keyv('b').set('other', 0);
        for (let index = 0; index < 250; index++) await keyv.set(`k${index}`, index);
        const seen: unknown[] = [];
        for await (const [key, value] of keyv.iterator?.({}) ?? []) {
          seen.push(value);
          await keyv.delete(key);
        }
        expect(seen).toHaveLength(250);
        expect(await entriesOf(keyv)).toEqual([]);
        expect(await store.keyv('b').get('other')).toBe(0);
      });

      it('keeps the first of several values, and says whose it was', async () => {
        const store = await begin();
        const kept = await Promise.all(['one', 'two', 'three'].map((value) => store.keepFirst('a', 'x', value)));
        expect(kept.filter(Boolean)).toHaveLength(1);
        const [winner] = ['one', 'two', 'three'].filter((_, index) => kept[index]);
        expect(await store.keyv('a').get('x')).toBe(winner);
      });

      it('removes what has expired, and nothing else', async () => {
        const store = await begin();
        const past = Date.now() - 1;
        await store.keepFirst('a', 'old', '1', past);
        await store.keepFirst('a', 'new', '1', past + 60_000);
        await store.keepFirst('a', 'kept', '1');
        await store.sweep();
        expect(await store.keepFirst('a', 'old', '2')).toBe(true);
        expect(await store.keepFirst('a', 'new', '2')).toBe(false);
        expect(await store.keepFirst('a', 'kept', '2')).toBe(false);
      });

      it('throws when the database is closed, instead of saying that there is no value', async () => {
        const store = await open();
        const keyv = store.keyv('a');
        await keyv.set('x', 1);
        await store.close();
        await expect(keyv.get('x')).rejects.toThrow();
      });
    });
  });
}

async function entriesOf(keyv: ReturnType<Store['keyv']>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const entry of keyv.iterator?.({}) ?? []) all.push(entry);
  return all;
}
