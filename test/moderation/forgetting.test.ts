import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { KeptVideos } from '../../src/delivery/kept-videos.ts';
import { communityId, memberId } from '../../src/domain/ids.ts';
import type { Asker } from '../../src/domain/origin.ts';
import { forgetMember, forgetOwn } from '../../src/moderation/forget-member.ts';
import type { Store } from '../../src/store/store.ts';
import type { WebMessage } from '../../src/store/web-messages.ts';
import { makeGeneration, type PlainGeneration } from '../support/generations.ts';
import { ADA, beginModerating, MO } from '../support/moderating.ts';

const REPLY = { platform: 'slack' };
const FINAL = ['delivered', 'failed', 'cancelled', 'timed_out', 'undelivered'] as const;

const insert = (store: Store, changes: Partial<PlainGeneration>) =>
  store.generations.insert(
    makeGeneration({
      community: MO.community,
      member: ADA.member,
      state: 'delivered',
      videoUrl: 'https://v',
      ...changes,
    }),
  );
const promptOf = async (store: Store, id: string) => (await store.generations.find(id))?.request.prompt;

async function keep(videos: KeptVideos, id: string) {
  await writeFile(await videos.draft(id), 'clip');
  await videos.keep(id);
}

const ways = [
  ['a moderator', ({ as }: Begun) => forgetMember(as({ ...MO, reply: REPLY }), ADA.member), MO],
  ['the member', ({ as }: Begun) => forgetOwn(as({ ...ADA, reply: REPLY })), ADA],
] as const;
type Begun = Awaited<ReturnType<typeof beginModerating>>;

describe.each(ways)('%s can have a member’s videos forgotten:', (_who, forget, actor) => {
  it('prompts, kept videos and reports’ reasons go, figures stay', async () => {
    const begun = await beginModerating([]);
    const { store, videos, audit } = begun;
    for (const state of FINAL) {
      await insert(store, { id: state, state });
      await keep(videos, state);
    }
    await store.reports.insert({ generation: 'delivered', reporter: MO.member, reason: 'a secret', at: 1 });
    expect(await forget(begun)).toEqual({ forgotten: FINAL.length, unfinished: 0 });
    expect(await videos.list()).toEqual([]);
    for (const state of FINAL) {
      expect(await store.generations.find(state)).toMatchObject({
        credits: 1,
        videoUrl: undefined,
        request: { prompt: '', model: 'lite' },
      });
    }
    expect(await store.reports.find('delivered', MO.member)).toMatchObject({ reason: '' });
    const subject = { kind: 'member', id: ADA.member };
    expect(await audit()).toEqual([{ actor: actor.member, action: 'forget', subject, before: '5', after: '0' }]);
    expect(JSON.stringify(await audit())).not.toContain('dragon');
  });

  it('what was never delivered is not paid for, what was delivered is', async () => {
    const begun = await beginModerating([]);
    const { store } = begun;
    for (const id of ['delivered', 'undelivered'] as const) {
      await insert(store, { id, state: id });
      const { community, member } = ADA;
      await store.holds.take({ generation: id, community, member, channel: 'C1', credits: 1, granted: 0, at: 1 });
    }
    await store.holds.settle('delivered');
    await forget(begun);
    expect(await store.holds.stateOf('delivered')).toBe('settled');
    expect(await store.holds.stateOf('undelivered')).toBe('released');
    expect((await store.generations.find('undelivered'))?.state).toBe('failed');
  });

  it('what is still being made keeps its prompt, and the answer says how many', async () => {
    const begun = await beginModerating([]);
    const { store, audit } = begun;
    for (const state of ['queued', 'submitting', 'generating', 'delivering'] as const) {
      await insert(store, { id: state, state });
    }
    expect(await forget(begun)).toEqual({ forgotten: 0, unfinished: 4 });
    expect(await promptOf(store, 'queued')).toBe('a dragon');
    expect(await audit()).toEqual([]);
  });

  it('others and other communities keep theirs', async () => {
    const begun = await beginModerating([]);
    const { store, videos } = begun;
    await insert(store, { id: 'mine' });
    await insert(store, { id: 'another', member: MO.member });
    await insert(store, { id: 'elsewhere', community: 'slack:T2' });
    await insert(store, { id: 'running elsewhere', community: 'slack:T2', state: 'generating' });
    for (const id of ['another', 'elsewhere']) await keep(videos, id);
    expect(await forget(begun)).toEqual({ forgotten: 1, unfinished: 0 });
    expect(await promptOf(store, 'another')).toBe('a dragon');
    expect(await promptOf(store, 'elsewhere')).toBe('a dragon');
    expect((await videos.list()).sort()).toEqual(['another', 'elsewhere']);
  });

  it('however many there are, and twice changes nothing more', async () => {
    const begun = await beginModerating([]);
    const { store, audit } = begun;
    await store.transaction(async ({ generations }) => {
      for (let index = 0; index < 450; index++) {
        const id = `g${index}`;
        await generations.insert(makeGeneration({ id, community: MO.community, member: ADA.member, state: 'failed' }));
      }
    });
    expect(await forget(begun)).toEqual({ forgotten: 450, unfinished: 0 });
    expect(await store.generations.countEndedOf(MO.community, ADA.member)).toBe(0);
    expect(await forget(begun)).toEqual({ forgotten: 0, unfinished: 0 });
    expect(await audit()).toHaveLength(1);
  });
});

