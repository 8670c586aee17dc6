import { describe, expect, it } from 'vitest';
import { blockCommands } from '../../commands/moderate/block.ts';
import { channelCommands } from '../../commands/moderate/channel.ts';
import { modelCommands } from '../../commands/moderate/model.ts';
import { LONGEST_MS } from '../../commands/option-texts.ts';
import { MODELS, shapeOf } from '../../src/domain/models.ts';
import { priceOf } from '../../src/domain/offered-model.ts';
import { compose, join, mention } from '../../src/domain/text.ts';
import { listModels } from '../../src/moderation/model-access.ts';
import { ADA, beginModerating, MIA, MO } from '../support/moderating.ts';
import { readText } from '../support/read-text.ts';
import { en } from '../support/texts.ts';

const { conduct: words } = en;
const BEN = 'slack:T1/UBEN1';
const DAY_MS = 86_400_000;

describe('/moderate block', () => {
  it.each([
    ['7d', 7 * DAY_MS],
    ['2 weeks', 14 * DAY_MS],
    ['1d 12h', 1.5 * DAY_MS],
  ])('blocks a member for %s, and says until when and why', async (length, ms) => {
    const { say, clock, store } = await beginModerating(blockCommands);
    const until = clock.now() + ms;
    expect(await say('block', { member: BEN, for: length, reason: 'too many herrings' })).toMatchObject({
      tone: 'done',
      text: words.blocks.blocked({ member: mention('member', BEN), until, reason: 'too many herrings.' }),
      notes: [words.blocks.waiting],
    });
    const block = { reason: 'too many herrings', until, blockedBy: MO.member, blockedAt: clock.now() };
    expect(await store.blocks.find(MO.community, BEN, until - 1)).toEqual({ member: BEN, ...block });
    expect(await store.blocks.find(MO.community, BEN, until)).toBeUndefined();
  });

  it('blocks for good without a length, and needs no reason', async () => {
    const { say, store } = await beginModerating(blockCommands);
    expect((await say('block', { member: BEN })).text).toEqual(
      words.blocks.blocked({ member: mention('member', BEN) }),
    );
    expect(await store.blocks.find(MO.community, BEN, Number.MAX_SAFE_INTEGER)).toMatchObject({ reason: '' });
  });

  it('takes the place of an earlier block', async () => {
    const { say, store, clock } = await beginModerating(blockCommands);
    await say('block', { member: BEN, reason: 'first' });
    await say('block', { member: BEN, reason: 'second', for: '1h' }, MIA);
    expect(await store.blocks.list(MO.community, clock.now())).toMatchObject([
      { reason: 'second', blockedBy: MIA.member },
    ]);
  });

  it('lets nobody block themselves', async () => {
    const { say, audit } = await beginModerating(blockCommands);
    expect(await say('block', { member: MO.member })).toMatchObject({ tone: 'problem', text: words.blocks.yourself });
    expect(await audit()).toEqual([]);
  });

  it.each([
    ['for', '0d', words.lengthExpected],
    ['for', '-7d', words.lengthExpected],
    ['for', '7', words.lengthExpected],
    ['for', 'soon', words.lengthExpected],
    ['for', '', words.lengthExpected],
    ['for', `${LONGEST_MS / DAY_MS + 1}d`, words.lengthExpected],
    ['reason', 'x'.repeat(201), words.reasonExpected({ max: 200 })],
    ['member', 'discord:123', words.memberExpected],
    ['member', 'bob', words.memberExpected],
    ['member', '', words.memberExpected],
    ['member', 'slack:', words.memberExpected],
    ['member', 'slack:T1/U1\u0003', words.memberExpected],
  ])('refuses %s:%j', async (option, value, expected) => {
    const { say, audit } = await beginModerating(blockCommands);
    await expect(say('block', { member: BEN, [option]: value })).rejects.toMatchObject({
      code: 'option_value',
      params: { option, expected, value: expect.not.stringMatching(/\p{C}/u) },
    });
    expect(await audit()).toEqual([]);
  });
});

describe('/moderate unblock', () => {
  it('ends a block', async () => {
    const { say, store } = await beginModerating(blockCommands);
    await say('block', { member: BEN });
    expect(await say('unblock', { member: BEN })).toMatchObject({
      tone: 'done',
      text: words.blocks.unblocked({ member: mention('member', BEN) }),
    });
    expect(await store.blocks.find(MO.community, BEN, 0)).toBeUndefined();
  });

  it('says when there is none, or none any more', async () => {
    const { say, clock } = await beginModerating(blockCommands);
    const none = { tone: 'info', text: words.blocks.notBlocked({ member: mention('member', BEN) }) };
    expect(await say('unblock', { member: BEN })).toMatchObject(none);
    await say('block', { member: BEN, for: '1h' });
    await clock.advance(3_600_000);
    expect(await say('unblock', { member: BEN })).toMatchObject(none);
  });
});

