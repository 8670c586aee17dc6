import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { at, mention } from '../../src/domain/text.ts';
import { openStore } from '../../src/store/store.ts';
import { makeOldDatabase, type OldDatabase } from '../support/old-schema.ts';
import { describeOnPostgres } from '../support/postgres.ts';
import { tempFolder } from '../support/temp.ts';

/** The last migration before these. */
const BEFORE = '0006_lost_requests';
const LONG_AGO = Date.UTC(2026, 0, 1);

const insert = async (db: OldDatabase['db'], table: string, ...rows: Record<string, unknown>[]) => {
  for (const row of rows) await db.insertInto(table).values(row).execute();
};

const oldGeneration = (id: string, prompt: string, more: object = {}) => ({
  id,
  community: 'slack:T1',
  channel: 'C1',
  member: 'slack:T1/UADA1',
  locale: 'en',
  reply: JSON.stringify({ platform: 'slack' }),
  request: JSON.stringify({ model: 'lite', prompt, options: { duration: 5 }, dropped: [] }),
  model: 'lite',
  seconds: 5,
  credits: 1,
  state: 'delivered',
  provider: 'aimlapi',
  created_at: LONG_AGO,
  finished_at: LONG_AGO + 60_000,
  ...more,
});

/** A store on a database that an earlier version has filled. */
async function migrated(url: string, fill: (db: OldDatabase['db']) => Promise<void>) {
  const { db, close } = await makeOldDatabase(url, BEFORE);
  await fill(db);
  await close();
  const store = await openStore(url);
  onTestFinished(() => store.close());
  return store;
}

async function checkModerators(url: string): Promise<void> {
  const named = (community: string, subject: string) => ({ community, subject, added_by: 'm', added_at: 1 });
  const noted = (community: string, subject: object, at: number) => ({
    ...{ community, at, actor: 'm', action: 'moderators.add' },
    subject: JSON.stringify(subject),
  });
  const store = await migrated(url, async (db) => {
    await insert(db, 'moderators', ...['77', '78', '79', '80'].map((id) => named('discord:1', id)));
    await insert(db, 'moderators', ...['UOLD1', 'WOLD1', 'SOLD1', 'UADA1'].map((id) => named('slack:T1', id)));
    await insert(
      db,
      'audit',
      noted('discord:1', { kind: 'member', id: 'discord:77' }, 1),
      noted('discord:1', { kind: 'role', id: '78' }, 2),
      noted('discord:1', { kind: 'role', id: '80' }, 3),
      noted('discord:2', { kind: 'member', id: 'discord:79' }, 4),
      noted('slack:T1', { kind: 'member', id: 'slack:T1/UADA1' }, 5),
      noted('discord:1', { kind: 'member', id: 'discord:80' }, 6),
    );
  });
  const kinds = async (community: string) =>
    Object.fromEntries((await store.moderators.list(community)).map(({ subject, kind }) => [subject, kind]));
  // Of several entries the latest counts; those of another community do not.
  expect(await kinds('discord:1')).toEqual({ 77: 'member', 78: 'role', 79: 'role', 80: 'member' });
  expect(await kinds('slack:T1')).toEqual({ UADA1: 'member', UOLD1: 'member', WOLD1: 'member', SOLD1: 'role' });
}

async function checkForgotten(url: string): Promise<void> {
  const store = await migrated(url, async (db) => {
    await insert(db, 'generations', oldGeneration('gone', ''));
    await insert(db, 'generations', oldGeneration('kept', 'a sign that says "prompt":"",'));
    await insert(db, 'generations', oldGeneration('half', 'half a character \ud83d'));
  });
  expect((await store.generations.find('gone'))?.forgottenAt).toBeGreaterThan(LONG_AGO);
  for (const id of ['kept', 'half']) expect(await store.generations.find(id)).toMatchObject({ forgottenAt: undefined });
  expect((await store.generations.listOf('slack:T1', 'slack:T1/UADA1', 9, 0)).map(({ id }) => id)).toEqual([
    'half',
    'kept',
  ]);
  expect(await store.generations.countEndedOf('slack:T1', 'slack:T1/UADA1')).toBe(2);
  expect((await store.generations.listEndedBefore(Date.now(), 9)).map(({ id }) => id).sort()).toEqual(['half', 'kept']);
}

