import { describe, expect, it } from 'vitest';
import { turnList } from '../../commands/buttons/list.ts';
import { budgetCommands } from '../../commands/moderate/budget.ts';
import { paceCommands } from '../../commands/moderate/pace.ts';
import { quotaCommands } from '../../commands/moderate/quota.ts';
import { MOST_CREDITS } from '../../src/domain/rule.ts';
import { at, compose, join, mention } from '../../src/domain/text.ts';
import { entryText } from '../../src/moderation/entry-text.ts';
import { listLimits, setLimit } from '../../src/moderation/limit-rules.ts';
import { makeGeneration } from '../support/generations.ts';
import { ADA, beginModerating, ELSEWHERE, MIA, MO } from '../support/moderating.ts';
import { readText } from '../support/read-text.ts';
import { en } from '../support/texts.ts';

const COMMANDS = [...quotaCommands, ...budgetCommands, ...paceCommands];
const begin = () => beginModerating(COMMANDS);
const ada = mention('member', ADA.member);
const crew = mention('role', 'SCREW1');
const studio = mention('channel', 'C1');

it('all are for moderators, and answer them alone', () => {
  expect(COMMANDS.map(({ who, audience }) => [who, audience({})])).toEqual(
    COMMANDS.map(() => ['moderators', 'requester']),
  );
});

it.each([
  ['quota set', { credits: '5', scope: 'everyone' }],
  ['quota clear', { scope: 'everyone' }],
  ['quota clear', { number: 1 }],
  ['quota grant', { member: ADA.member, credits: 5 }],
  ['quota grant', { member: ADA.member, credits: 5, for: '7d' }],
  ['quota revoke', { member: ADA.member }],
  ['quota list', {}],
  ['quota list', { member: ADA.member }],
  ['budget set', { credits: '5' }],
  ['budget clear', {}],
  ['pace set', { waiting: 5 }],
  ['pace clear', {}],
])('%s %j is refused to a member, whatever their client let them send', async (name, options) => {
  const { as, say, audit } = await begin();
  await setLimit(as(MO), { scope: 'everyone', subject: '', credits: 30, period: 'day' });
  const before = await audit();
  await expect(say(name, options, ADA)).rejects.toMatchObject({ code: 'moderators_only' });
  expect(await audit()).toEqual(before);
});

describe('quota set', () => {
  it.each([
    [{ credits: '5', member: ADA.member }, compose`Limit for ${ada}: 5 credits a day.`],
    [{ credits: '1', member: ADA.member, per: 'hour' }, compose`Limit for ${ada}: 1 credit an hour.`],
    [{ credits: '0', member: ADA.member }, compose`Limit for ${ada}: 0 credits.`],
    [{ credits: 'unlimited', member: ADA.member }, compose`Limit for ${ada}: unlimited.`],
    [{ credits: '30', role: 'SCREW1', per: 'week' }, compose`Limit for each member with ${crew}: 30 credits a week.`],
    [{ credits: '10', scope: 'everyone' }, 'Default limit: 10 credits a day.'],
    [{ credits: '10', role: 'everyone' }, 'Default limit: 10 credits a day.'],
    [{ credits: '50', channel: 'C1', per: 'month' }, compose`Shared limit in ${studio}: 50 credits a month.`],
  ])('%j says what is now the case', async (options, text) => {
    const { say } = await begin();
    expect(await say('quota set', options)).toMatchObject({ tone: 'done', title: en.limits.title, text });
  });

  it('says what was before, and when nothing has changed', async () => {
    const { say, audit } = await begin();
    await say('quota set', { credits: '5', member: ADA.member });
    expect((await say('quota set', { credits: '8', member: ADA.member }, MIA)).text).toEqual(
      compose`Limit for ${ada}: 8 credits a day. Was: 5 credits a day.`,
    );
    expect(await say('quota set', { credits: '8', member: ADA.member })).toMatchObject({
      tone: 'info',
      text: compose`Nothing changed. Limit for ${ada}: 8 credits a day.`,
    });
    expect(await audit()).toMatchObject([
      { actor: MO.member, action: 'quota.set', before: undefined, after: '5/day' },
      { actor: MIA.member, action: 'quota.set', before: '5/day', after: '8/day' },
    ]);
  });

  it.each([
    [{}, en.limits.nameOne({ names: 'member, role, channel, scope' })],
    [{ member: ADA.member, role: 'SCREW1' }, en.limits.nameOnlyOne({ names: 'member, role' })],
    [{ channel: 'C1', scope: 'everyone' }, en.limits.nameOnlyOne({ names: 'channel, scope' })],
  ])('wants exactly one whose limit it is, not %j', async (options, text) => {
    const { say, audit } = await begin();
    expect(await say('quota set', { credits: '5', ...options })).toMatchObject({ tone: 'problem', text });
    expect(await audit()).toEqual([]);
  });

  it.each([
    ['credits', { credits: '-1', scope: 'everyone' }],
    ['credits', { credits: '1.5', scope: 'everyone' }],
    ['credits', { credits: String(MOST_CREDITS + 1), scope: 'everyone' }],
    ['credits', { credits: 'many', scope: 'everyone' }],
    ['credits', { scope: 'everyone' }],
    ['per', { credits: '5', per: 'year', scope: 'everyone' }],
    ['scope', { credits: '5', scope: 'community' }],
    ['member', { credits: '5', member: 'discord:1' }],
    ['member', { credits: '5', member: '@Ada' }],
    ['role', { credits: '5', role: '@crew now' }],
    ['channel', { credits: '5', channel: '\u0003' }],
  ])('refuses a wrong %s: %j', async (option, options) => {
    const { as, say, audit } = await begin();
    await expect(say('quota set', options)).rejects.toMatchObject({ code: 'option_value', params: { option } });
    expect((await listLimits(as(MO))).rules).toEqual([]);
    expect(await audit()).toEqual([]);
  });

  it('concerns one community only', async () => {
    const { as, say } = await begin();
    await say('quota set', { credits: '5', scope: 'everyone' }, ELSEWHERE);
    expect((await listLimits(as(MO))).rules).toEqual([]);
  });
});

