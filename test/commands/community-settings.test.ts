import { describe, expect, it } from 'vitest';
import { turnList } from '../../commands/buttons/list.ts';
import { blockCommands } from '../../commands/moderate/block.ts';
import { channelCommands } from '../../commands/moderate/channel.ts';
import { modelCommands } from '../../commands/moderate/model.ts';
import { pauseCommands } from '../../commands/moderate/pause.ts';
import { settingsCommands } from '../../commands/moderate/settings.ts';
import { wordCommands } from '../../commands/moderate/word.ts';
import type { Card } from '../../src/domain/card.ts';
import { mention } from '../../src/domain/text.ts';
import { pause } from '../../src/moderation/pausing.ts';
import { renderCard } from '../../src/platforms/discord/render.ts';
import { ADA, beginModerating, ELSEWHERE, MO } from '../support/moderating.ts';
import { readText } from '../support/read-text.ts';
import { en } from '../support/texts.ts';

const { conduct: words } = en;

it('all of this is for moderators, and answered to them alone', () => {
  const all = [blockCommands, channelCommands, modelCommands, wordCommands, settingsCommands, pauseCommands].flat();
  expect(all).toHaveLength(20);
  for (const { who, audience } of all) expect([who, audience({})]).toEqual(['moderators', 'requester']);
});

it.each([
  ['settings timezone', { zone: 'Europe/Berlin' }],
  ['settings private', { allowed: false }],
  ['log', { channel: 'C1' }],
  ['pause', { reason: 'back at noon' }],
  ['channel allow', { channel: 'C1' }],
  ['channel deny', { channel: 'C1' }],
  ['model disable', { model: 'pro' }],
  ['model cost', { model: 'pro', credits: 7 }],
  ['model cost', { model: 'pro', credits: 2, resolution: '720p' }],
])('/moderate %s %j changes nothing the second time, says so, and leaves the audit alone', async (name, options) => {
  const { say, audit } = await beginModerating(
    [settingsCommands, pauseCommands, channelCommands, modelCommands].flat(),
  );
  expect((await say(name, options)).tone).toBe('done');
  const again = await say(name, options);
  expect(again.tone).toBe('info');
  expect(readText(again.text)).toMatch(new RegExp(`^${en.limits.unchanged} .`));
  expect(await audit()).toHaveLength(1);
});

it('/moderate settings private and model enable leave what was never set as it is', async () => {
  const { say, audit } = await beginModerating([settingsCommands, modelCommands].flat());
  expect((await say('settings private', { allowed: true })).tone).toBe('info');
  expect((await say('model enable', { model: 'pro' })).tone).toBe('info');
  expect(await audit()).toEqual([]);
});

