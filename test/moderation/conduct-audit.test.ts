import { describe, expect, it } from 'vitest';
import { clearChannel, setChannel } from '../../src/moderation/channel-lists.ts';
import { setLogChannel, setPrivateReplies, setTimeZone } from '../../src/moderation/general-settings.ts';
import { clearBlock, setBlock } from '../../src/moderation/member-blocks.ts';
import { setModel, setModelPrice } from '../../src/moderation/model-access.ts';
import { pause, resume } from '../../src/moderation/pausing.ts';
import { addWord, removeWord } from '../../src/moderation/word-list.ts';
import { beginModerating, MIA, MO } from '../support/moderating.ts';

const BEN = 'slack:T1/UBEN1';
const DAY_MS = 86_400_000;

describe('the audit has every change, from what to what', () => {
  it('blocks', async () => {
    const { as, clock, audit } = await beginModerating([]);
    const until = clock.now() + DAY_MS;
    await setBlock(as(MO), BEN, { reason: 'herrings', until });
    await setBlock(as(MIA), BEN, { reason: '' });
    await clearBlock(as(MO), BEN);
    await clearBlock(as(MO), BEN);
    const subject = { kind: 'member', id: BEN };
    const first = `${new Date(until).toISOString()}: herrings`;
    expect(await audit()).toEqual([
      { actor: MO.member, action: 'block', subject, before: undefined, after: first },
      { actor: MIA.member, action: 'block', subject, before: first, after: '∞' },
      { actor: MO.member, action: 'unblock', subject, before: '∞', after: undefined },
    ]);
  });

  it('channels', async () => {
    const { as, audit } = await beginModerating([]);
    await setChannel(as(MO), 'C1', true);
    await setChannel(as(MIA), 'C1', false);
    await clearChannel(as(MO), 'C1');
    await clearChannel(as(MO), 'C1');
    const subject = { kind: 'channel', id: 'C1' };
    expect(await audit()).toEqual([
      { actor: MO.member, action: 'channel.allow', subject, before: undefined, after: 'allowed' },
      { actor: MIA.member, action: 'channel.deny', subject, before: 'allowed', after: 'denied' },
      { actor: MO.member, action: 'channel.clear', subject, before: 'denied', after: undefined },
    ]);
  });

  it('models', async () => {
    const { as, audit } = await beginModerating([]);
    await setModel(as(MO), 'pro', false);
    await setModel(as(MIA), 'pro', true);
    await setModelPrice(as(MO), 'pro', 5);
    await setModelPrice(as(MIA), 'pro', 0);
    const subject = { kind: 'text', text: 'pro' };
    expect(await audit()).toEqual([
      { actor: MO.member, action: 'model.disable', subject, before: 'on', after: 'off' },
      { actor: MIA.member, action: 'model.enable', subject, before: 'off', after: 'on' },
      { actor: MO.member, action: 'model.cost', subject, before: '2', after: '5' },
      { actor: MIA.member, action: 'model.cost', subject, before: '5', after: '0' },
    ]);
  });

  it('words', async () => {
    const { as, audit } = await beginModerating([]);
    await addWord(as(MO), ' herring ');
    await addWord(as(MIA), 'HERRING');
    await removeWord(as(MIA), 'Herring');
    await removeWord(as(MO), 'herring');
    const subject = { kind: 'text', text: 'herring' };
    expect(await audit()).toEqual([
      { actor: MO.member, action: 'word.add', subject, before: undefined, after: undefined },
      { actor: MIA.member, action: 'word.remove', subject, before: undefined, after: undefined },
    ]);
  });

  it('settings', async () => {
    const { as, audit } = await beginModerating([]);
    await setTimeZone(as(MO), 'europe/berlin');
    await setTimeZone(as(MIA), 'Asia/Tokyo');
    await setTimeZone(as(MIA), 'Mars/Olympus');
    await setPrivateReplies(as(MO), false);
    await setPrivateReplies(as(MO), true);
    await setLogChannel(as(MO), 'C1');
    await setLogChannel(as(MIA), undefined);
    await pause(as(MO), '');
    await pause(as(MIA), 'back at noon');
    await resume(as(MO));
    await resume(as(MO));
    const subject = { kind: 'everything' };
    const c1 = '#C1';
    expect(await audit()).toEqual([
      { actor: MO.member, action: 'settings.timezone', subject, before: 'UTC', after: 'Europe/Berlin' },
      { actor: MIA.member, action: 'settings.timezone', subject, before: 'Europe/Berlin', after: 'Asia/Tokyo' },
      { actor: MO.member, action: 'settings.private', subject, before: 'on', after: 'off' },
      { actor: MO.member, action: 'settings.private', subject, before: 'off', after: 'on' },
      { actor: MO.member, action: 'settings.log', subject, before: 'off', after: c1 },
      { actor: MIA.member, action: 'settings.log', subject, before: c1, after: 'off' },
      { actor: MO.member, action: 'pause', subject, before: 'off', after: 'on' },
      { actor: MIA.member, action: 'pause', subject, before: 'on', after: 'back at noon' },
      { actor: MO.member, action: 'resume', subject, before: 'back at noon', after: 'off' },
    ]);
  });
});