describe('/moderate blocks', () => {
  it('lists who is blocked, the latest first, without those whose block has ended', async () => {
    const { say, clock } = await beginModerating(blockCommands);
    expect(await say('blocks')).toMatchObject({ tone: 'info', text: words.blocks.none, buttons: [] });
    await say('block', { member: BEN, for: '1h' });
    await say('block', { member: 'slack:T1/UEVE1', reason: 'herrings' });
    await clock.advance(60_000);
    await say('block', { member: ADA.member, for: '2h' }, MIA);
    await clock.advance(3_540_000);
    const until = clock.now() + 2 * 3_600_000 - 3_540_000;
    const lines = [
      words.blocks.line({ member: mention('member', ADA.member), until, by: mention('member', MIA.member) }),
      words.blocks.line({
        member: mention('member', 'slack:T1/UEVE1'),
        reason: 'herrings',
        by: mention('member', MO.member),
      }),
    ];
    expect((await say('blocks')).text).toEqual(join(lines, '\n'));
  });
});

describe('/moderate channel', () => {
  it('says what follows for the others', async () => {
    const { say } = await beginModerating(channelCommands);
    const { threads, onlyAllowed, allOthers, everywhere } = words.channels;
    const denied = {
      tone: 'done',
      text: words.channels.denied({ channel: mention('channel', 'C1') }),
      notes: [allOthers, threads],
    };
    expect(await say('channel deny', { channel: 'C1' })).toMatchObject(denied);
    const allowed = {
      tone: 'done',
      text: words.channels.allowed({ channel: mention('channel', 'C2') }),
      notes: [onlyAllowed, threads],
    };
    expect(await say('channel allow', { channel: 'C2' })).toMatchObject(allowed);
    const list = await say('channel list');
    expect(list.text).toEqual(
      compose`1. ${mention('channel', 'C2')}: allowed\n2. ${mention('channel', 'C1')}: not allowed`,
    );
    expect(list.notes).toEqual([onlyAllowed, threads]);
    const cleared = {
      tone: 'done',
      text: words.channels.cleared({ channel: mention('channel', 'C2') }),
      notes: [allOthers, threads],
    };
    expect(await say('channel clear', { channel: 'C2' })).toMatchObject(cleared);
    expect((await say('channel clear', { channel: 'C1' })).notes).toEqual([everywhere]);
    expect(await say('channel list')).toMatchObject({ text: everywhere, notes: [] });
  });

  it('says when there was nothing to clear', async () => {
    const { say } = await beginModerating(channelCommands);
    expect(await say('channel clear', { channel: 'C1' })).toMatchObject({
      tone: 'info',
      text: words.channels.unlisted({ channel: mention('channel', 'C1') }),
    });
  });

  it('takes also a channel that was deleted, so that it can be cleared', async () => {
    const { say, store } = await beginModerating(channelCommands);
    await store.channelRules.set(MO.community, { channel: '99', allowed: true });
    expect((await say('channel clear', { channel: '99' })).tone).toBe('done');
    expect(await store.channelRules.list(MO.community)).toEqual([]);
  });

  it('clears by its number in the list what nobody can pick any more', async () => {
    const { say, store } = await beginModerating(channelCommands);
    for (const channel of ['98', '99']) await store.channelRules.set(MO.community, { channel, allowed: true });
    expect((await say('channel clear', { number: 2 })).text).toEqual(
      words.channels.cleared({ channel: mention('channel', '99') }),
    );
    expect((await say('channel clear', { number: 2 })).text).toBe(words.channels.noNumber({ number: 2 }));
    for (const options of [{}, { number: 1, channel: '98' }]) {
      expect((await say('channel clear', options)).tone).toBe('problem');
    }
    expect(await store.channelRules.list(MO.community)).toEqual([{ channel: '98', allowed: true }]);
  });

  it.each(['allow', 'deny', 'clear'])('%s refuses what is no channel', async (verb) => {
    const { say, audit } = await beginModerating(channelCommands);
    for (const channel of ['', '#general', 'C1 C2', 'C1\u0003', 'x'.repeat(101)]) {
      await expect(say(`channel ${verb}`, { channel })).rejects.toMatchObject({
        code: 'option_value',
        params: { option: 'channel', expected: words.channelExpected },
      });
    }
    expect(await audit()).toEqual([]);
  });
});

