import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MODELS } from '../../src/domain/models.ts';
import { offeredModels, priceOfRequest } from '../../src/domain/offered-model.ts';
import { requestFor } from '../../src/domain/request.ts';
import { actionPrices } from '../../src/replies/action-prices.ts';
import { openStore } from '../../src/store/store.ts';
import { makeOldDatabase } from '../support/old-schema.ts';
import { describeOnPostgres } from '../support/postgres.ts';
import { tempFolder } from '../support/temp.ts';

const HOUR_MS = 3_600_000;
const LONG_AGO = Date.UTC(2026, 0, 1);

/** What 0.6.0 kept: prices for 5 seconds whatever the resolution, and generations that knew nothing of today's columns. */
async function fillOld(url: string): Promise<void> {
  const { db, close } = await makeOldDatabase(url, '0004_web_channels');
  const setting = (community: string, name: string, value: unknown) =>
    db
      .insertInto('community_settings')
      .values({ community, name, value: JSON.stringify(value) })
      .execute();
  await setting('discord:1', 'weights', { lite: 2, pro: 7 });
  await setting('discord:1', 'disabledModels', ['lite']);
  await setting('discord:2', 'weights', { pro: 0 });
  await setting('discord:3', 'privateReplies', false);
  for (const [id, options, end] of [
    ['sharp', { resolution: '1080p', duration: 5 }, {}],
    ['plain', {}, {}],
    ['given up', {}, { state: 'timed_out', ready_at: null, finished_at: Date.now() - HOUR_MS }],
    ['long ago', {}, { state: 'timed_out', ready_at: null }],
  ] as const) {
    await db
      .insertInto('generations')
      .values({
        id,
        community: 'discord:1',
        channel: 'c',
        member: 'discord:9',
        locale: 'en',
        reply: JSON.stringify({ platform: 'discord' }),
        request: JSON.stringify({ model: 'lite', prompt: 'a dragon', options, dropped: [] }),
        model: 'lite',
        seconds: 5,
        credits: 2,
        state: 'delivered',
        provider: 'aimlapi',
        created_at: LONG_AGO,
        generating_at: LONG_AGO,
        ready_at: LONG_AGO + 30_000,
        finished_at: LONG_AGO + 31_000,
        ...end,
      })
      .execute();
  }
  await close();
}

/** What 0.6.0 sent for a request that named nothing, and for some that did. */
const SIXTY = { resolution: '1080p', duration: 5, seed: 7, camera_fixed: false, watermark: false };
const OLD_REQUESTS = [
  ['queued', 'discord:3', 'lite', { ...SIXTY, aspect_ratio: '16:9' }],
  ['named', 'discord:3', 'pro', { ...SIXTY, aspect_ratio: '16:9', resolution: '480p' }],
  ['tall', 'discord:3', 'pro', { ...SIXTY, aspect_ratio: '9:16' }],
  // The community has switched lite off, so pro was its default.
  ['second', 'discord:1', 'pro', SIXTY],
] as const;

async function fillRequests(url: string): Promise<void> {
  const { db, close } = await makeOldDatabase(url, '0004_web_channels');
  const disabled = { community: 'discord:1', name: 'disabledModels', value: JSON.stringify(['lite']) };
  await db.insertInto('community_settings').values(disabled).execute();
  for (const state of ['queued', 'submitting', 'delivered']) {
    for (const [id, community, model, options] of OLD_REQUESTS) {
      const prompt = 'half a character \ud83d, a "quote":"1080p"';
      await db
        .insertInto('generations')
        .values({
          id: `${id}, ${state}`,
          community,
          channel: 'c',
          member: 'discord:9',
          locale: 'en',
          reply: JSON.stringify({ platform: 'discord' }),
          request: JSON.stringify({ model, prompt, options, dropped: [] }),
          model,
          seconds: 5,
          credits: model === 'pro' ? 3 : 1,
          state,
          provider: 'aimlapi',
          created_at: LONG_AGO,
        })
        .execute();
    }
  }
  await close();
}