describe('in the playground, whose messages are ours,', () => {
  const WEB_MO: Asker = {
    community: communityId('web', 'local'),
    member: memberId('web', 'mo'),
    roles: [],
    moderator: true,
  };
  const message = (id: string, more: Partial<WebMessage> = {}): WebMessage => ({
    id,
    channel: 'general',
    member: 'web:ada',
    said: '/video a dragon',
    audience: undefined,
    card: undefined,
    clip: undefined,
    createdAt: 1,
    ...more,
  });
  const about = (target: string) => {
    const buttons = [{ action: 'takedown', target, label: 'Delete', style: 'danger' as const }];
    return { tone: 'done' as const, title: 'Video', prompt: 'a dragon', fields: [], notes: [], buttons };
  };

  it('the member’s lines go, and what posts and moderators’ lists say of their videos; replies that are still needed stay', async () => {
    const { as, store, removed } = await beginModerating([]);
    const common = { community: 'web:local', member: 'web:ada' };
    await insert(store, { ...common, id: 'done', reply: { platform: 'web', messageId: 'm1' } });
    await insert(store, { ...common, id: 'runs', state: 'generating', reply: { platform: 'web', messageId: 'm2' } });
    const post = { member: undefined, said: '' };
    for (const one of [
      message('m1'),
      message('m2'),
      message('answer'),
      message('ben', { member: 'web:ben' }),
      message('list', { member: 'web:mo', said: '/moderate queue', card: about('done') }),
      message('line', { ...post, card: about('done') }),
      message('other line', { ...post, card: about('another') }),
    ]) {
      await store.webMessages.insert(one);
    }
    const reply = { platform: 'web', messageId: 'answer' };
    expect(await forgetMember(as({ ...WEB_MO, reply }), 'web:ada')).toEqual({ forgotten: 1, unfinished: 1 });
    const left = (await store.webMessages.listLatest(10)).map(({ id }) => id);
    expect(left).toEqual(['m2', 'answer', 'ben', 'other line']);
    expect(removed.map(({ messageId }) => messageId).sort()).toEqual(['line', 'list', 'm1']);
  });

  it('nobody from another platform can take lines away', async () => {
    const { as, store } = await beginModerating([]);
    await store.webMessages.insert(message('m1'));
    await forgetMember(as({ ...MO, reply: REPLY }), 'web:ada');
    expect(await store.webMessages.listLatest(10)).toHaveLength(1);
  });
});