async function checkCredits(url: string): Promise<void> {
  const community = 'slack:T1';
  const member = 'slack:T1/UADA1';
  const grant = { community, member, granted_by: 'm', granted_at: 1 };
  const rule = { community, subject: '', period: 'day', set_by: 'm', set_at: 1 };
  const store = await migrated(url, async (db) => {
    await insert(db, 'generations', oldGeneration('a', 'a', { credits: 3 }), oldGeneration('b', 'b', { credits: 0.4 }));
    const hold = { community, member, channel: 'C1', created_at: 1 };
    await insert(
      db,
      'holds',
      { ...hold, generation_id: 'a', credits: 3, granted: 2, state: 'settled' },
      { ...hold, generation_id: 'b', credits: 0, granted: 0, state: 'held' },
    );
    await insert(db, 'grants', { ...grant, id: 'g', credits: 1_000_000_000 }, { ...grant, id: 'h', credits: 7 });
    await insert(db, 'grant_draws', { grant_id: 'h', generation_id: 'a', credits: 2 });
    await insert(
      db,
      'rules',
      { ...rule, scope: 'everyone', credits: null },
      { ...rule, scope: 'community', credits: 5_000_000_000 },
    );
  });
  expect([(await store.generations.find('a'))?.credits, (await store.generations.find('b'))?.credits]).toEqual([3, 1]);
  expect(await store.holds.find('a')).toEqual({ state: 'settled', credits: 3, granted: 2 });
  expect(await store.holds.find('b')).toEqual({ state: 'held', credits: 0, granted: 0 });
  expect([await store.holds.usedIn(community, 0), await store.holds.usedByMember(community, member, 0)]).toEqual([
    3, 1,
  ]);
  expect((await store.grants.listOpen(community, 2)).map(({ id, credits, left }) => [id, credits, left])).toEqual([
    ['g', 1_000_000_000, 1_000_000_000],
    ['h', 7, 5],
  ]);
  expect((await store.rules.find(community, 'everyone', ''))?.credits).toBeNull();
  expect((await store.rules.find(community, 'community', ''))?.credits).toBe(5_000_000_000);
  // What they are checked for holds as before.
  const set = { scope: 'everyone', subject: '', period: 'day', setBy: 'm', setAt: 1 } as const;
  await expect(store.rules.set(community, { ...set, credits: -1 })).rejects.toThrow();
  await expect(store.grants.draw('g', 'b', 0)).rejects.toThrow();
}

async function checkReceipts(url: string): Promise<void> {
  const store = await migrated(url, async (db) => {
    for (const [id, receipt] of [
      ['linked', 'link'],
      ['attached', 'F123'],
      ['claimed', null],
    ] as const) {
      await insert(db, 'generations', oldGeneration(id, 'a'));
      await insert(db, 'deliveries', { generation_id: id, claimed_at: 1, receipt, delivered_at: receipt && 2 });
    }
  });
  expect(await store.deliveries.receiptOf('linked')).toEqual({ kind: 'linked' });
  expect(await store.deliveries.receiptOf('attached')).toEqual({ kind: 'attached', id: 'F123' });
  expect(await store.deliveries.receiptOf('claimed')).toBeUndefined();
}

async function checkMoments(url: string): Promise<void> {
  // Only SQLite kept halves.
  const half = url.startsWith('sqlite:') ? LONG_AGO + 0.5 : LONG_AGO + 1;
  const store = await migrated(url, async (db) => {
    await insert(db, 'generations', oldGeneration('a', 'a', { sent_at: half, settled_at: half }));
  });
  expect(await store.generations.find('a')).toMatchObject({ sentAt: LONG_AGO + 1, settledAt: LONG_AGO + 1 });
}

async function checkTexts(url: string): Promise<void> {
  const prompt = 'a dragon \ud83d';
  const card = (more: object) => ({ tone: 'info', title: 'T', fields: [], notes: [], buttons: [], prompt, ...more });
  // No `Date` can hold it.
  const tooLate = '\u00028640000000000001:date\u0003';
  // They are changed in batches.
  const more = Array.from({ length: 200 }, (_, index) => `more ${index}`);
  const message = { channel: 'general', member: '', said: '', created_at: LONG_AGO };
  const store = await migrated(url, async (db) => {
    const marked = card({
      text: '\u0002member:web:ada\u0003: until \u0002500:date\u0003.',
      fields: [{ label: 'Log', value: '\u0002channel:general\u0003' }],
      items: [{ title: '1. \u00021500:relative\u0003', text: 'no mark: \u00025:never\u0003' }],
      notes: ['plain', 'by \u0002role:crew\u0003', `${tooLate} \u00028640000000000000:time\u0003`],
    });
    const rows = ['a', ...more].map((id) => ({ ...message, id, card: JSON.stringify(marked) }));
    await db.insertInto('web_messages').values(rows).execute();
    await insert(db, 'web_messages', { ...message, id: 'b', card: null });
  });
  const expected = card({
    text: [mention('member', 'web:ada'), ': until ', at(500, 'date'), '.'],
    fields: [{ label: 'Log', value: [mention('channel', 'general')] }],
    items: [{ title: ['1. ', at(1500, 'relative')], text: 'no mark: \u00025:never\u0003' }],
    notes: ['plain', ['by ', mention('role', 'crew')], [`${tooLate} `, at(8.64e15, 'time')]],
  });
  for (const id of ['a', ...more]) expect((await store.webMessages.find(id))?.card).toEqual(expected);
  expect((await store.webMessages.find('b'))?.card).toBeUndefined();
}

const CHECKS: [what: string, check: (url: string) => Promise<void>][] = [
  ['knows what kind each named moderator is', checkModerators],
  ['knows whose prompts were removed', checkForgotten],
  ['has all its credits, as whole ones', checkCredits],
  ['knows which clips are linked', checkReceipts],
  ['has whole milliseconds only', checkMoments],
  ['shows its moments and mentions in the playground', checkTexts],
];

describe('a database of an earlier version', () => {
  it.each(CHECKS)('%s', async (_, check) => {
    await check(`sqlite:${join(await tempFolder(), 'dailies.db')}`);
  });
});

describeOnPostgres('a database of an earlier version on Postgres', (server) => {
  it.each(CHECKS)('%s', async (_, check) => {
    await check(await server.database());
  });
});