describe('/moderate model', () => {
  it('offers the models of the catalogue', () => {
    const options = modelCommands.flatMap(({ options: all }) => all.filter(({ name }) => name === 'model'));
    expect(options).toHaveLength(3);
    for (const { choices } of options) expect(choices?.map(({ value }) => value)).toEqual(MODELS.map(({ id }) => id));
  });

  it('turns a model off and on', async () => {
    const { say } = await beginModerating(modelCommands);
    expect(await say('model disable', { model: 'pro' })).toMatchObject({
      tone: 'done',
      text: words.models.disabled({ model: 'pro' }),
      notes: [words.models.accepted],
    });
    expect(readText((await say('model list')).text).split('\n')).toEqual([
      'lite: 480p 1 · 720p 1 · 1080p 3 credits for 5 s (on)',
      'pro: 480p 1 · 720p 2 · 1080p 4 credits for 5 s (off)',
      'pro-fast: 480p 1 · 720p 1 · 1080p 2 credits for 5 s (on)',
      '1.5-pro: 480p 1 · 720p 2 · 1080p 3 credits for 5 s (on)',
      '2.0: 480p 2 · 720p 4 · 1080p 10 · 4k 20 credits for 5 s (on)',
      '2.0-fast: 480p 2 · 720p 4 credits for 5 s (on)',
      '2.0-mini: 480p 1 · 720p 2 credits for 5 s (on)',
      '2.5: 480p 2 · 720p 4 credits for 5 s (on)',
    ]);
    expect(await say('model enable', { model: 'pro' })).toMatchObject({ text: words.models.enabled({ model: 'pro' }) });
    expect((await say('model list')).text).not.toContain('(off)');
  });

  it('leaves one model on', async () => {
    const { say, store } = await beginModerating(modelCommands);
    const [last = '', ...others] = MODELS.map(({ id }) => id).reverse();
    for (const model of others) await say('model disable', { model });
    expect(await say('model disable', { model: last })).toMatchObject({
      tone: 'problem',
      text: words.models.last({ model: last }),
    });
    expect((await store.communitySettings.get(MO.community)).disabledModels).toEqual(others);
  });

  it.each([0, 1, 7, 1000])('sets what a model costs: %i', async (credits) => {
    const { as, say } = await beginModerating(modelCommands);
    expect(await say('model cost', { model: 'pro', credits })).toMatchObject({
      text: words.models.cost({ model: 'pro', credits, seconds: 5 }),
      notes: [words.models.rounded, words.models.accepted],
    });
    const { usable } = await listModels(as(MO));
    expect(usable.filter(({ model }) => Object.keys(model.prices).length > 0).map(({ model }) => model.id)).toEqual([
      'pro',
    ]);
    const pro = usable.find(({ model }) => model.id === 'pro')?.model;
    expect(pro && priceOf(pro, shapeOf(pro))).toBe(credits);
    expect((await say('model list')).text).toContain(
      `pro: 480p ${credits} · 720p ${credits} · 1080p ${credits} credits for 5 s (on)`,
    );
  });

  it('sets the price of one resolution, which goes before that of all', async () => {
    const { say, audit } = await beginModerating(modelCommands);
    expect((await say('model cost', { model: 'pro', credits: 9, resolution: '1080p' })).text).toBe(
      'pro now costs 9 credits for 5 s in 1080p.',
    );
    expect((await say('model list')).text).toContain('pro: 480p 1 · 720p 2 · 1080p 9 credits for 5 s');
    await say('model cost', { model: 'pro', credits: 3 });
    expect((await say('model list')).text).toContain('pro: 480p 3 · 720p 3 · 1080p 9 credits for 5 s');
    expect((await audit()).map(({ subject, before, after }) => [subject, before, after])).toEqual([
      [{ kind: 'text', text: 'pro 1080p' }, '4', '9'],
      [{ kind: 'text', text: 'pro' }, '2', '3'],
    ]);
  });

  it('refuses the price of a resolution that the model does not have', async () => {
    const { say, audit } = await beginModerating(modelCommands);
    await expect(say('model cost', { model: 'pro', credits: 9, resolution: '4k' })).rejects.toMatchObject({
      code: 'option_value',
      params: { option: 'resolution', value: '4k', expected: ['480p', '720p', '1080p'] },
    });
    expect(await audit()).toEqual([]);
  });

  it('says of a withdrawn model that it is gone, and changes nothing', async () => {
    const { say, audit } = await beginModerating(modelCommands, ['lite']);
    expect(
      readText((await say('model list')).text)
        .split('\n')
        .at(-1),
    ).toBe('lite: no longer available');
    expect((await say('model list')).text).not.toContain('lite: 480p');
    for (const verb of ['enable', 'disable', 'cost']) {
      await expect(
        say(`model ${verb}`, { model: 'lite', ...(verb === 'cost' && { credits: 1 }) }),
      ).rejects.toMatchObject({
        code: 'model_withdrawn',
        params: { model: 'lite', successor: null, draft: null },
      });
    }
    expect(await audit()).toEqual([]);
  });

  it.each([-1, 1001, 0.5, 1e300, Number.NaN, Number.POSITIVE_INFINITY])('refuses the price %d', async (credits) => {
    const { say, audit } = await beginModerating(modelCommands);
    await expect(say('model cost', { model: 'pro', credits })).rejects.toMatchObject({
      code: 'option_value',
      params: { option: 'credits', value: String(credits), expected: { minimum: 0, maximum: 1000 } },
    });
    expect(await audit()).toEqual([]);
  });

  it.each(['enable', 'disable', 'cost'])('%s refuses a model that is not in the catalogue', async (verb) => {
    const { say } = await beginModerating(modelCommands);
    for (const model of ['ultra', '', 'constructor']) {
      const params = { model, models: MODELS.map(({ id }) => id) };
      await expect(say(`model ${verb}`, { model, ...(verb === 'cost' && { credits: 1 }) })).rejects.toMatchObject({
        code: 'model_unknown',
        params,
      });
    }
  });
});