describe('quota clear', () => {
  it.each([
    [{ member: ADA.member }, compose`Removed the limit for ${ada} (was 5 credits a day). ${en.limits.instead.member}`],
    [{ role: 'SCREW1' }, compose`Removed the limit for ${crew} (was 5 credits a day). ${en.limits.instead.role}`],
    [{ channel: 'C1' }, compose`Removed the limit in ${studio} (was 5 credits a day). ${en.limits.instead.channel}`],
    [
      { scope: 'everyone' },
      'Removed the default limit (was 5 credits a day). ' +
        'For members without another limit: 20 credits a day, as the bot’s owner has set.',
    ],
  ])('%j says what is gone and what counts instead', async (options, text) => {
    const { as, say } = await begin();
    await say('quota set', { credits: '5', ...options });
    expect(await say('quota clear', options)).toMatchObject({ tone: 'done', text });
    expect((await listLimits(as(MO))).rules).toEqual([]);
    const again = await say('quota clear', options);
    expect(again.tone).toBe('info');
    expect(readText(again.text)).toContain('Nothing changed.');
  });

  it('takes the number in the list, for what nobody can name any more', async () => {
    const { as, say, audit } = await begin();
    await say('quota set', { credits: '5', member: ADA.member });
    await say('quota set', { credits: '50', role: 'SGONE1' });
    expect((await say('quota clear', { number: 2 })).text).toContainEqual(mention('role', 'SGONE1'));
    expect((await listLimits(as(MO))).rules.map(({ subject }) => subject)).toEqual([ADA.member]);
    expect(await say('quota clear', { number: 2 })).toMatchObject({
      tone: 'problem',
      text: en.limits.noNumber({ number: 2 }),
    });
    expect((await audit()).map(({ action }) => action)).toEqual(['quota.set', 'quota.set', 'quota.clear']);
  });

  it.each([
    [{}, en.limits.nameOne({ names: 'member, role, channel, scope, number' })],
    [{ member: ADA.member, number: 1 }, en.limits.nameOnlyOne({ names: 'member, number' })],
    [{ role: 'SCREW1', scope: 'everyone' }, en.limits.nameOnlyOne({ names: 'role, scope' })],
    [{ number: 7 }, en.limits.noNumber({ number: 7 })],
  ])('wants exactly one, not %j', async (options, text) => {
    const { as, say } = await begin();
    await say('quota set', { credits: '5', member: ADA.member });
    expect(await say('quota clear', options)).toMatchObject({ tone: 'problem', text });
    expect((await listLimits(as(MO))).rules).toHaveLength(1);
  });

  it.each([0, -1, 1.5])('has no number %d', async (number) => {
    const { say } = await begin();
    await expect(say('quota clear', { number })).rejects.toMatchObject({
      code: 'option_value',
      params: { option: 'number' },
    });
  });
});

