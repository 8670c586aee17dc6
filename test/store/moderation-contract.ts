import { describe, expect, it, onTestFinished } from 'vitest';
import type { AuditEntry, CommunityEvent } from '../../src/domain/event.ts';
import { channelId } from '../../src/domain/ids.ts';
import { MODELS } from '../../src/domain/models.ts';
import type { SetRule } from '../../src/domain/rule.ts';
import { checkPolicy } from '../../src/moderation/policy.ts';
import { admit, holdAgain, type Limits } from '../../src/quotas/admission.ts';
import type { Store } from '../../src/store/store.ts';
import { makeGeneration } from '../support/generations.ts';

const NOW = Date.UTC(2026, 0, 1, 12);
const HERE = 'web:local';
const THERE = 'web:elsewhere';
const LIMITS: Limits = {
  pace: { concurrency: 1, waiting: 1000, rate: { count: 1000, intervalMs: 1000 } },
  quota: { credits: 5, period: 'day' },
};
const PLACE = { channel: channelId('general'), direct: false, alone: false };

/** What every store promises of what moderators decide. `open` gives an empty one. */
export function moderationStoreContract(name: string, open: () => Promise<Store>): void {
  describe(`${name}, as a store of what moderators decide,`, () => {
    async function begin() {
      const store = await open();
      onTestFinished(() => store.close());
      const rule = (
        scope: SetRule['scope'],
        subject: string,
        credits: number | null,
        period: SetRule['period'] = 'day',
      ) => store.rules.set(HERE, { scope, subject, credits, period, setBy: 'web:mo', setAt: NOW });
      const submit = (id: string, changes: Parameters<typeof makeGeneration>[0] = {}, place = {}) =>
        store.transaction(async (tx) => {
          const generation = makeGeneration({ id, createdAt: NOW, ...changes });
          const origin = { ...PLACE, ...place };
          await checkPolicy(tx, generation, origin, MODELS);
          return await admit(tx, generation, origin, LIMITS, () => null);
        });
      const grant = (id: string, credits: number, expiresAt?: number) =>
        store.grants.insert(HERE, {
          id,
          member: 'web:ada',
          credits,
          grantedBy: 'web:mo',
          grantedAt: NOW,
          expiresAt,
        });
      return { store, rule, submit, grant };
    }

    it('keeps one rule for a scope and subject, each community its own', async () => {
      const { store, rule } = await begin();
      await rule('role', 'crew', 5);
      await rule('role', 'crew', null, 'week');
      await rule('everyone', '', 0);
      expect(await store.rules.find(HERE, 'role', 'crew')).toEqual({
        scope: 'role',
        subject: 'crew',
        credits: null,
        period: 'week',
        setBy: 'web:mo',
        setAt: NOW,
      });
      expect(await store.rules.list(HERE)).toHaveLength(2);
      expect(await store.rules.list(THERE)).toEqual([]);
      expect(await store.rules.clear(THERE, 'everyone', '')).toBeUndefined();
      expect(await store.rules.clear(HERE, 'everyone', '')).toMatchObject({ credits: 0 });
      expect(await store.rules.find(HERE, 'everyone', '')).toBeUndefined();
    });

    it('finds the rules that can count for somebody somewhere', async () => {
      const { store, rule } = await begin();
      for (const [scope, subject] of [
        ['everyone', ''],
        ['community', ''],
        ['member', 'web:ada'],
        ['member', 'web:ben'],
        ['role', 'crew'],
        ['role', 'stars'],
        ['channel', 'general'],
        ['channel', 'other'],
      ] as const)
        await rule(scope, subject, 1);
      const found = async (roles: string[]) =>
        (await store.rules.listFor(HERE, { member: 'web:ada', roles, channel: 'general' }))
          .map(({ scope, subject }) => `${scope} ${subject}`.trim())
          .sort();
      expect(await found(['crew'])).toEqual([
        'channel general',
        'community',
        'everyone',
        'member web:ada',
        'role crew',
      ]);
      expect(await found([])).toEqual(['channel general', 'community', 'everyone', 'member web:ada']);
    });

    it('keeps what is said of the pace, and what is not said open', async () => {
      const { store } = await begin();
      await store.paceRules.set(HERE, { subject: '', concurrency: 2, rate: { count: 3, intervalMs: 60_000 } });
      await store.paceRules.set(HERE, { subject: 'crew', waiting: 0 });
      await store.paceRules.set(HERE, { subject: 'crew', waiting: 4 });
      expect((await store.paceRules.list(HERE)).sort((a, b) => a.subject.localeCompare(b.subject))).toEqual([
        { subject: '', concurrency: 2, rate: { count: 3, intervalMs: 60_000 } },
        { subject: 'crew', waiting: 4 },
      ]);
      await store.paceRules.clear(HERE, 'crew');
      expect(await store.paceRules.list(HERE)).toHaveLength(1);
      expect(await store.paceRules.list(THERE)).toEqual([]);
    });

    it('takes from the rule first, then from the grant that ends first; a release gives both back', async () => {
      const { store, submit, grant } = await begin();
      await grant('forever', 4);
      await grant('soon', 2, NOW + 1000);
      await grant('over', 9, NOW);
      await submit('g1', { credits: 8 });
      expect(await store.holds.usedByMember(HERE, 'web:ada', 0)).toBe(5);
      const left = async () => (await store.grants.listOpen(HERE, NOW, 'web:ada')).map(({ id, left }) => [id, left]);
      expect(await left()).toEqual([['forever', 3]]);
      await expect(submit('g2', { credits: 4 })).rejects.toMatchObject({
        code: 'quota_exhausted',
        params: { cost: 4, used: 5, quota: 5, granted: 3, rule: { scope: 'default' } },
      });
      await store.holds.release('g1');
      expect(await left()).toEqual([
        ['soon', 2],
        ['forever', 4],
      ]);
      expect(await store.grants.listOpen(THERE, NOW)).toEqual([]);
    });

    it('sets credits aside anew for a video that came too late, from what is left and granted then', async () => {
      const { store, submit, grant } = await begin();
      await grant('prize', 4);
      const generation = await submit('g1', { credits: 8 });
      await store.holds.release('g1');
      await submit('g2', { credits: 2 });
      const later = NOW + 1000;
      const again = () =>
        store.transaction((tx) => holdAgain(tx, generation, [], { credits: 5, period: 'day' }, later));
      expect(await again()).toBe(false);
      expect(await store.holds.usedByMember(HERE, 'web:ada', later)).toBe(0);
      await store.holds.release('g2');
      expect(await again()).toBe(true);
      expect(await store.holds.usedByMember(HERE, 'web:ada', later)).toBe(5);
      expect(await store.grants.listOpen(HERE, NOW, 'web:ada')).toMatchObject([{ id: 'prize', left: 1 }]);
      await store.holds.release('g1');
      expect(await store.grants.listOpen(HERE, NOW, 'web:ada')).toMatchObject([{ id: 'prize', left: 4 }]);
    });

    it('refuses what a rule forbids, unless credits were granted', async () => {
      const { rule, submit, grant } = await begin();
      await rule('everyone', '', 0);
      await expect(submit('g1')).rejects.toMatchObject({
        code: 'quota_forbidden',
        params: { rule: { scope: 'everyone', subject: '' } },
      });
      await grant('prize', 1);
      await submit('g2');
      await expect(submit('g3')).rejects.toMatchObject({ code: 'quota_forbidden' });
    });

    it.each([
      ['everyone', ''],
      ['channel', 'general'],
      ['community', ''],
    ] as const)('refuses what a rule of no credits for %s forbids, even what costs nothing', async (scope, subject) => {
      const { rule, submit } = await begin();
      await rule(scope, subject, 0);
      await expect(submit('g1', { credits: 0 })).rejects.toMatchObject({
        code: 'quota_forbidden',
        params: { rule: { scope, subject: '' } },
      });
    });

    it('limits a channel and the whole community in addition; a thread follows its channel', async () => {
      const { store, rule, submit } = await begin();
      await rule('channel', 'general', 3);
      await rule('community', '', 4);
      await submit('g1', { credits: 2 });
      await expect(submit('g2', { member: 'web:ben', credits: 2 })).rejects.toMatchObject({
        code: 'channel_exhausted',
        params: { cost: 2, used: 2, quota: 3, period: 'day', resetsAt: Date.UTC(2026, 0, 2) },
      });
      const inThread = { channel: 'thread', parentChannel: 'general' };
      await expect(submit('g3', { member: 'web:ben', credits: 2 }, inThread)).rejects.toMatchObject({
        code: 'channel_exhausted',
      });
      await submit('g4', { member: 'web:ben', credits: 2 }, { channel: 'other' });
      await expect(submit('g5', { member: 'web:eve' }, { channel: 'other' })).rejects.toMatchObject({
        code: 'budget_exhausted',
        params: { cost: 1, used: 4, quota: 4 },
      });
      expect(await store.holds.usedIn(HERE, 0)).toBe(4);
    });

    it('counts in the calendar of the community’s time zone', async () => {
      const { store, submit } = await begin();
      await store.communitySettings.set(HERE, 'timeZone', 'Asia/Tokyo');
      await submit('g1', { credits: 5 });
      await expect(submit('g2')).rejects.toMatchObject({ params: { resetsAt: Date.UTC(2026, 0, 1, 15) } });
      await submit('g3', { createdAt: Date.UTC(2026, 0, 1, 15) });
    });

    it('puts off what the rate does not let start yet, and remembers it', async () => {
      const { store, submit } = await begin();
      await store.paceRules.set(HERE, { subject: 'crew', rate: { count: 2, intervalMs: 60_000 }, concurrency: 3 });
      const roles = ['crew'];
      const starts = [];
      for (const id of ['g1', 'g2', 'g3', 'g4', 'g5']) starts.push((await submit(id, { roles })).startsAt - NOW);
      expect(starts).toEqual([0, 0, 60_000, 60_000, 120_000]);
      expect(await store.generations.find('g3')).toMatchObject({ startsAt: NOW + 60_000, concurrency: 3, roles });
    });

    it('tells the log channel of the budget once at 80 % and once at 100 %', async () => {
      const { store, rule, submit } = await begin();
      await store.communitySettings.set(HERE, 'logChannel', 'log');
      await rule('community', '', 5);
      for (const id of ['g1', 'g2', 'g3']) await submit(id, { credits: 1 });
      expect(await store.outbox.listUnposted(HERE, 10)).toEqual([]);
      await submit('g4');
      await store.holds.release('g4');
      await submit('g5', { credits: 2 });
      const told = (await store.outbox.listUnposted(HERE, 10)).map(({ event }) => event);
      expect(told).toMatchObject([
        { kind: 'budget', percent: 80, used: 4, credits: 5 },
        { kind: 'budget', percent: 100, used: 5, credits: 5 },
      ]);
    });

    it('keeps blocks until they end', async () => {
      const { store } = await begin();
      const block = { member: 'web:ada', reason: 'herrings', until: NOW + 5, blockedBy: 'web:mo', blockedAt: NOW };
      await store.blocks.set(HERE, { ...block, until: undefined });
      await store.blocks.set(HERE, block);
      expect(await store.blocks.find(HERE, 'web:ada', NOW)).toEqual(block);
      expect(await store.blocks.find(HERE, 'web:ada', NOW + 5)).toBeUndefined();
      expect(await store.blocks.find(THERE, 'web:ada', NOW)).toBeUndefined();
      expect(await store.blocks.list(HERE, NOW)).toEqual([block]);
      expect(await store.blocks.clear(HERE, 'web:ada')).toEqual(block);
      expect(await store.blocks.clear(HERE, 'web:ada')).toBeUndefined();
    });

    it('keeps channels, words and settings, each community its own', async () => {
      const { store } = await begin();
      await store.channelRules.set(HERE, { channel: 'a', allowed: true });
      await store.channelRules.set(HERE, { channel: 'a', allowed: false });
      await store.channelRules.set(HERE, { channel: 'b', allowed: true });
      expect(await store.channelRules.list(HERE)).toEqual([
        { channel: 'b', allowed: true },
        { channel: 'a', allowed: false },
      ]);
      await store.channelRules.clear(HERE, 'b');
      expect(await store.channelRules.list(HERE)).toEqual([{ channel: 'a', allowed: false }]);
      expect([await store.words.add(HERE, 'herring', 1), await store.words.add(HERE, 'herring', 2)]).toEqual([
        true,
        false,
      ]);
      await store.words.add(HERE, '/cod+/', 2);
      expect(await store.words.list(HERE)).toEqual(['herring', '/cod+/']);
      expect([await store.words.remove(HERE, 'herring'), await store.words.remove(HERE, 'herring')]).toEqual([
        true,
        false,
      ]);
      await store.communitySettings.set(HERE, 'paused', { reason: 'lunch' });
      await store.communitySettings.set(HERE, 'prices', { pro: { any: 7 } });
      await store.communitySettings.set(HERE, 'privateReplies', false);
      await store.communitySettings.set(HERE, 'paused', undefined);
      expect(await store.communitySettings.get(HERE)).toEqual({ prices: { pro: { any: 7 } }, privateReplies: false });
      expect(await store.channelRules.list(THERE)).toEqual([]);
      expect(await store.words.list(THERE)).toEqual([]);
      expect(await store.communitySettings.get(THERE)).toEqual({});
    });

    it('has an audit, the latest first, page by page', async () => {
      const { store } = await begin();
      const entry = (at: number): AuditEntry => ({
        at,
        actor: 'web:mo',
        action: 'quota.set',
        subject: { kind: 'role', id: 'crew' },
        before: undefined,
        after: `${at}/day`,
      });
      for (const at of [3, 1, 2]) await store.audit.append(HERE, entry(at));
      expect(await store.audit.list(HERE, 2, 0)).toEqual([entry(2), entry(1)]);
      expect(await store.audit.list(HERE, 2, 2)).toEqual([entry(3)]);
      expect(await store.audit.list(THERE, 2, 0)).toEqual([]);
    });

    it('keeps what the log channel is to be told, once each, until it is told', async () => {
      const { store } = await begin();
      const event = (generation: string): CommunityEvent => ({ kind: 'generation', generation });
      await store.outbox.append(HERE, 'one', event('g1'), 1);
      await store.outbox.append(HERE, 'two', event('g2'), 2);
      await store.outbox.append(HERE, 'one', event('g3'), 3);
      const [first, second] = await store.outbox.listUnposted(HERE, 10);
      expect([first, second]).toMatchObject([
        { event: event('g1'), createdAt: 1 },
        { event: event('g2'), createdAt: 2 },
      ]);
      expect(await store.outbox.listWaiting()).toEqual([HERE]);
      expect(await store.outbox.listUnposted(THERE, 10)).toEqual([]);
      await store.outbox.notePosted(first?.position ?? 0, 5);
      expect(await store.outbox.listUnposted(HERE, 10)).toEqual([second]);
      await store.outbox.deleteBefore(3);
      expect(await store.outbox.listUnposted(HERE, 10)).toEqual([]);
    });

    it('counts refusals in a stretch of time, and takes one report of a member for a video', async () => {
      const { store } = await begin();
      const refusal = (id: string, at: number) =>
        store.refusals.insert(HERE, { id, member: 'web:ada', channel: 'general', model: 'pro', code: 'blocked', at });
      for (const [id, at] of [
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ] as const)
        await refusal(id, at);
      expect((await store.refusals.list(HERE, 2, 3)).map(({ id }) => id)).toEqual(['b']);
      expect(await store.refusals.list(THERE, 0, 9)).toEqual([]);
      await store.generations.insert(makeGeneration());
      const report = { generation: 'g1', reporter: 'web:ben', reason: 'herrings', at: 1 };
      expect([await store.reports.insert(report), await store.reports.insert(report)]).toEqual([true, false]);
      await store.reports.forget('g1');
      expect(await store.reports.find('g1', 'web:ben')).toEqual({ ...report, reason: '' });
    });
  });
}
