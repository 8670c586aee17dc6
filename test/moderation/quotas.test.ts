import { describe, expect, it } from 'vitest';
import { memberOf } from '../../src/domain/ids.ts';
import { at } from '../../src/domain/marks.ts';
import type { Asker } from '../../src/domain/origin.ts';
import { MOST_CREDITS, type Rule } from '../../src/domain/rule.ts';
import type { Moderating } from '../../src/moderation/door.ts';
import { grantCredits, revokeCredits } from '../../src/moderation/extra-credits.ts';
import { getTimeZone } from '../../src/moderation/general-settings.ts';
import { clearLimit, limitsOf, listLimits, setLimit } from '../../src/moderation/limit-rules.ts';
import { clearPace, setPace } from '../../src/moderation/pace-limits.ts';
import { makeGeneration } from '../support/generations.ts';
import { ADA, beginModerating, ELSEWHERE, LIMITS, MIA, MO } from '../support/moderating.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

const rule = (scope: Rule['scope'], subject: string, credits: number | null, period: Rule['period'] = 'day'): Rule => ({
  scope,
  subject,
  credits,
  period,
});
const OF_ADA = rule('member', ADA.member, 5);

const begin = () => beginModerating([]);

/** Everything that can be asked of the door. */
const ASKED: Record<string, (context: Moderating) => Promise<unknown>> = {
  set: (context) => setLimit(context, OF_ADA),
  'set the budget': (context) => setLimit(context, rule('community', '', 1000)),
  clear: (context) => clearLimit(context, 'member', ADA.member),
  grant: (context) => grantCredits(context, ADA.member, 5),
  revoke: (context) => revokeCredits(context, ADA.member),
  list: (context) => listLimits(context),
  standing: (context) => limitsOf(context, ADA),
  timeZone: (context) => getTimeZone(context),
  setPace: (context) => setPace(context, '', { concurrency: 3 }),
  clearPace: (context) => clearPace(context, ''),
};

describe.each(Object.keys(ASKED))('%s', (name) => {
  const ask = (context: Moderating) => (ASKED[name] as NonNullable<(typeof ASKED)[string]>)(context);
  const outsiders: [string, Asker][] = [
    ['a member', ADA],
    ['one who was named in another community only', { ...ADA, member: memberOf(ADA.community, 'UBEN1') }],
    [
      'one whose role moderates another community only',
      { ...ADA, member: memberOf(ADA.community, 'UCAT1'), roles: ['SELSE1'] },
    ],
  ];

  it.each(outsiders)('is refused to %s, and changes nothing', async (_, asker) => {
    const { as, store, audit } = await begin();
    await store.moderators.add('slack:T2', { kind: 'member', subject: 'UBEN1', addedBy: ELSEWHERE.member, addedAt: 0 });
    await store.moderators.add('slack:T2', { kind: 'role', subject: 'SELSE1', addedBy: ELSEWHERE.member, addedAt: 0 });
    await setLimit(as(MO), OF_ADA);
    const before = [await listLimits(as(MO)), await audit()];
    await expect(ask(as(asker))).rejects.toMatchObject({ code: 'moderators_only' });
    expect([await listLimits(as(MO)), await audit()]).toEqual(before);
  });

  it('is allowed to one who was named here', async () => {
    const { as, store } = await begin();
    await store.moderators.add('slack:T1', { kind: 'role', subject: 'SCREW1', addedBy: MO.member, addedAt: 0 });
    await ask(as(ADA));
  });

  it('asked elsewhere changes nothing here', async () => {
    const { as, audit } = await begin();
    await setLimit(as(MO), OF_ADA);
    await grantCredits(as(MO), ADA.member, 7);
    await setPace(as(MO), '', { waiting: 2 });
    const before = [await listLimits(as(MO)), await audit()];
    await ask(as(ELSEWHERE));
    expect([await listLimits(as(MO)), await audit()]).toEqual(before);
  });
});