describe('quota grant', () => {
  it('gives once, says until when, and how many there are in all', async () => {
    const { say, clock } = await begin();
    expect((await say('quota grant', { member: ADA.member, credits: 10 })).text).toEqual(
      compose`${ada} now has 10 extra credits.`,
    );
    const end = clock.now() + 7 * 86_400_000;
    expect((await say('quota grant', { member: ADA.member, credits: 1, for: '7d' })).text).toEqual(
      compose`${ada} now has 1 extra credit, until ${at(end, 'date')}. In total: 11 extra credits left.`,
    );
  });

  it('is taken back by one command', async () => {
    const { say } = await begin();
    await say('quota grant', { member: ADA.member, credits: 1_000_000 });
    expect(await say('quota revoke', { member: ADA.member })).toMatchObject({
      tone: 'done',
      text: compose`Took back 1,000,000 extra credits from ${ada}.`,
    });
    expect(await say('quota revoke', { member: ADA.member })).toMatchObject({
      tone: 'info',
      text: compose`${ada} has no extra credits.`,
    });
  });

  it('takes a date as it is meant in the community’s time zone', async () => {
    const { as, say, store } = await begin();
    await store.communitySettings.set(MO.community, 'timeZone', 'Europe/Berlin');
    await say('quota grant', { member: ADA.member, credits: 10, for: '2026-12-31' });
    expect((await listLimits(as(MO))).grants[0]?.expiresAt).toBe(Date.UTC(2026, 11, 31, 22, 59, 59));
  });

  it.each([
    ['credits', { credits: 0 }],
    ['credits', { credits: -5 }],
    ['credits', { credits: 1.5 }],
    ['credits', { credits: MOST_CREDITS + 1 }],
    ['credits', { credits: 'unlimited' }],
    ['for', { credits: 5, for: 'soon' }],
    ['for', { credits: 5, for: '2020-01-01' }],
    ['for', { credits: 5, for: '0d' }],
    ['member', { credits: 5, member: 'discord:1' }],
  ])('refuses a wrong %s: %j', async (option, options) => {
    const { as, say, audit } = await begin();
    await expect(say('quota grant', { member: ADA.member, ...options })).rejects.toMatchObject({
      code: 'option_value',
      params: { option },
    });
    expect((await listLimits(as(MO))).grants).toEqual([]);
    expect(await audit()).toEqual([]);
  });
});

