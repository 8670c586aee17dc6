import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/domain/card.ts';
import { ReplyError, type UpdateOptions } from '../../src/domain/reply.ts';
import type { Platform } from '../../src/platforms/platform.ts';
import { Updates } from '../../src/replies/updates.ts';
import { settle, VirtualClock } from '../support/clock.ts';
import { recordingLog } from '../support/log.ts';

const card = (title: string): Card => ({ tone: 'info', title, fields: [], notes: [], buttons: [] });

/** A chat of the port's shape that notes when it was edited, and fails as it is told. */
function chat() {
  const clock = new VirtualClock(0);
  const edits: { at: number; title: string }[] = [];
  const faults: Error[] = [];
  let gate: Promise<void> | undefined;
  const platform = {
    name: 'chat',
    updateIntervalMs: 1000,
    async update(_ref: unknown, shown: Card, { signal }: UpdateOptions) {
      await gate;
      signal?.throwIfAborted();
      const fault = faults.shift();
      if (fault) throw fault;
      edits.push({ at: clock.now(), title: shown.title });
    },
  } as unknown as Platform;
  const { log, lines } = recordingLog();
  const updates = new Updates(new Map([['chat', platform]]), clock, log);
  const show = (title: string, id = 'g1', onShown?: () => Promise<void>) =>
    updates.show({ id, ref: { platform: 'chat' }, card: card(title), ...(onShown && { onShown }) });
  return {
    clock,
    edits,
    faults,
    lines,
    updates,
    show,
    titles: () => edits.map(({ title }) => title),
    hold: () => {
      let release = () => {};
      gate = new Promise((resolve) => {
        release = () => {
          gate = undefined;
          resolve();
        };
      });
      return () => release();
    },
  };
}

describe('edits of a reply', () => {
  it('come at once, then no faster than the platform allows, and the last state wins', async () => {
    const { clock, edits, show } = chat();
    for (const title of ['1', '2', '3']) show(title);
    await settle();
    for (const title of ['4', '5']) show(title);
    await clock.advance(999);
    expect(edits).toEqual([{ at: 0, title: '1' }]);
    await clock.advance(1);
    expect(edits).toEqual([
      { at: 0, title: '1' },
      { at: 1000, title: '5' },
    ]);
  });

  it('are left out when nothing changed', async () => {
    const { clock, show, titles } = chat();
    show('1');
    await clock.advance(5000);
    show('1');
    await clock.advance(5000);
    expect(titles()).toEqual(['1']);
  });

  it('go on after one that changed nothing', async () => {
    const { clock, show, titles } = chat();
    show('1');
    await clock.advance(5000);
    show('1');
    await clock.advance(5000);
    show('2');
    await clock.advance(5000);
    expect(titles()).toEqual(['1', '2']);
  });

  it('of one reply do not wait for those of another', async () => {
    const { clock, edits, show } = chat();
    show('1', 'g1');
    show('1', 'g2');
    await clock.advance(0);
    expect(edits).toHaveLength(2);
  });

  it('wait as long as a busy chat says, and then show the latest', async () => {
    const { clock, edits, faults, show } = chat();
    faults.push(new ReplyError('busy', '429', { retryAfterMs: 7000 }));
    show('1');
    await clock.advance(3000);
    show('2');
    await clock.advance(10_000);
    expect(edits).toEqual([{ at: 7000, title: '2' }]);
  });

  it('are tried again with growing waits while the chat is out of order', async () => {
    const { clock, edits, faults, show } = chat();
    faults.push(...Array.from({ length: 3 }, () => new ReplyError('unavailable', '503')));
    show('1');
    await clock.advance(60_000);
    expect(edits).toEqual([{ at: 2000 + 4000 + 8000, title: '1' }]);
  });

  it('are given up when the reply is gone, and the next change is tried anew', async () => {
    const { clock, faults, show, titles } = chat();
    faults.push(new ReplyError('gone', 'deleted'));
    show('1');
    await clock.advance(600_000);
    expect(titles()).toEqual([]);
    show('2');
    await clock.advance(10_000);
    expect(titles()).toEqual(['2']);
  });

  it('do not go on without end when a chat stays away', async () => {
    const { clock, faults, lines, show } = chat();
    faults.push(...Array.from({ length: 1000 }, () => new ReplyError('unavailable', '503')));
    show('1');
    await clock.advance(24 * 3_600_000);
    expect(1000 - faults.length).toBe(12);
    expect(lines.at(-1)).toContain('"hopeless":true');
  });

  it('tell when the very card is shown, also when it was shown already', async () => {
    const { clock, show } = chat();
    const shown: string[] = [];
    show('1', 'g1', async () => void shown.push('first'));
    await clock.advance(2000);
    show('1', 'g1', async () => void shown.push('second'));
    await clock.advance(2000);
    expect(shown).toEqual(['first', 'second']);
  });

  it('end when others show the reply: what waits is dropped, what is under way is broken off', async () => {
    const { clock, titles, show, hold, updates } = chat();
    const release = hold();
    show('1');
    show('2');
    updates.drop('g1');
    release();
    await clock.advance(10_000);
    expect(titles()).toEqual([]);
    updates.drop('g1');
    show('3');
    await settle();
    expect(titles()).toEqual(['3']);
  });

  it('leave out a card that is out of date when its turn comes', async () => {
    const { clock, titles, show, updates } = chat();
    let now = '2';
    show('1');
    updates.show({ id: 'g1', ref: { platform: 'chat' }, card: card('2'), stale: async () => now !== '2' });
    now = '3';
    await clock.advance(10_000);
    expect(titles()).toEqual(['1']);
  });

  it('do not overtake a delivery: what waits is dropped, what is under way is awaited', async () => {
    const { clock, hold, show, titles, updates } = chat();
    const release = hold();
    show('1');
    await settle();
    show('2');
    let quiet = false;
    const quiesced = updates.quiesce('g1').then(() => {
      quiet = true;
    });
    await clock.advance(5000);
    expect(quiet).toBe(false);
    release();
    await quiesced;
    await clock.advance(5000);
    expect(titles()).toEqual(['1']);
  });

  it('stop when they are told to', async () => {
    const { clock, show, titles, updates } = chat();
    show('1');
    await settle();
    show('2');
    updates.stop();
    await clock.advance(10_000);
    expect(titles()).toEqual(['1']);
  });
});