describe('/moderate word', () => {
  it('adds a word, a phrase and a pattern, lists them, and removes them', async () => {
    const { say, clock } = await beginModerating(wordCommands);
    expect((await say('word list')).text).toBe(words.words.none);
    for (const word of ['herring', 'smoked cod', '/eels?/i']) {
      await clock.advance(1000);
      expect(await say('word add', { word })).toMatchObject({ tone: 'done', text: words.words.added({ word }) });
    }
    expect(await say('word list')).toMatchObject({ text: 'herring\nsmoked cod\n/eels?/i', buttons: [] });
    expect((await say('word remove', { word: '/eels?/i' })).text).toBe(words.words.removed({ word: '/eels?/i' }));
    expect((await say('word remove', { word: ' Herring ' })).text).toBe(words.words.removed({ word: 'herring' }));
    expect((await say('word list')).text).toBe('smoked cod');
  });

  it('says when an entry is there already, in whatever letters, and when it is not there', async () => {
    const { say } = await beginModerating(wordCommands);
    await say('word add', { word: 'herring' });
    const known = { tone: 'info', text: words.words.known({ word: 'herring' }) };
    expect(await say('word add', { word: 'ＨÉRRING' })).toMatchObject(known);
    const unknown = { tone: 'problem', text: words.words.unknown({ word: '/herring/' }) };
    expect(await say('word remove', { word: '/herring/' })).toMatchObject(unknown);
    expect((await say('word list')).text).toBe('herring');
  });

  it.each([
    ['', 'empty'],
    [' \u200b ', 'empty'],
    ['!!!', 'empty'],
    ['x'.repeat(101), 'long'],
    ['/(/', 'regex'],
    ['/(a+)+$/x', 'regex'],
    ['/(?=a)/', 'regex'],
    ['/.*/', 'matches everything'],
  ])('refuses %j, which is %s', async (word, reason) => {
    const { say, audit } = await beginModerating(wordCommands);
    await expect(say('word add', { word })).rejects.toMatchObject({ code: 'word_invalid', params: { reason } });
    expect(await audit()).toEqual([]);
  });

  it('lists many words on pages that every chat shows whole', async () => {
    const { say, press, store } = await beginModerating(wordCommands);
    const all = Array.from({ length: 40 }, (_, index) => `${String(index).padStart(2, '0')}${'_*'.repeat(index)}`);
    await store.transaction(async (repositories) => {
      for (const [index, word] of all.entries()) await repositories.words.add(MO.community, word, index);
    });
    const shown: Card[] = [await say('word list')];
    for (;;) {
      const next = shown.at(-1)?.buttons.find(({ label }) => label === en.buttons.nextPage);
      if (!next) break;
      expect(next.action).toBe(turnList.action);
      shown.push(await press(turnList, next.target));
    }
    expect(shown.length).toBeGreaterThan(2);
    expect(shown.map(({ text }) => text).join('\n')).toBe(all.join('\n'));
    for (const card of shown) expect(renderCard(card, { locale: 'en' }).embeds[0]?.description).not.toContain('…');
    const [first, second] = shown;
    expect(first).toMatchObject({ title: `${words.words.title} · ${words.page({ page: 1, of: shown.length })}` });
    const back = second?.buttons.find(({ label }) => label === en.buttons.previousPage);
    expect(await press(turnList, back?.target ?? '')).toEqual(first);
  });

  it('shows a page to moderators only, and stays on the list', async () => {
    const { press, store } = await beginModerating(wordCommands);
    await store.words.add(MO.community, 'herring', 0);
    for (const target of ['words:1', 'words:0', 'words:-3', 'words:9', 'words:x', 'words']) {
      expect((await press(turnList, target)).text).toBe('herring');
      expect((await press(turnList, target, ELSEWHERE)).text).toBe(words.words.none);
      await expect(press(turnList, target, ADA)).rejects.toMatchObject({ code: 'moderators_only' });
    }
    for (const target of ['', 'herrings:1', '__proto__:1']) {
      await expect(press(turnList, target)).rejects.toMatchObject({ code: 'command_unknown' });
    }
  });
});