describe('quota list', () => {
  it('shows what is set in the order in which it counts, and what counts where nothing is', async () => {
    const { say, clock } = await begin();
    await say('budget set', { credits: '1000', per: 'month' });
    await say('quota set', { credits: '30', role: 'SCREW1' });
    await say('quota set', { credits: '5', member: ADA.member });
    await say('quota grant', { member: ADA.member, credits: 10, for: '1d' });
    await say('pace set', { waiting: 3, role: 'SCREW1' });
    const lines = [
      'Limits, highest priority first:',
      compose`1. ${ada}: 5 credits a day`,
      compose`2. ${crew}: 30 credits a day`,
      '3. Server budget: 1000 credits a month',
      'Everyone else: 20 credits a day, as the bot’s owner has set',
      'Extra credits:',
      compose`${ada}: 10 of 10 left, until ${at(clock.now() + 86_400_000, 'date')}`,
      'Rate limits:',
      compose`${crew}: 3 in the queue`,
      'Default: 1 at once, 5 in the queue, 10 starts an hour, as the bot’s owner has set',
    ];
    expect((await say('quota list')).text).toEqual(join(lines, '\n'));
  });

  it('names no default where there is a limit for everyone', async () => {
    const { say } = await begin();
    await say('quota set', { credits: '10', scope: 'everyone' });
    const { text } = await say('quota list');
    expect(readText(text)).toContain('1. Everyone: 10 credits a day');
    expect(readText(text)).not.toContain('Everyone else');
  });

  it('has pages when it is long, and every rule is on one of them', async () => {
    const { say, press } = await begin();
    for (let index = 1; index <= 30; index++) await say('quota set', { credits: '5', role: `SROLE${index}` });
    let card = await say('quota list');
    const seen = [card.text];
    for (let next = card.buttons.at(-1); next?.label === en.buttons.nextPage; next = card.buttons.at(-1)) {
      card = await press(turnList, next.target);
      seen.push(card.text);
    }
    expect(seen.length).toBeGreaterThan(1);
    for (let index = 1; index <= 30; index++) expect(seen.flat()).toContainEqual(mention('role', `SROLE${index}`));
    await expect(press(turnList, 'quotas:1', ADA)).rejects.toMatchObject({ code: 'moderators_only' });
  });

  describe('for a named member says which limit counts and why', () => {
    const list = async (say: Awaited<ReturnType<typeof begin>>['say'], roles?: readonly string[]) =>
      await say('quota list', { member: ADA.member }, MO, roles ? { rolesOf: { [ADA.member]: roles } } : {});

    it('from the operator’s setting to the member’s own', async () => {
      const { say } = await begin();
      const { why } = en.limits.standing;
      const first = async () => readText((await list(say, ['SCREW1', 'SCREW2'])).text).split('\n')[0];
      expect(await first()).toBe(readText(compose`Limit for ${ada}: 20 credits a day. ${why.default}`));
      await say('quota set', { credits: '10', scope: 'everyone' });
      expect(await first()).toBe(readText(compose`Limit for ${ada}: 10 credits a day. ${why.everyone}`));
      await say('quota set', { credits: '30', role: 'SCREW1' });
      await say('quota set', { credits: '2', role: 'SCREW2', per: 'hour' });
      expect(await first()).toBe(
        readText(compose`Limit for ${ada}: 2 credits an hour. ${why.role({ role: mention('role', 'SCREW2') })}`),
      );
      await say('quota set', { credits: 'unlimited', member: ADA.member });
      expect(await first()).toBe(readText(compose`Limit for ${ada}: unlimited. ${why.member}`));
    });

    it('with what is used and left, extra credits, the budget and the pace', async () => {
      const { say, clock } = await begin();
      await say('quota grant', { member: ADA.member, credits: 4, for: '2d' });
      await say('budget set', { credits: '100' });
      await say('pace set', { concurrency: 3, role: 'SCREW1' });
      const { text, notes } = await list(say, ['SCREW1']);
      expect(readText(text).split('\n').slice(1)).toEqual([
        'Used: 0 credits. Left: 20 credits.',
        readText(compose`Plus 4 extra credits (the first expire on ${at(clock.now() + 2 * 86_400_000, 'date')}).`),
        'Server budget: 100 of 100 credits left.',
        'Rate limit: 3 at once, 5 in the queue, 10 starts an hour.',
      ]);
      expect(notes).toEqual([]);
    });

    it('and when what is used comes back', async () => {
      const { say, store, clock } = await begin();
      const generation = makeGeneration({ community: MO.community, member: ADA.member, credits: 3 });
      await store.generations.insert(generation);
      const hold = { generation: generation.id, community: MO.community, member: ADA.member, channel: 'C1' };
      await store.holds.take({ ...hold, credits: 3, granted: 0, at: clock.now() });
      expect(readText((await list(say)).text).split('\n')[1]).toBe(
        readText(compose`Used: 3 credits. Left: 17 credits; resets ${at(clock.now() + 86_400_000, 'relative')}.`),
      );
    });

    it('and admits when their roles are not known', async () => {
      const { say } = await begin();
      expect((await list(say)).notes).toEqual([en.limits.standing.rolesUnknown]);
    });

    it('who must be one of this place', async () => {
      const { say } = await begin();
      await expect(say('quota list', { member: 'discord:1' })).rejects.toMatchObject({ code: 'option_value' });
    });
  });
});

describe('budget', () => {
  it('is set and cleared for all together', async () => {
    const { say, audit } = await begin();
    expect(await say('budget set', { credits: '1000', per: 'month' })).toMatchObject({
      tone: 'done',
      title: en.limits.budgetTitle,
      text: 'Server budget: 1000 credits a month.',
    });
    expect((await say('budget set', { credits: '500' }, MIA)).text).toBe(
      'Server budget: 500 credits a day. Was: 1000 credits a month.',
    );
    expect((await say('budget clear')).text).toBe(
      `Removed the server budget (was 500 credits a day). ${en.limits.instead.community}`,
    );
    expect(await say('budget clear')).toMatchObject({
      tone: 'info',
      text: 'There is no server budget. Nothing changed.',
    });
    expect(await audit()).toMatchObject([
      { actor: MO.member, action: 'budget.set', before: undefined, after: '1000/month' },
      { actor: MIA.member, action: 'budget.set', before: '1000/month', after: '500/day' },
      { actor: MO.member, action: 'budget.clear', before: '500/day', after: undefined },
    ]);
  });

  it.each([{ credits: '-1' }, { credits: '1.5' }, { credits: '5', per: 'decade' }, {}])(
    'is not %j',
    async (options) => {
      const { say, audit } = await begin();
      await expect(say('budget set', options)).rejects.toMatchObject({ code: 'option_value' });
      expect(await audit()).toEqual([]);
    },
  );
});

