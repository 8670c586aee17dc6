import { describe, expect, it } from 'vitest';
import { at } from '../../src/domain/marks.ts';
import { MODELS } from '../../src/domain/models.ts';
import type { Asker } from '../../src/domain/origin.ts';
import type { Conduct } from '../../src/moderation/conduct.ts';
import { MAX_REASON_LENGTH } from '../../src/moderation/one-line.ts';
import { MOST_PATTERNS, MOST_WORDS } from '../../src/moderation/word-list.ts';
import { ADA, beginModerating, ELSEWHERE, MIA, MO } from '../support/moderating.ts';

const BEN = 'slack:T1/UBEN1';

/** Everything that can be asked, with what would be right. */
const METHODS: Record<string, (conduct: Conduct, asker: Asker) => Promise<unknown>> = {
  'blocks.block': ({ blocks }, asker) => blocks.block(asker, BEN, { reason: 'herrings' }),
  'blocks.unblock': ({ blocks }, asker) => blocks.unblock(asker, BEN),
  'blocks.list': ({ blocks }, asker) => blocks.list(asker),
  'channels.allow': ({ channels }, asker) => channels.allow(asker, 'C1'),
  'channels.deny': ({ channels }, asker) => channels.deny(asker, 'C1'),
  'channels.clear': ({ channels }, asker) => channels.clear(asker, 'C1'),
  'channels.list': ({ channels }, asker) => channels.list(asker),
  'models.set': ({ models }, asker) => models.set(asker, 'pro', false),
  'models.setCost': ({ models }, asker) => models.setCost(asker, 'pro', 7),
  'models.list': ({ models }, asker) => models.list(asker),
  'words.add': ({ words }, asker) => words.add(asker, 'herring'),
  'words.remove': ({ words }, asker) => words.remove(asker, 'herring'),
  'words.list': ({ words }, asker) => words.list(asker),
  'settings.setTimeZone': ({ settings }, asker) => settings.setTimeZone(asker, 'Europe/Berlin'),
  'settings.setPrivateReplies': ({ settings }, asker) => settings.setPrivateReplies(asker, false),
  'settings.setLogChannel': ({ settings }, asker) => settings.setLogChannel(asker, 'C1'),
  'settings.pause': ({ settings }, asker) => settings.pause(asker, 'back at noon'),
  'settings.resume': ({ settings }, asker) => settings.resume(asker),
  'settings.get': ({ settings }, asker) => settings.get(asker),
};

/** All that a community has of these things. */
async function stateOf({ blocks, channels, models, words, settings }: Conduct, asker: Asker) {
  return [
    await blocks.list(asker),
    await channels.list(asker),
    await models.list(asker),
    await words.list(asker),
    await settings.get(asker),
  ];
}

it('every method of the door is among those that are tried here', async () => {
  const { conduct } = await beginModerating([]);
  const methods = Object.entries(conduct).flatMap(([name, part]) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(part))
      .filter((method) => method !== 'constructor')
      .map((method) => `${name}.${method}`),
  );
  expect(Object.keys(METHODS).sort()).toEqual(methods.sort());
});

describe('everything that can be asked', () => {
  it('is refused to members, also to those who are moderators elsewhere or share an id with one', async () => {
    const { conduct, store, audit } = await beginModerating([]);
    await store.moderators.add(ELSEWHERE.community, { subject: 'UADA1', addedBy: ELSEWHERE.member, addedAt: 0 });
    const before = await stateOf(conduct, MO);
    const forged = [
      { ...ADA, member: MO.member },
      { ...ELSEWHERE, community: MO.community, moderator: false },
    ];
    for (const [name, ask] of Object.entries(METHODS)) {
      for (const asker of [ADA, ...forged]) {
        await expect(ask(conduct, asker), name).rejects.toMatchObject({ code: 'moderators_only' });
      }
    }
    expect(await stateOf(conduct, MO)).toEqual(before);
    expect(await audit()).toEqual([]);
  });

  it('is for those who were named as well, as long as they are', async () => {
    const { conduct, store } = await beginModerating([]);
    await store.moderators.add(MO.community, { subject: 'SCREW1', addedBy: MO.member, addedAt: 0 });
    for (const ask of Object.values(METHODS)) await ask(conduct, ADA);
    await store.moderators.remove(MO.community, 'SCREW1');
    for (const [name, ask] of Object.entries(METHODS)) {
      await expect(ask(conduct, ADA), name).rejects.toMatchObject({ code: 'moderators_only' });
    }
  });

  it('changes and shows nothing of another community', async () => {
    const { conduct, audit } = await beginModerating([]);
    const untouched = await stateOf(conduct, ELSEWHERE);
    for (const change of Object.values(METHODS)) await change(conduct, MO);
    await conduct.blocks.block(MO, BEN, { reason: '' });
    await conduct.words.add(MO, 'cod');
    await conduct.channels.deny(MO, 'C2');
    await conduct.settings.pause(MO, '');
    expect(await stateOf(conduct, ELSEWHERE)).toEqual(untouched);
    const before = await stateOf(conduct, MO);
    const entries = await audit();
    for (const [name, ask] of Object.entries(METHODS)) {
      await ask(conduct, ELSEWHERE);
      expect(await stateOf(conduct, MO), name).toEqual(before);
    }
    expect(await audit()).toEqual(entries);
  });
});