describe('a rule', () => {
  it('that is set takes the place of the one before, and the audit has both', async () => {
    const { as, audit } = await begin();
    expect(await setLimit(as(MO), OF_ADA)).toEqual({ before: undefined, after: { credits: 5, period: 'day' } });
    expect(await setLimit(as(MIA), rule('member', ADA.member, null, 'week'))).toMatchObject({
      before: { credits: 5, period: 'day' },
      after: { credits: null, period: 'week' },
    });
    expect((await listLimits(as(MO))).rules).toEqual([
      { ...rule('member', ADA.member, null, 'week'), setBy: MIA.member, setAt: Date.UTC(2026, 0, 1) },
    ]);
    const subject = { kind: 'member', id: ADA.member };
    expect(await audit()).toEqual([
      { actor: MO.member, action: 'quota.set', subject, before: undefined, after: '5/day' },
      { actor: MIA.member, action: 'quota.set', subject, before: '5/day', after: 'unlimited' },
    ]);
  });

  it('that is set to what it is changes nothing, and is not in the audit', async () => {
    const { as, audit } = await begin();
    await setLimit(as(MO), OF_ADA);
    expect(await setLimit(as(MIA), OF_ADA)).toEqual({
      before: expect.objectContaining({ credits: 5, period: 'day' }),
      after: { credits: 5, period: 'day' },
    });
    expect(await audit()).toHaveLength(1);
    expect((await listLimits(as(MO))).rules[0]?.setBy).toBe(MO.member);
  });

  it('for the budget of which much is used already is told to the log channel', async () => {
    const { as, store, clock } = await begin();
    const { community } = MO;
    await store.communitySettings.set(community, 'logChannel', 'CLOG1');
    await store.generations.insert(makeGeneration({ community, member: ADA.member }));
    const hold = { generation: 'g1', community, member: ADA.member, channel: 'C1', granted: 0, at: clock.now() };
    await store.holds.take({ ...hold, credits: 9 });
    for (const credits of [9, 10, 12, 10]) await setLimit(as(MO), rule('community', '', credits));
    const events = (await store.outbox.listUnposted(community, 20)).map(({ event }) => event);
    expect(events.filter(({ kind }) => kind === 'budget')).toMatchObject([
      { percent: 100, used: 9, credits: 9 },
      { percent: 80, used: 9, credits: 10 },
    ]);
  });

  it('that is cleared is gone; where there is none, nothing is written', async () => {
    const { as, audit } = await begin();
    await setLimit(as(MO), rule('community', '', 1000, 'month'));
    expect(await clearLimit(as(MIA), 'community', '')).toMatchObject({ credits: 1000, period: 'month' });
    expect(await clearLimit(as(MIA), 'community', '')).toBeUndefined();
    expect((await listLimits(as(MO))).rules).toEqual([]);
    expect(await audit()).toEqual([
      {
        actor: MO.member,
        action: 'budget.set',
        subject: { kind: 'everything' },
        before: undefined,
        after: '1000/month',
      },
      {
        actor: MIA.member,
        action: 'budget.clear',
        subject: { kind: 'everything' },
        before: '1000/month',
        after: undefined,
      },
    ]);
  });

  it('set by two moderators at once is what the last one said, and both are in the audit', async () => {
    const { as, audit } = await begin();
    await Promise.all([
      setLimit(as(MO), rule('everyone', '', 10)),
      setLimit(as(MIA), rule('everyone', '', 30)),
      setLimit(as(MO), rule('everyone', '', 40)),
    ]);
    const entries = await audit();
    expect(entries).toHaveLength(3);
    const { rules } = await listLimits(as(MO));
    expect(rules).toHaveLength(1);
    expect(`${rules[0]?.credits}/day`).toBe(entries[2]?.after);
    expect(entries.map(({ before }) => before)).toEqual([undefined, entries[0]?.after, entries[1]?.after]);
  });

  it.each([
    ['negative', rule('everyone', '', -1)],
    ['fractional', rule('everyone', '', 1.5)],
    ['huge', rule('everyone', '', MOST_CREDITS + 1)],
    ['no number', rule('everyone', '', Number.NaN)],
    ['infinite', rule('everyone', '', Number.POSITIVE_INFINITY)],
    ['for nobody', rule('member', '', 5)],
    ['for everyone and somebody', rule('everyone', 'web:ada', 5)],
    ['for what is no id', rule('role', 'x\u0003 y', 5)],
    ['for an unknown period', rule('everyone', '', 5, 'year' as 'day')],
  ])('that is %s is refused, and nothing is written', async (_, wrong) => {
    const { as, audit } = await begin();
    await expect(setLimit(as(MO), wrong)).rejects.toThrow(RangeError);
    expect((await listLimits(as(MO))).rules).toEqual([]);
    expect(await audit()).toEqual([]);
  });
});

