import { describe, expect, it } from 'vitest';
import { MODELS } from '../../src/domain/models.ts';
import { clearChannel, listChannels, setChannel } from '../../src/moderation/channel-lists.ts';
import type { Moderating } from '../../src/moderation/door.ts';
import { getSettings, setLogChannel, setPrivateReplies, setTimeZone } from '../../src/moderation/general-settings.ts';
import { clearBlock, listBlocks, setBlock } from '../../src/moderation/member-blocks.ts';
import { listModels, setModel, setModelPrice } from '../../src/moderation/model-access.ts';
import { MAX_REASON_LENGTH } from '../../src/moderation/one-line.ts';
import { pause, resume } from '../../src/moderation/pausing.ts';
import { addWord, listWords, MOST_PATTERNS, MOST_WORDS, removeWord } from '../../src/moderation/word-list.ts';
import { ADA, beginModerating, ELSEWHERE, MIA, MO } from '../support/moderating.ts';

const BEN = 'slack:T1/UBEN1';

/** Everything that can be asked, with what would be right. */
const METHODS: Record<string, (context: Moderating) => Promise<unknown>> = {
  'blocks.block': (context) => setBlock(context, BEN, { reason: 'herrings' }),
  'blocks.unblock': (context) => clearBlock(context, BEN),
  'blocks.list': (context) => listBlocks(context),
  'channels.allow': (context) => setChannel(context, 'C1', true),
  'channels.deny': (context) => setChannel(context, 'C1', false),
  'channels.clear': (context) => clearChannel(context, 'C1'),
  'channels.list': (context) => listChannels(context),
  'models.set': (context) => setModel(context, 'pro', false),
  'models.setCost': (context) => setModelPrice(context, 'pro', 7),
  'models.list': (context) => listModels(context),
  'words.add': (context) => addWord(context, 'herring'),
  'words.remove': (context) => removeWord(context, 'herring'),
  'words.list': (context) => listWords(context),
  'settings.setTimeZone': (context) => setTimeZone(context, 'Europe/Berlin'),
  'settings.setPrivateReplies': (context) => setPrivateReplies(context, false),
  'settings.setLogChannel': (context) => setLogChannel(context, 'C1'),
  'settings.pause': (context) => pause(context, 'back at noon'),
  'settings.resume': (context) => resume(context),
  'settings.get': (context) => getSettings(context),
};

/** All that a community has of these things. */
async function stateOf(context: Moderating) {
  return [
    await listBlocks(context),
    await listChannels(context),
    await listModels(context),
    await listWords(context),
    await getSettings(context),
  ];
}

describe('everything that can be asked', () => {
  it('is refused to members, also to those who are moderators elsewhere or share an id with one', async () => {
    const { as, store, audit } = await beginModerating([]);
    await store.moderators.add(ELSEWHERE.community, {
      kind: 'member',
      subject: 'UADA1',
      addedBy: ELSEWHERE.member,
      addedAt: 0,
    });
    const before = await stateOf(as(MO));
    const forged = [
      { ...ADA, member: MO.member },
      { ...ELSEWHERE, community: MO.community, moderator: false },
    ];
    for (const [name, ask] of Object.entries(METHODS)) {
      for (const asker of [ADA, ...forged]) {
        await expect(ask(as(asker)), name).rejects.toMatchObject({ code: 'moderators_only' });
      }
    }
    expect(await stateOf(as(MO))).toEqual(before);
    expect(await audit()).toEqual([]);
  });

  it('is for those who were named as well, as long as they are', async () => {
    const { as, store } = await beginModerating([]);
    await store.moderators.add(MO.community, { kind: 'role', subject: 'SCREW1', addedBy: MO.member, addedAt: 0 });
    for (const ask of Object.values(METHODS)) await ask(as(ADA));
    await store.moderators.remove(MO.community, 'SCREW1');
    for (const [name, ask] of Object.entries(METHODS)) {
      await expect(ask(as(ADA)), name).rejects.toMatchObject({ code: 'moderators_only' });
    }
  });

  it('changes and shows nothing of another community', async () => {
    const { as, audit } = await beginModerating([]);
    const untouched = await stateOf(as(ELSEWHERE));
    for (const change of Object.values(METHODS)) await change(as(MO));
    await setBlock(as(MO), BEN, { reason: '' });
    await addWord(as(MO), 'cod');
    await setChannel(as(MO), 'C2', false);
    await pause(as(MO), '');
    expect(await stateOf(as(ELSEWHERE))).toEqual(untouched);
    const before = await stateOf(as(MO));
    const entries = await audit();
    for (const [name, ask] of Object.entries(METHODS)) {
      await ask(as(ELSEWHERE));
      expect(await stateOf(as(MO)), name).toEqual(before);
    }
    expect(await audit()).toEqual(entries);
  });
});

