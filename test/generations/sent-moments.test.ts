import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sentMoments } from '../../src/generations/sent-moments.ts';
import type { Steps } from '../../src/generations/steps/steps.ts';
import { submit } from '../../src/generations/steps/submit.ts';
import { openStore } from '../../src/store/store.ts';
import { VirtualClock } from '../support/clock.ts';
import { makeGeneration } from '../support/generations.ts';
import { recordingLog } from '../support/log.ts';
import { tempFolder } from '../support/temp.ts';

const SENT = Date.UTC(2026, 0, 1, 12);
const NOW = SENT + 60_000;
const ahead = (ms: number | undefined) => ({ timeAt: (at: number) => (ms === undefined ? undefined : at + ms) });
const sent = (sentAt: number | undefined) => ({ submittedAt: SENT, createdAt: SENT - 5000, sentAt });

describe('the moment at which a request was sent', () => {
  it('is one while the clocks keep their distance, or while it is not known', () => {
    expect(sentMoments(sent(SENT + 5000), ahead(5200), NOW)).toEqual([SENT]);
    expect(sentMoments(sent(undefined), ahead(5200), NOW)).toEqual([SENT]);
    expect(sentMoments(sent(SENT), ahead(undefined), NOW)).toEqual([SENT]);
    expect(sentMoments({ ...sent(undefined), submittedAt: undefined }, ahead(0), NOW)).toEqual([SENT - 5000]);
  });

  it('is reckoned from the provider’s time when the clock was set since, and from our own as well', () => {
    // Set back by an hour after it was sent: the present is before our own note of it.
    expect(sentMoments(sent(SENT), ahead(3_600_000), NOW - 3_600_000)).toEqual([SENT - 3_600_000, NOW - 3_600_000]);
    // Set ahead by an hour.
    expect(sentMoments(sent(SENT), ahead(-3_600_000), NOW + 3_600_000)).toEqual([SENT + 3_600_000, SENT]);
  });

  it('is not that of an earlier attempt where the provider’s time is not known', async () => {
    const store = await openStore(`sqlite:${join(await tempFolder(), 'dailies.db')}`);
    onTestFinished(() => store.close());
    const { generations } = store;
    await generations.insert(makeGeneration());
    await generations.move('g1', 'queued', 'submitting', { submittedAt: SENT, sentAt: SENT });
    const queued = await generations.move('g1', 'submitting', 'queued');
    const move: Steps['take'] = ({ id, state }, to, note) => generations.move(id, state, to, note);
    const provider = { ...ahead(undefined), routeOf: () => '', pausedMs: async () => 0, submit: async () => 'id' };
    const { signal } = new AbortController();
    const clock = new VirtualClock();
    const steps = { store, provider, clock, signal, log: recordingLog().log, take: move, move } as unknown as Steps;
    const sent = await submit(queued ?? makeGeneration(), steps);
    expect(sent).toMatchObject({ state: 'generating', submittedAt: clock.now(), sentAt: undefined });
  });
});
