import { describe, expect, it } from 'vitest';
import { memberOf } from '../../src/domain/ids.ts';
import type { Asker } from '../../src/domain/origin.ts';
import { readAudit } from '../../src/moderation/audit-pages.ts';
import { setChannel } from '../../src/moderation/channel-lists.ts';
import type { Moderating } from '../../src/moderation/door.ts';
import { forgetMember } from '../../src/moderation/forget-member.ts';
import { setLogChannel, setTimeZone } from '../../src/moderation/general-settings.ts';
import { setBlock } from '../../src/moderation/member-blocks.ts';
import { exportUsage, readUsage } from '../../src/moderation/usage/read-usage.ts';
import { MAX_REPORT_LENGTH, reportVideo } from '../../src/moderation/video-reports.ts';
import type { Store } from '../../src/store/store.ts';
import { makeGeneration, type PlainGeneration } from '../support/generations.ts';
import { ADA, beginModerating, ELSEWHERE, MIA, MO } from '../support/moderating.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The clock of these tests stands at 1 January 2026, 00:00 UTC, a Thursday. */
const NOW = Date.UTC(2026, 0, 1);
const REPLY = { platform: 'slack' };
const GENERATION = { id: 'g1', community: MO.community, member: ADA.member, state: 'delivered' } as const;

const insert = (store: Store, changes: Partial<PlainGeneration> = {}) =>
  store.generations.insert(makeGeneration({ ...GENERATION, createdAt: NOW, ...changes }));

describe('who does not moderate the community', () => {
  const asks: [string, (context: Moderating) => Promise<unknown>][] = [
    ['readAudit', (context) => readAudit(context, 1, 10)],
    ['readUsage', (context) => readUsage(context, 'week')],
    ['exportUsage', (context) => exportUsage(context, 'week')],
    ['forgetMember', (context) => forgetMember({ ...context, reply: REPLY }, ADA.member)],
    ['mustModerate', (context) => context.moderation.mustModerate(context)],
  ];
  const strangers: [string, Asker][] = [
    ['a member', ADA],
    ['somebody who forges the community', { ...ELSEWHERE, community: MO.community, moderator: false }],
    ['somebody named in another community', { ...MO, member: memberOf(MO.community, 'UNAMED1'), moderator: false }],
  ];

  it.each(asks.flatMap(([name, ask]) => strangers.map(([who, asker]) => [name, who, ask, asker] as const)))(
    'is refused %s: %s',
    async (_name, _who, ask, asker) => {
      const { as, store, audit } = await beginModerating([]);
      await store.moderators.add('slack:T2', {
        kind: 'member',
        subject: 'UNAMED1',
        addedBy: ELSEWHERE.member,
        addedAt: 1,
      });
      await insert(store);
      await expect(ask(as(asker))).rejects.toMatchObject({ code: 'moderators_only' });
      expect((await store.generations.find('g1'))?.request.prompt).toBe('a dragon');
      expect(await audit()).toEqual([]);
    },
  );
});

describe('the audit', () => {
  it('is read page by page, the latest first', async () => {
    const { as } = await beginModerating([]);
    for (const channel of ['C1', 'C2', 'C3']) await setChannel(as(MO), channel, true);
    const pages = await Promise.all([1, 2, 3].map((page) => readAudit(as(MIA), page, 2)));
    const ids = pages.map(({ entries }) => entries.map(({ subject }) => 'id' in subject && subject.id));
    expect(ids).toEqual([['C3', 'C2'], ['C1'], []]);
    expect(pages.map(({ more }) => more)).toEqual([true, false, false]);
  });

  it('is that of the own community only', async () => {
    const { as } = await beginModerating([]);
    await setChannel(as(MO), 'C1', true);
    expect((await readAudit(as(ELSEWHERE), 1, 10)).entries).toEqual([]);
  });
});