describe('of two moderators at once the last wins, and both are in the audit', () => {
  type Changes = (mo: Moderating, mia: Moderating) => Promise<unknown>[];
  it.each<[string, Changes, (mo: Moderating) => Promise<string | undefined>]>([
    [
      'blocks',
      (mo, mia) => [setBlock(mo, BEN, { reason: 'a' }), setBlock(mia, BEN, { reason: 'b' })],
      async (mo) => `∞: ${(await listBlocks(mo))[0]?.reason}`,
    ],
    [
      'channels',
      (mo, mia) => [setChannel(mo, 'C1', true), setChannel(mia, 'C1', false)],
      async (mo) => ((await listChannels(mo))[0]?.allowed ? 'allowed' : 'denied'),
    ],
    [
      'prices',
      (mo, mia) => [setModelPrice(mo, 'lite', 2), setModelPrice(mia, 'lite', 4)],
      async (mo) => String((await listModels(mo)).usable[0]?.model.prices.any),
    ],
    [
      'time zones',
      (mo, mia) => [setTimeZone(mo, 'Asia/Tokyo'), setTimeZone(mia, 'Europe/Rome')],
      async (mo) => (await getSettings(mo)).timeZone,
    ],
    ['pauses', (mo, mia) => [pause(mo, 'a'), pause(mia, 'b')], async (mo) => (await getSettings(mo)).paused?.reason],
  ])('%s', async (_, changes, now) => {
    const { as, audit } = await beginModerating([]);
    await Promise.all(changes(as(MO), as(MIA)));
    const [first, last, ...others] = await audit();
    expect([first?.actor, last?.actor].sort()).toEqual([MIA.member, MO.member]);
    expect(last?.before).toBe(first?.after);
    expect(last?.after).toBe(await now(as(MO)));
    expect(others).toEqual([]);
  });

  it('and one model stays on when each is turned off by somebody else', async () => {
    const { as, audit } = await beginModerating([]);
    const results = await Promise.all(MODELS.map(({ id }) => setModel(as(MO), id, false)));
    expect(results.filter((result) => result === 'last')).toHaveLength(1);
    expect((await listModels(as(MO))).usable.filter(({ enabled }) => enabled)).toHaveLength(1);
    expect(await audit()).toHaveLength(MODELS.length - 1);
  });

  it('and the list of words never has more than it may', async () => {
    const { as, store } = await beginModerating([]);
    await store.transaction(async ({ words }) => {
      for (let index = 1; index < MOST_WORDS; index++) await words.add(MO.community, `word${index}`, 0);
    });
    const results = await Promise.all(['herring', 'cod', 'herring'].map((word) => addWord(as(MO), word)));
    expect(results.map(({ result }) => result).sort()).toEqual(['done', 'full', 'known']);
    expect(await listWords(as(MO))).toHaveLength(MOST_WORDS);
  });
});

it('a list takes no more patterns than a prompt can be searched for at once, and words all the same', async () => {
  const { as } = await beginModerating([]);
  for (let index = 0; index < MOST_PATTERNS; index++) await addWord(as(MO), `/word${index}/`);
  expect((await addWord(as(MO), '/one more/')).result).toBe('patterns full');
  expect((await addWord(as(MO), 'one more')).result).toBe('done');
  await removeWord(as(MO), '/word0/');
  expect((await addWord(as(MO), '/one more/')).result).toBe('done');
});

it('nothing is changed by what does not fit', async () => {
  const { as, clock, audit } = await beginModerating([]);
  const long = 'x'.repeat(MAX_REASON_LENGTH + 1);
  const before = await stateOf(as(MO));
  for (const until of [clock.now(), 0, -1, Number.NaN]) {
    await expect(setBlock(as(MO), BEN, { reason: '', until })).rejects.toThrow('expected an end after');
  }
  await expect(setBlock(as(MO), BEN, { reason: long })).rejects.toThrow('at most 200 characters');
  await expect(pause(as(MO), long)).rejects.toThrow('at most 200 characters');
  await expect(setModel(as(MO), 'ultra', false)).rejects.toMatchObject({ code: 'model_unknown' });
  await expect(setModelPrice(as(MO), '__proto__', 1)).rejects.toMatchObject({ code: 'model_unknown' });
  await expect(addWord(as(MO), '/.*/')).rejects.toMatchObject({ code: 'word_invalid' });
  expect(await setBlock(as(MO), MO.member, { reason: '' })).toBe('yourself');
  expect(await stateOf(as(MO))).toEqual(before);
  expect(await audit()).toEqual([]);
});

it('what moderators write is kept as it is, on one line', async () => {
  const { as } = await beginModerating([]);
  const odd = 'a\u0002\n\0b <@1>';
  expect(await setBlock(as(MO), BEN, { reason: odd })).toMatchObject({ reason: 'a b <@1>' });
  expect(await pause(as(MO), odd)).toMatchObject({ reason: 'a b <@1>' });
  expect(await addWord(as(MO), odd)).toEqual({ result: 'done', word: 'a b <@1>' });
});
