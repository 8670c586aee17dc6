import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DailiesError } from '../../src/domain/failure.ts';
import type { Generation } from '../../src/domain/generation.ts';
import { channelId, communityId, memberId } from '../../src/domain/ids.ts';
import { MODELS } from '../../src/domain/models.ts';
import type { Origin } from '../../src/domain/origin.ts';
import type { RequestInput } from '../../src/domain/request.ts';
import { Acceptance } from '../../src/generations/acceptance.ts';
import { DraftRequests } from '../../src/generations/draft-requests.ts';
import { Durations } from '../../src/generations/durations.ts';
import { ModelList } from '../../src/generations/model-list.ts';
import { Replacement } from '../../src/generations/replacement.ts';
import { checkPolicy } from '../../src/moderation/policy.ts';
import { createPromptFilter } from '../../src/moderation/prompt-filter/prompt-filter.ts';
import type { Work } from '../../src/queue/engine.ts';
import { MOST_DRAFTS } from '../../src/store/drafts.ts';
import { openStore } from '../../src/store/store.ts';
import { VirtualClock } from '../support/clock.ts';
import { putDatabase } from '../support/fresh-database.ts';
import { recordingLog } from '../support/log.ts';
import { LIMITS } from '../support/moderating.ts';
import { tempFolder } from '../support/temp.ts';

const ADA: Origin = {
  community: communityId('web', 'local'),
  channel: channelId('general'),
  direct: false,
  member: memberId('web', 'ada'),
  roles: ['crew'],
  moderator: false,
  locale: 'en-US',
  reply: { platform: 'web', messageId: 'm1' },
  alone: false,
};

/** @param gone ids of models that are withdrawn. */
async function begin(...gone: string[]) {
  const file = join(await tempFolder(), 'dailies.db');
  await putDatabase(dirname(file));
  const store = await openStore(`sqlite:${file}`);
  onTestFinished(() => store.close());
  const clock = new VirtualClock();
  const added: Work[] = [];
  const shown: Generation[] = [];
  const models = new ModelList({
    provider: {
      name: 'sandbox',
      models: async () => ({
        offered: MODELS.map(({ id }) => id).filter((id) => !gone.includes(id)),
        leaving: {},
        prices: {},
      }),
    },
    keyv: store.keyv('provider'),
    leads: store.leads,
    clock,
    log: recordingLog().log,
  });
  await models.start();
  const log = recordingLog().log;
  const replacement = new Replacement({ store, models, limits: LIMITS, clock, random: () => 0.5, log });
  const acceptance = new Acceptance({
    store,
    engine: { add: (work) => void added.push(work), enqueue: async () => {} },
    running: { stopping: false },
    provider: { name: 'sandbox' },
    replies: { show: async (generation) => void shown.push(generation) },
    durations: new Durations(store.generations, clock),
    moderation: { judge: createPromptFilter((community) => store.words.list(community)), check: checkPolicy },
    limits: LIMITS,
    mostUnfinished: 1000,
    allowDirect: true,
    models,
    replacement,
    clock,
    random: () => 0.5,
    newId: randomUUID,
    log: recordingLog().log,
  });
  const ask = (input: Partial<RequestInput> = {}) =>
    acceptance.accept(ADA, { prompt: 'a dragon', options: {}, ...input });
  const drafts = new DraftRequests({ store, acceptance, replacement, clock, newId: randomUUID });
  const countDrafts = () => {
    const database = new SQLite(file);
    const { count } = database.prepare('select count(*) as count from drafts').get() as { count: number };
    database.close();
    return count;
  };
  const harm = (statement: string) => {
    const database = new SQLite(file);
    database.exec(statement);
    database.close();
  };
  return { store, clock, added, shown, ask, drafts, countDrafts, harm };
}

