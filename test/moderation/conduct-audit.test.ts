import { describe, expect, it } from 'vitest';
import { at, mention } from '../../src/domain/marks.ts';
import { beginModerating, MIA, MO } from '../support/moderating.ts';

const BEN = 'slack:T1/UBEN1';
const DAY_MS = 86_400_000;

describe('the audit has every change, from what to what', () => {
  it('blocks', async () => {
    const { conduct, clock, audit } = await beginModerating([]);
    const until = clock.now() + DAY_MS;
    await conduct.blocks.block(MO, BEN, { reason: 'herrings', until });
    await conduct.blocks.block(MIA, BEN, { reason: '' });
    await conduct.blocks.unblock(MO, BEN);
    await conduct.blocks.unblock(MO, BEN);
    const subject = { kind: 'member', id: BEN };
    const first = `${at(until, 'date')}: herrings`;
    expect(await audit()).toEqual([
      { actor: MO.member, action: 'block', subject, before: undefined, after: first },
      { actor: MIA.member, action: 'block', subject, before: first, after: '∞' },
      { actor: MO.member, action: 'unblock', subject, before: '∞', after: undefined },
    ]);
  });

  it('channels', async () => {
    const { conduct, audit } = await beginModerating([]);
    await conduct.channels.allow(MO, 'C1');
    await conduct.channels.deny(MIA, 'C1');
    await conduct.channels.clear(MO, 'C1');
    await conduct.channels.clear(MO, 'C1');
    const subject = { kind: 'channel', id: 'C1' };
    expect(await audit()).toEqual([
      { actor: MO.member, action: 'channel.allow', subject, before: undefined, after: 'allowed' },
      { actor: MIA.member, action: 'channel.deny', subject, before: 'allowed', after: 'denied' },
      { actor: MO.member, action: 'channel.clear', subject, before: 'denied', after: undefined },
    ]);
  });

  it('models', async () => {
    const { conduct, audit } = await beginModerating([]);
    await conduct.models.set(MO, 'pro', false);
    await conduct.models.set(MIA, 'pro', true);
    await conduct.models.setCost(MO, 'pro', 5);
    await conduct.models.setCost(MIA, 'pro', 0);
    const subject = { kind: 'text', text: 'pro' };
    expect(await audit()).toEqual([
      { actor: MO.member, action: 'model.disable', subject, before: 'on', after: 'off' },
      { actor: MIA.member, action: 'model.enable', subject, before: 'off', after: 'on' },
      { actor: MO.member, action: 'model.cost', subject, before: '2', after: '5' },
      { actor: MIA.member, action: 'model.cost', subject, before: '5', after: '0' },
    ]);
  });

  it('words', async () => {
    const { conduct, audit } = await beginModerating([]);
    await conduct.words.add(MO, ' herring ');
    await conduct.words.add(MIA, 'HERRING');
    await conduct.words.remove(MIA, 'Herring');
    await conduct.words.remove(MO, 'herring');
    const subject = { kind: 'text', text: 'herring' };
    expect(await audit()).toEqual([
      { actor: MO.member, action: 'word.add', subject, before: undefined, after: undefined },
      { actor: MIA.member, action: 'word.remove', subject, before: undefined, after: undefined },
    ]);
  });

  it('settings', async () => {
    const { conduct, audit } = await beginModerating([]);
    const { settings } = conduct;
    await settings.setTimeZone(MO, 'europe/berlin');
    await settings.setTimeZone(MIA, 'Asia/Tokyo');
    await settings.setTimeZone(MIA, 'Mars/Olympus');
    await settings.setPrivateReplies(MO, false);
    await settings.setPrivateReplies(MO, true);
    await settings.setLogChannel(MO, 'C1');
    await settings.setLogChannel(MIA, undefined);
    await settings.pause(MO, '');
    await settings.pause(MIA, 'back at noon');
    await settings.resume(MO);
    await settings.resume(MO);
    const subject = { kind: 'everything' };
    const c1 = mention('channel', 'C1');
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