describe('usage', () => {
  it('adds up the present period beside the one before, as the community’s time zone has them', async () => {
    const { as, store } = await beginModerating([]);
    await setTimeZone(as(MO), 'Europe/Berlin');
    // In Berlin it is 01:00 on 1 January; this is 23:30 on the day before.
    await insert(store, { id: 'before', createdAt: NOW - 1.5 * HOUR_MS });
    await insert(store, { id: 'first', createdAt: NOW - 0.5 * HOUR_MS, credits: 3 });
    await insert(store, { id: 'failed', state: 'failed' });
    await insert(store, { id: 'lost', state: 'undelivered' });
    await insert(store, { id: 'late', state: 'timed_out', createdAt: NOW - DAY_MS });
    await insert(store, { id: 'cancelled', state: 'cancelled' });
    await insert(store, { id: 'running', state: 'generating' });
    await insert(store, { id: 'elsewhere', community: 'slack:T2' });
    const refusal = { member: ADA.member, channel: 'C1', model: 'lite', code: 'paused', at: NOW } as const;
    await store.refusals.insert(MO.community, { ...refusal, id: 'r1' });
    await store.refusals.insert('slack:T2', { ...refusal, id: 'r2' });
    const report = await readUsage(as(MO), 'day');
    expect(report).toMatchObject({
      start: NOW - HOUR_MS,
      end: NOW + 23 * HOUR_MS,
      timeZone: 'Europe/Berlin',
      now: { videos: 1, credits: 3, refusals: 1, failures: 2 },
      before: { videos: 1, credits: 1, refusals: 0, failures: 1 },
      models: [{ model: 'lite', videos: 1, credits: 3 }],
      members: [{ member: ADA.member, videos: 1, credits: 3 }],
    });
    expect(report.buckets).toHaveLength(24);
    expect(report.buckets[0]).toEqual({ start: NOW - HOUR_MS, byModel: { lite: 1 }, before: 0 });
    expect(report.buckets[23]?.before).toBe(1);
  });

  it('has a bar for each day of a week and a month, and each hour of a day on which clocks change', async () => {
    const { as, clock } = await beginModerating([]);
    await setTimeZone(as(MO), 'Europe/Berlin');
    await clock.advance(Date.UTC(2026, 2, 29, 10) - NOW);
    expect((await readUsage(as(MO), 'day')).buckets).toHaveLength(23);
    expect((await readUsage(as(MO), 'week')).buckets).toHaveLength(7);
    expect((await readUsage(as(MO), 'month')).buckets).toHaveLength(31);
  });

  it('is that of the own community only', async () => {
    const { as, store } = await beginModerating([]);
    await insert(store);
    expect((await readUsage(as(ELSEWHERE), 'month')).now.videos).toBe(0);
    expect((await exportUsage(as(ELSEWHERE), 'month')).rows).toEqual([]);
  });

  it('is exported without prompts, the oldest first', async () => {
    const { as, store } = await beginModerating([]);
    const failure = { code: 'moderated', params: { hint: 'a secret dragon' } } as const;
    await insert(store, { id: 'g2', createdAt: NOW + 1, state: 'failed', failure });
    await insert(store, { createdAt: NOW });
    await insert(store, { id: 'old', createdAt: NOW - 5 * DAY_MS });
    const exported = await exportUsage(as(MO), 'week');
    expect(exported).toMatchObject({ omitted: 0, start: Date.UTC(2025, 11, 29), timeZone: 'UTC' });
    const common = { member: ADA.member, channel: 'general', model: 'lite', seconds: 5, credits: 1 };
    expect(exported.rows).toEqual([
      { ...common, time: NOW, state: 'delivered', failure: null },
      { ...common, time: NOW + 1, state: 'failed', failure: 'moderated' },
    ]);
  });
});

describe('an export that would be too large', () => {
  it('holds the latest, and says how many it leaves out', async () => {
    const { as, store } = await beginModerating([]);
    for (let index = 0; index < 5; index++) await insert(store, { id: `g${index}`, createdAt: NOW + index });
    const { rows, omitted } = await exportUsage(as(MO), 'day', 2);
    expect(rows.map(({ time }) => time)).toEqual([NOW + 3, NOW + 4]);
    expect(omitted).toBe(3);
  });
});

describe('a report', () => {
  it('is kept once for each member and video, told to the log channel and noted without its words', async () => {
    const { as, store, audit } = await beginModerating([]);
    await setLogChannel(as(MO), 'CLOG1');
    await insert(store, { member: MIA.member });
    expect(await reportVideo(as(ADA), 'g1', '  rude\n herrings ')).toBe('new');
    expect(await reportVideo(as(ADA), 'g1', 'again')).toBe('known');
    expect(await reportVideo(as(MIA), 'g1', '')).toBe('new');
    expect(await store.reports.find('g1', ADA.member)).toMatchObject({ reason: 'rude herrings' });
    expect((await audit()).slice(1)).toEqual([
      {
        actor: ADA.member,
        action: 'report',
        subject: { kind: 'text', text: 'g1' },
        before: undefined,
        after: undefined,
      },
      {
        actor: MIA.member,
        action: 'report',
        subject: { kind: 'text', text: 'g1' },
        before: undefined,
        after: undefined,
      },
    ]);
    const events = (await store.outbox.listUnposted(MO.community, 10)).map(({ event }) => event);
    expect(events.slice(1)).toEqual([
      { kind: 'report', generation: 'g1', reporter: ADA.member },
      { kind: 'report', generation: 'g1', reporter: MIA.member },
    ]);
  });

  it('made twice at once is one', async () => {
    const { as, store, audit } = await beginModerating([]);
    await insert(store);
    const outcomes = await Promise.all([1, 2, 3].map(() => reportVideo(as(ADA), 'g1', '')));
    expect(outcomes.sort()).toEqual(['known', 'known', 'new']);
    expect(await audit()).toHaveLength(1);
  });

  it('is not taken from who is blocked, for as long as that holds', async () => {
    const { as, store, clock, audit } = await beginModerating([]);
    await insert(store);
    await setBlock(as(MO), ADA.member, { reason: 'herrings', until: NOW + HOUR_MS });
    await expect(reportVideo(as(ADA), 'g1', '')).rejects.toMatchObject({
      code: 'blocked',
      params: { reason: 'herrings', until: NOW + HOUR_MS },
    });
    expect(await audit()).toHaveLength(1);
    await clock.advance(HOUR_MS);
    expect(await reportVideo(as(ADA), 'g1', '')).toBe('new');
  });

  it.each(['unknown', '', "'; drop table reports; --"])('of “%s”, which is no video, is refused', async (id) => {
    const { as } = await beginModerating([]);
    await expect(reportVideo(as(ADA), id, '')).rejects.toMatchObject({ code: 'generation_unknown' });
  });

  it('of a video of another community is refused as if there were none', async () => {
    const { as, store } = await beginModerating([]);
    await insert(store);
    await expect(reportVideo(as(ELSEWHERE), 'g1', '')).rejects.toMatchObject({ code: 'generation_unknown' });
  });

  it('has a reason of at most so many characters', async () => {
    const { as, store } = await beginModerating([]);
    await insert(store);
    const longest = '🐟'.repeat(MAX_REPORT_LENGTH);
    await expect(reportVideo(as(ADA), 'g1', `${longest}!`)).rejects.toMatchObject({ code: 'option_value' });
    expect(await reportVideo(as(ADA), 'g1', longest)).toBe('new');
  });
});
