import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MODELS } from '../../src/domain/models.ts';
import { offeredModels, priceOfRequest } from '../../src/domain/offered-model.ts';
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

describeOnPostgres('a database of 0.6.0 on Postgres', (server) => {
  it('is brought up to date: its moderators’ prices go on, whatever the resolution', async () => {
    await checkMigrated(await server.database());
  });
});