it('rules are listed in the order in which they count', async () => {
  const { as } = await begin();
  const rules = [
    rule('community', '', 1000, 'month'),
    rule('channel', 'C1', 50),
    rule('everyone', '', 10),
    rule('role', 'SLESS1', 20, 'week'),
    rule('role', 'SMORE1', 5, 'hour'),
    rule('role', 'SMOST1', null),
    rule('member', 'slack:T1/UBEN1', 0),
    rule('member', ADA.member, 5),
  ];
  for (const one of rules) await setLimit(as(MO), one);
  expect((await listLimits(as(MO))).rules.map(({ scope, subject }) => `${scope} ${subject}`)).toEqual([
    `member ${ADA.member}`,
    'member slack:T1/UBEN1',
    'role SMOST1',
    'role SMORE1',
    'role SLESS1',
    'everyone ',
    'channel C1',
    'community ',
  ]);
});

describe('extra credits', () => {
  it('add up, and end when they were said to', async () => {
    const { as, clock, audit } = await begin();
    const end = clock.now() + DAY;
    expect(await grantCredits(as(MO), ADA.member, 5)).toEqual({ total: 5 });
    expect(await grantCredits(as(MIA), ADA.member, 10, end)).toEqual({ total: 15 });
    const open = (await listLimits(as(MO))).grants;
    expect(open.map(({ credits, expiresAt }) => [credits, expiresAt])).toEqual([
      [10, end],
      [5, undefined],
    ]);
    const subject = { kind: 'member', id: ADA.member };
    expect(await audit()).toEqual([
      { actor: MO.member, action: 'quota.grant', subject, before: undefined, after: '+5' },
      { actor: MIA.member, action: 'quota.grant', subject, before: undefined, after: `+10 → ${at(end, 'date')}` },
    ]);
    await clock.advance(DAY);
    expect((await listLimits(as(MO))).grants.map(({ credits }) => credits)).toEqual([5]);
  });

  it('are taken back as far as they are left, with those that a video has set aside', async () => {
    const { as, store, clock, audit } = await begin();
    const { community } = MO;
    await grantCredits(as(MO), ADA.member, 5);
    await grantCredits(as(MO), MIA.member, 7);
    const generation = makeGeneration({ community, member: ADA.member });
    await store.generations.insert(generation);
    const hold = { generation: 'g1', community, member: ADA.member, channel: 'C1', at: clock.now() };
    await store.holds.take({ ...hold, credits: 2, granted: 2 });
    const [grant] = await store.grants.listOpen(community, clock.now(), ADA.member);
    await store.grants.draw(grant?.id ?? '', 'g1', 2);
    expect(await revokeCredits(as(MIA), ADA.member)).toBe(3);
    await store.holds.release('g1');
    expect(await revokeCredits(as(MIA), ADA.member)).toBe(0);
    expect((await listLimits(as(MO))).grants).toMatchObject([{ member: MIA.member, left: 7 }]);
    const subject = { kind: 'member', id: ADA.member };
    expect((await audit()).slice(2)).toEqual([
      { actor: MIA.member, action: 'quota.revoke', subject, before: '+3', after: undefined },
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN, MOST_CREDITS + 1])('are not %s', async (credits) => {
    const { as, audit } = await begin();
    await expect(grantCredits(as(MO), ADA.member, credits)).rejects.toThrow(RangeError);
    expect((await listLimits(as(MO))).grants).toEqual([]);
    expect(await audit()).toEqual([]);
  });

  it.each([0, Number.NaN, Date.UTC(2026, 0, 1)])('cannot have ended already (%s)', async (end) => {
    const { as, audit } = await begin();
    await expect(grantCredits(as(MO), ADA.member, 5, end)).rejects.toThrow(RangeError);
    expect(await audit()).toEqual([]);
  });
});

describe('the standing of a member', () => {
  it('is the operator’s setting, else everyone’s rule, else the best of the roles, else the member’s own', async () => {
    const { as } = await begin();
    const rules: Rule[] = [
      rule('everyone', '', 10),
      rule('role', 'SOTHER1', 1000),
      rule('role', 'SCREW1', 30),
      rule('member', ADA.member, 5),
    ];
    const seen = [];
    for (const next of [undefined, ...rules]) {
      if (next) await setLimit(as(MO), next);
      const { status } = await limitsOf(as(MO), ADA);
      seen.push([status.rule.scope, status.rule.subject, status.credits]);
    }
    expect(seen).toEqual([
      ['default', '', 20],
      ['everyone', '', 10],
      ['everyone', '', 10],
      ['role', 'SCREW1', 30],
      ['member', ADA.member, 5],
    ]);
  });

  it('has what is used, extra credits, the budget and the pace', async () => {
    const { as, store, clock } = await begin();
    await setLimit(as(MO), rule('community', '', 100, 'week'));
    await grantCredits(as(MO), ADA.member, 7, clock.now() + HOUR);
    await setPace(as(MO), 'SCREW1', { concurrency: 4 });
    const generation = makeGeneration({ member: ADA.member, community: MO.community, credits: 3 });
    await store.generations.insert(generation);
    await store.holds.take({
      generation: generation.id,
      community: MO.community,
      member: ADA.member,
      channel: 'C1',
      credits: 3,
      granted: 0,
      at: clock.now(),
    });
    const { status, pace } = await limitsOf(as(MO), ADA);
    expect(status).toMatchObject({
      credits: 20,
      used: 3,
      resetsAt: clock.now() + DAY,
      granted: 7,
      grantsEnd: clock.now() + HOUR,
      budget: { credits: 100, used: 3 },
      channel: undefined,
    });
    expect(pace).toEqual({ ...LIMITS.pace, concurrency: 4 });
  });
});

describe('a pace', () => {
  it('that is set keeps what was set before and is not named now', async () => {
    const { as, audit } = await begin();
    expect(await setPace(as(MO), '', { concurrency: 2 })).toEqual({
      changed: true,
      pace: { ...LIMITS.pace, concurrency: 2 },
    });
    const rate = { count: 3, intervalMs: 60_000 };
    expect(await setPace(as(MIA), '', { concurrency: undefined, waiting: 0, rate })).toEqual({
      changed: true,
      pace: { concurrency: 2, waiting: 0, rate },
    });
    expect((await listLimits(as(MO))).paces).toEqual([{ subject: '', concurrency: 2, waiting: 0, rate }]);
    const subject = { kind: 'everything' };
    const after = 'concurrency 2, waiting 0, rate 3/minute';
    expect(await audit()).toEqual([
      { actor: MO.member, action: 'pace.set', subject, before: undefined, after: 'concurrency 2' },
      { actor: MIA.member, action: 'pace.set', subject, before: 'concurrency 2', after },
    ]);
  });

  it('that is set to what it is changes nothing, and is not in the audit', async () => {
    const { as, audit } = await begin();
    await setPace(as(MO), 'SCREW1', { waiting: 9 });
    expect(await setPace(as(MIA), 'SCREW1', { waiting: 9 })).toEqual({
      changed: false,
      pace: { ...LIMITS.pace, waiting: 9 },
    });
    expect(await audit()).toHaveLength(1);
  });

  it('that is cleared leaves what is set for everyone, and the operator’s settings', async () => {
    const { as, audit } = await begin();
    await setPace(as(MO), '', { waiting: 7 });
    await setPace(as(MO), 'SCREW1', { waiting: 9, concurrency: 3 });
    expect(await clearPace(as(MIA), 'SCREW1')).toMatchObject({
      before: { subject: 'SCREW1', waiting: 9, concurrency: 3 },
      pace: { ...LIMITS.pace, waiting: 7 },
    });
    expect((await clearPace(as(MIA), 'SCREW1')).before).toBeUndefined();
    expect((await audit()).at(-1)).toEqual({
      actor: MIA.member,
      action: 'pace.clear',
      subject: { kind: 'role', id: 'SCREW1' },
      before: 'concurrency 3, waiting 9',
      after: undefined,
    });
    expect(await audit()).toHaveLength(3);
  });

  it('set by two moderators at once keeps what both said', async () => {
    const { as, audit } = await begin();
    await Promise.all([setPace(as(MO), '', { waiting: 7 }), setPace(as(MIA), '', { concurrency: 3 })]);
    expect((await listLimits(as(MO))).paces).toEqual([{ subject: '', waiting: 7, concurrency: 3 }]);
    expect(await audit()).toHaveLength(2);
  });

  it.each([
    {},
    { concurrency: 0 },
    { concurrency: 1.5 },
    { waiting: -1 },
    { waiting: 1_000_000 },
    { rate: { count: 0, intervalMs: 1000 } },
  ])('is not %j', async (change) => {
    const { as, audit } = await begin();
    await expect(setPace(as(MO), '', change)).rejects.toThrow(RangeError);
    expect(await audit()).toEqual([]);
  });
});