describe('pace', () => {
  it('is set part by part, and said in full', async () => {
    const { say, audit } = await begin();
    expect(await say('pace set', { concurrency: 2 })).toMatchObject({
      tone: 'done',
      title: en.limits.paceTitle,
      text: 'Rate limit for everyone: 2 at once, 5 in the queue, 10 starts an hour.',
    });
    expect((await say('pace set', { rate: '3 / Minute', waiting: 0, role: 'SCREW1' }, MIA)).text).toEqual(
      compose`Rate limit for ${crew}: 2 at once, 0 in the queue, 3 starts a minute.`,
    );
    expect((await say('pace set', { concurrency: 2 })).text).toMatch(/^Nothing changed\. /);
    expect((await say('pace clear', { role: 'SCREW1' })).text).toEqual(
      compose`Rate limit for ${crew} removed. Now, unless a role says otherwise: 2 at once, 5 in the queue, 10 starts an hour.`,
    );
    expect((await say('pace clear')).text).toContain('1 at once, 5 in the queue, 10 starts an hour.');
    expect(await say('pace clear')).toMatchObject({ tone: 'info' });
    expect((await audit()).map(({ actor, action, before, after }) => [actor, action, before, after])).toEqual([
      [MO.member, 'pace.set', undefined, 'concurrency 2'],
      [MIA.member, 'pace.set', undefined, 'waiting 0, rate 3/minute'],
      [MO.member, 'pace.clear', 'waiting 0, rate 3/minute', undefined],
      [MO.member, 'pace.clear', 'concurrency 2', undefined],
    ]);
  });

  it('is a sentence in the audit', async () => {
    const { say, store } = await begin();
    await say('pace set', { waiting: 5, role: 'SCREW1' });
    await say('pace set', { concurrency: 2, rate: '10/hour', role: 'SCREW1' });
    await say('pace clear', { role: 'SCREW1' });
    const entries = await store.audit.list(MO.community, 10, 0);
    const mo = mention('member', MO.member);
    expect(entries.reverse().map((entry) => entryText(en, entry))).toEqual([
      compose`${mo} set the rate limit for ${crew} to 5 in the queue.`,
      compose`${mo} set the rate limit for ${crew} to 2 at once, 5 in the queue, 10 starts an hour (was 5 in the queue).`,
      compose`${mo} removed the rate limit for ${crew} (was 2 at once, 5 in the queue, 10 starts an hour).`,
    ]);
  });

  it('wants something to change', async () => {
    const { say, audit } = await begin();
    const text = en.limits.pace.nothing({ names: 'concurrency, waiting, rate' });
    expect(await say('pace set', { role: 'SCREW1' })).toMatchObject({ tone: 'problem', text });
    expect(await audit()).toEqual([]);
  });

  it.each([
    ['concurrency', { concurrency: 0 }],
    ['concurrency', { concurrency: -1 }],
    ['concurrency', { concurrency: 1.5 }],
    ['concurrency', { concurrency: 1_000_000 }],
    ['waiting', { waiting: -1 }],
    ['waiting', { waiting: '' }],
    ['rate', { rate: '10' }],
    ['rate', { rate: '0/hour' }],
    ['rate', { rate: '-1/hour' }],
    ['rate', { rate: '1.5/hour' }],
    ['rate', { rate: '10/year' }],
    ['rate', { rate: '10000000/hour' }],
    ['role', { waiting: 5, role: 'no role' }],
  ])('refuses a wrong %s: %j', async (option, options) => {
    const { as, say, audit } = await begin();
    await expect(say('pace set', { ...options })).rejects.toMatchObject({ code: 'option_value', params: { option } });
    expect((await listLimits(as(MO))).paces).toEqual([]);
    expect(await audit()).toEqual([]);
  });
});