describe('of two moderators at once the last wins, and both are in the audit', () => {
  type Changes = (conduct: Conduct) => Promise<unknown>[];
  it.each<[string, Changes, (conduct: Conduct) => Promise<string | undefined>]>([
    [
      'blocks',
      ({ blocks }) => [blocks.block(MO, BEN, { reason: 'a' }), blocks.block(MIA, BEN, { reason: 'b' })],
      async ({ blocks }) => `∞: ${(await blocks.list(MO))[0]?.reason}`,
    ],
    [
      'channels',
      ({ channels }) => [channels.allow(MO, 'C1'), channels.deny(MIA, 'C1')],
      async ({ channels }) => ((await channels.list(MO))[0]?.allowed ? 'allowed' : 'denied'),
    ],
    [
      'prices',
      ({ models }) => [models.setCost(MO, 'lite', 2), models.setCost(MIA, 'lite', 4)],
      async ({ models }) => String((await models.list(MO)).usable[0]?.model.prices.any),
    ],
    [
      'time zones',
      ({ settings }) => [settings.setTimeZone(MO, 'Asia/Tokyo'), settings.setTimeZone(MIA, 'Europe/Rome')],
      async ({ settings }) => (await settings.get(MO)).timeZone,
    ],
    [
      'pauses',
      ({ settings }) => [settings.pause(MO, 'a'), settings.pause(MIA, 'b')],
      async ({ settings }) => (await settings.get(MO)).paused?.reason,
    ],
  ])('%s', async (_, changes, now) => {
    const { conduct, audit } = await beginModerating([]);
    await Promise.all(changes(conduct));
    const [first, last, ...others] = await audit();
    expect([first?.actor, last?.actor].sort()).toEqual([MIA.member, MO.member]);
    expect(last?.before).toBe(first?.after);
    expect(last?.after).toBe(await now(conduct));
    expect(others).toEqual([]);
  });

  it('and one model stays on when each is turned off by somebody else', async () => {
    const { conduct, audit } = await beginModerating([]);
    const results = await Promise.all(MODELS.map(({ id }) => conduct.models.set(MO, id, false)));
    expect(results.filter((result) => result === 'last')).toHaveLength(1);
    expect((await conduct.models.list(MO)).usable.filter(({ enabled }) => enabled)).toHaveLength(1);
    expect(await audit()).toHaveLength(MODELS.length - 1);
  });

  it('and the list of words never has more than it may', async () => {
    const { conduct, store } = await beginModerating([]);
    await store.transaction(async ({ words }) => {
      for (let index = 1; index < MOST_WORDS; index++) await words.add(MO.community, `word${index}`, 0);
    });
    const results = await Promise.all(['herring', 'cod', 'herring'].map((word) => conduct.words.add(MO, word)));
    expect(results.map(({ result }) => result).sort()).toEqual(['done', 'full', 'known']);
    expect(await conduct.words.list(MO)).toHaveLength(MOST_WORDS);
  });
});

it('a list takes no more patterns than a prompt can be searched for at once, and words all the same', async () => {
  const { conduct } = await beginModerating([]);
  for (let index = 0; index < MOST_PATTERNS; index++) await conduct.words.add(MO, `/word${index}/`);
  expect((await conduct.words.add(MO, '/one more/')).result).toBe('patterns full');
  expect((await conduct.words.add(MO, 'one more')).result).toBe('done');
  await conduct.words.remove(MO, '/word0/');
  expect((await conduct.words.add(MO, '/one more/')).result).toBe('done');
});

it('nothing is changed by what does not fit', async () => {
  const { conduct, clock, audit } = await beginModerating([]);
  const { blocks, models, words, settings } = conduct;
  const long = 'x'.repeat(MAX_REASON_LENGTH + 1);
  const before = await stateOf(conduct, MO);
  for (const until of [clock.now(), 0, -1, Number.NaN]) {
    await expect(blocks.block(MO, BEN, { reason: '', until })).rejects.toThrow('expected an end after');
  }
  await expect(blocks.block(MO, BEN, { reason: long })).rejects.toThrow('at most 200 characters');
  await expect(settings.pause(MO, long)).rejects.toThrow('at most 200 characters');
  await expect(models.set(MO, 'ultra', false)).rejects.toMatchObject({ code: 'model_unknown' });
  await expect(models.setCost(MO, '__proto__', 1)).rejects.toMatchObject({ code: 'model_unknown' });
  await expect(words.add(MO, '/.*/')).rejects.toMatchObject({ code: 'word_invalid' });
  expect(await blocks.block(MO, MO.member, { reason: '' })).toBe('yourself');
  expect(await stateOf(conduct, MO)).toEqual(before);
  expect(await audit()).toEqual([]);
});

it('what moderators write can forge no moment and no mention', async () => {
  const { conduct } = await beginModerating([]);
  const forged = `a${at(5, 'date')}\nb`;
  expect(await conduct.blocks.block(MO, BEN, { reason: forged })).toMatchObject({ reason: 'a 5:date b' });
  expect(await conduct.settings.pause(MO, forged)).toBe('a 5:date b');
  expect(await conduct.words.add(MO, forged)).toEqual({ result: 'done', word: 'a 5:date b' });
});