describe('/moderate settings', () => {
  it('sets the time zone', async () => {
    const { say, store } = await beginModerating(settingsCommands);
    expect(await say('settings timezone', { zone: 'america/new york' })).toMatchObject({
      tone: 'done',
      text: words.settings.timeZoneSet({ zone: 'America/New_York' }),
    });
    expect(await store.communitySettings.get(MO.community)).toEqual({ timeZone: 'America/New_York' });
  });

  it.each([
    ['Berlin', 'Europe/Berlin'],
    ['Amerika/New_York', 'America/New_York'],
    ['Mars/Olympus', words.settings.zoneExpected],
    ['+01:00', words.settings.zoneExpected],
    ['', words.settings.zoneExpected],
  ])('refuses the time zone %j, and helps with %s', async (zone, expected) => {
    const { say, audit } = await beginModerating(settingsCommands);
    await expect(say('settings timezone', { zone })).rejects.toMatchObject({
      code: 'option_value',
      params: { option: 'zone', value: zone, expected },
    });
    expect(await audit()).toEqual([]);
  });

  it('offers time zones while they are typed', () => {
    const [zone] = settingsCommands.flatMap(({ options }) => options.filter(({ name }) => name === 'zone'));
    const offered = zone?.complete?.({}, en, []).map(({ value }) => value);
    expect(offered).toEqual(expect.arrayContaining(['UTC', 'Europe/Berlin', 'Asia/Kolkata']));
  });

  it('allows private replies or not', async () => {
    const { say, store } = await beginModerating(settingsCommands);
    expect((await say('settings private', { allowed: false })).text).toBe(words.settings.privateOff);
    expect(await store.communitySettings.get(MO.community)).toEqual({ privateReplies: false });
    expect((await say('settings private', { allowed: true })).text).toBe(words.settings.privateOn);
    expect(await store.communitySettings.get(MO.community)).toEqual({ privateReplies: true });
    for (const options of [{}, { allowed: 'perhaps' }, { allowed: '' }, { allowed: 7 }]) {
      await expect(say('settings private', options)).rejects.toMatchObject({ code: 'option_value' });
    }
    expect(await store.communitySettings.get(MO.community)).toEqual({ privateReplies: true });
  });

  it('shows what is set', async () => {
    const { as, say } = await beginModerating(settingsCommands);
    const shown = async () => (await say('settings show')).fields.map(({ value }) => value);
    expect(await shown()).toEqual(['UTC', 'allowed', 'none', 'no']);
    await say('settings timezone', { zone: 'Asia/Tokyo' });
    await say('settings private', { allowed: false });
    await say('log', { channel: 'C1' });
    await pause(as(MO), 'back at noon');
    expect(await shown()).toEqual(['Asia/Tokyo', 'not allowed', mention('channel', 'C1'), 'yes: back at noon']);
  });
});

describe('/moderate log', () => {
  it('logs in a channel, which is told so first, and stops without one', async () => {
    const { say, store } = await beginModerating(settingsCommands);
    expect(await say('log', { channel: 'C1' })).toMatchObject({
      tone: 'done',
      text: words.log.on({ channel: mention('channel', 'C1') }),
      notes: [words.log.readers],
    });
    expect((await store.communitySettings.get(MO.community)).logChannel).toBe('C1');
    expect(await store.outbox.listUnposted(MO.community, 10)).toMatchObject([
      { event: { kind: 'change', entry: { action: 'settings.log' } } },
    ]);
    expect((await say('log')).text).toBe(words.log.off);
    expect((await store.communitySettings.get(MO.community)).logChannel).toBeUndefined();
  });

  it('refuses what is no channel', async () => {
    const { say } = await beginModerating(settingsCommands);
    for (const channel of ['', '#general', 'C1 C2']) {
      await expect(say('log', { channel })).rejects.toMatchObject({ code: 'option_value' });
    }
  });
});

describe('/moderate pause', () => {
  it('accepts no videos until it is ended, and says why', async () => {
    const { say, store } = await beginModerating(pauseCommands);
    expect(await say('pause', { reason: ' back at noon ' })).toMatchObject({
      tone: 'done',
      text: words.pause.paused({ reason: 'back at noon.' }),
      notes: [words.pause.accepted],
    });
    expect(await store.communitySettings.get(MO.community)).toEqual({ paused: { reason: 'back at noon' } });
    expect(await say('resume')).toMatchObject({ tone: 'done', text: words.pause.resumed });
    expect(await store.communitySettings.get(MO.community)).toEqual({});
    expect(await say('resume')).toMatchObject({ tone: 'info', text: words.pause.notPaused });
  });

  it('refuses a reason that is too long', async () => {
    const { say, store } = await beginModerating(pauseCommands);
    await expect(say('pause', { reason: '⏸️'.repeat(101) })).rejects.toMatchObject({
      code: 'option_value',
      params: { option: 'reason', expected: words.reasonExpected({ max: 200 }) },
    });
    expect(await store.communitySettings.get(MO.community)).toEqual({});
  });
});