async function checkRequests(url: string): Promise<void> {
  await fillRequests(url);
  const store = await openStore(url);
  onTestFinished(() => store.close());
  const find = async (id: string) => (await store.generations.find(id))?.request;
  const queued = async (id: string) => await find(`${id}, queued`);
  const sharpless = { ...SIXTY, resolution: '720p' };
  expect(await queued('queued')).toEqual({
    model: 'lite',
    prompt: 'half a character \ud83d, a "quote":"1080p"',
    options: { ...sharpless, aspect_ratio: '16:9' },
    dropped: [],
    defaultModel: true,
  });
  // Whoever has pro where lite is the default has named it.
  expect(await queued('named')).toMatchObject({ options: { ...SIXTY, resolution: '480p' } });
  expect((await queued('named'))?.options).not.toHaveProperty('aspect_ratio');
  expect(await queued('named')).not.toHaveProperty('defaultModel');
  expect((await queued('tall'))?.options).toEqual({ ...sharpless, aspect_ratio: '9:16' });
  expect(await queued('second')).toMatchObject({ options: sharpless, defaultModel: true });
  // What may have been sent already says what was sent, but may be made by another model if that was not chosen.
  expect(await find('queued, submitting')).toMatchObject({ options: OLD_REQUESTS[0][3], defaultModel: true });
  expect(await find('second, submitting')).toMatchObject({ options: SIXTY, defaultModel: true });
  expect(await find('named, submitting')).toMatchObject({ model: 'pro', options: OLD_REQUESTS[1][3] });
  expect(await find('named, submitting')).not.toHaveProperty('defaultModel');
  // What is delivered says what it is; the same again is what a member gets today who names as little.
  for (const [id, , model, options] of OLD_REQUESTS) {
    const request = await find(`${id}, delivered`);
    expect(request).toMatchObject({ model, options });
    const again = request && requestFor(request, model).options;
    expect(again?.resolution).toBe(id === 'named' ? '480p' : undefined);
    expect(again?.aspect_ratio).toBe({ queued: '16:9', tall: '9:16' }[id as string]);
    expect(request && actionPrices(request, offeredModels(MODELS, {})).again).toBe(
      { queued: 1, named: 1, tall: 2, second: 2 }[id],
    );
  }
  expect(await store.generations.find('queued, queued')).toMatchObject({ credits: 1 });
}

async function checkMigrated(url: string): Promise<void> {
  await fillOld(url);
  const store = await openStore(url);
  onTestFinished(() => store.close());
  const one = await store.communitySettings.get('discord:1');
  expect(one).toEqual({ prices: { lite: { any: 2 }, pro: { any: 7 } }, disabledModels: ['lite'] });
  expect(await store.communitySettings.get('discord:2')).toEqual({ prices: { pro: { any: 0 } } });
  expect(await store.communitySettings.get('discord:3')).toEqual({ privateReplies: false });
  const [pro] = offeredModels(MODELS, one);
  expect(pro?.id).toBe('pro');
  const cost = (options: Record<string, string | number>) => pro && priceOfRequest(pro, { options });
  expect([cost({}), cost({ resolution: '1080p' }), cost({ duration: 10 })]).toEqual([7, 7, 14]);

  expect(await store.generations.find('sharp')).toMatchObject({ credits: 2, attempts: 0, late: false, usd: undefined });
  // What an earlier version gave up today may still turn up.
  expect((await store.generations.listToCheck(Date.now(), 10)).map(({ id }) => id)).toEqual(['given up']);
  const kind = { provider: 'aimlapi', model: 'lite', seconds: 5 };
  expect(await store.generations.listDurations({ ...kind, resolution: '1080p' }, 10)).toEqual([30_000]);
  expect(await store.generations.listDurations({ ...kind, resolution: '720p' }, 10)).toEqual([30_000]);
}

describe('a database of 0.6.0', () => {
  it('is brought up to date: its moderators’ prices go on, whatever the resolution', async () => {
    await checkMigrated(`sqlite:${join(await tempFolder(), 'dailies.db')}`);
  });
});

describe('requests of 0.6.0', () => {
  it('cost no more and fail for nothing that nobody may have chosen', async () => {
    await checkRequests(`sqlite:${join(await tempFolder(), 'dailies.db')}`);
  });
});

describeOnPostgres('requests of 0.6.0 on Postgres', (server) => {
  it('cost no more and fail for nothing that nobody may have chosen', async () => {
    await checkRequests(await server.database());
  });
});

describeOnPostgres('a database of 0.6.0 on Postgres', (server) => {
  it('is brought up to date: its moderators’ prices go on, whatever the resolution', async () => {
    await checkMigrated(await server.database());
  });
});