describe('a request is refused, and nothing of it goes on,', () => {
  const reads = ['rules', 'pace_rules', 'grants', 'holds', 'blocks', 'channel_rules', 'words', 'community_settings'];
  it.each([
    ...reads.map((table) => [`${table} cannot be read`, `alter table ${table} rename to lost`]),
    ...['generations', 'holds'].map((table) => [
      `${table} cannot be written`,
      `create trigger full before insert on ${table} begin select raise(abort, 'disk full'); end`,
    ]),
  ])('when %s', async (_, statement) => {
    const { store, added, shown, ask, harm } = await begin();
    await ask();
    harm(statement ?? '');
    await expect(ask()).rejects.toThrow();
    expect([added.length, shown.length]).toEqual([1, 1]);
    expect(await store.generations.listUnfinishedOf(ADA.member)).toHaveLength(1);
  });

  it('when the database is gone', async () => {
    const { store, added, shown, ask } = await begin();
    await store.close();
    await expect(ask()).rejects.toThrow();
    expect([added, shown]).toEqual([[], []]);
  });
});

describe('a request for a model that is withdrawn', () => {
  it('is refused with its successor and what that costs, and kept for the button', async () => {
    const { store, added, ask } = await begin('lite');
    const asked = { model: 'lite', options: { duration: 10, resolution: '1080p' } };
    const refused = await ask(asked).catch((error: DailiesError<'model_withdrawn'>) => error);
    expect(refused).toMatchObject({
      code: 'model_withdrawn',
      params: { model: 'lite', successor: 'pro-fast', credits: 3, draft: expect.any(String) },
    });
    const { params } = refused as DailiesError<'model_withdrawn'>;
    expect(await store.drafts.find(params.draft ?? '')).toMatchObject({ member: ADA.member, input: asked });
    expect(added).toEqual([]);
  });

  it('takes the next model when none is named', async () => {
    const { ask } = await begin('lite');
    expect((await ask()).request).toMatchObject({ model: 'pro', defaultModel: true });
  });

  it('has a successor that the community offers, at its price, or none', async () => {
    const { store, ask } = await begin('lite');
    await store.communitySettings.set(ADA.community, 'disabledModels', ['pro', 'pro-fast']);
    await store.communitySettings.set(ADA.community, 'prices', { '1.5-pro': { '720p': 9 } });
    await expect(ask({ model: 'lite' })).rejects.toMatchObject({ params: { successor: '1.5-pro', credits: 9 } });
    await store.communitySettings.set(
      ADA.community,
      'disabledModels',
      MODELS.map(({ id }) => id),
    );
    await expect(ask({ model: 'lite' })).rejects.toMatchObject({
      params: { successor: null, credits: null, draft: null },
    });
  });
});

it('costs the community’s own price', async () => {
  const { store, ask } = await begin();
  await store.communitySettings.set(ADA.community, 'prices', { pro: { any: 3, '1080p': 5 } });
  expect((await ask({ model: 'pro', options: { duration: 10 } })).credits).toBe(6);
  expect((await ask({ model: 'pro', options: { resolution: '1080p' } })).credits).toBe(5);
});

describe('a draft', () => {
  const typed = { prompt: 'a dog private', options: {} };
  const blocked = { member: ADA.member, reason: 'spam', until: undefined, blockedBy: 'web:mo', blockedAt: 0 };

  it('is not kept for whoever may not ask, which is noted', async () => {
    const { store, clock, ask, drafts, countDrafts } = await begin('lite');
    await store.blocks.set(ADA.community, blocked);
    await expect(drafts.keep(ADA, typed)).rejects.toMatchObject({ code: 'blocked' });
    await expect(ask({ model: 'lite' })).rejects.toMatchObject({ code: 'blocked' });
    const refusals = await store.refusals.list(ADA.community, 0, clock.now() + 1);
    expect(refusals.map(({ code }) => code)).toEqual(['blocked', 'blocked']);
    expect(countDrafts()).toBe(0);
  });

  it('makes the oldest of its member go when there are many', async () => {
    const { store, clock, drafts, countDrafts } = await begin();
    await store.drafts.insert({
      id: 'other',
      community: ADA.community,
      member: 'web:ben',
      input: typed,
      createdAt: clock.now() - 1,
    });
    const ids: string[] = [];
    for (let index = 0; index <= MOST_DRAFTS; index++) {
      await clock.advance(1000);
      ids.push(await drafts.keep(ADA, typed));
    }
    expect(countDrafts()).toBe(MOST_DRAFTS + 1);
    expect(await store.drafts.find(ids[0] ?? '')).toBeUndefined();
    for (const id of [...ids.slice(1), 'other']) expect(await store.drafts.find(id)).toBeDefined();
  });
});
