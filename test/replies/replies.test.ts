import { describe, expect, it, vi } from 'vitest';
import type { Card } from '../../src/domain/card.ts';
import type { GenerationState } from '../../src/domain/generation.ts';
import type { QuotaStatus } from '../../src/domain/quota-status.ts';
import type { Chat } from '../../src/domain/reply.ts';
import { Replies, type RepliesParts } from '../../src/replies/replies.ts';
import { Updates } from '../../src/replies/updates.ts';
import { VirtualClock } from '../support/clock.ts';
import { eventually } from '../support/eventually.ts';
import { openFreshStore } from '../support/fresh-database.ts';
import { makeGeneration } from '../support/generations.ts';
import { recordingLog } from '../support/log.ts';
import { TITLES } from '../support/titles.ts';

/** A process that shows a waiting generation, while another one already runs it; the edit takes as long as is wanted. */
async function showing(options: Partial<RepliesParts> = {}) {
  const store = await openFreshStore();
  const clock = new VirtualClock();
  const cards: Card[] = [];
  const first = Promise.withResolvers<void>();
  const chat = {
    name: 'web',
    updateIntervalMs: 0,
    async update(_ref: unknown, card: Card) {
      if (cards.length === 0) await first.promise;
      cards.push(card);
    },
  } as unknown as Chat;
  const replies = new Replies({
    generations: store.generations,
    expected: async () => undefined,
    engine: { shared: true, place: async () => undefined },
    updates: new Updates(new Map([['web', chat]]), clock, recordingLog().log),
    quotaOf: async () => ({ credits: 20, used: 1, granted: 0, limits: [] }) as unknown as QuotaStatus,
    isFree: async () => false,
    pause: async () => undefined,
    pricesOf: async () => ({ again: 1, pro: undefined }),
    clipOf: async ({ id }) => `dailies-${id}.mp4`,
    clock,
    ...options,
  });
  const generation = makeGeneration();
  await store.generations.insert(generation);
  await replies.show(generation);
  const move = async (...states: GenerationState[]) => {
    let from: GenerationState = (await store.generations.find('g1'))?.state ?? 'queued';
    for (const to of states) {
      await store.generations.move('g1', from, to, { finishedAt: clock.now() });
      from = to;
    }
  };
  return { store, replies, clock, move, letGo: first.resolve, shown: () => cards.map(({ title }) => title), cards };
}

it('the card of what has ended says what its buttons spend, and leaves that out where it is not known', async () => {
  const ended = makeGeneration({ state: 'failed' });
  const labelOf = async (options: Partial<RepliesParts> = {}) => {
    const { replies, letGo } = await showing(options);
    letGo();
    return (await replies.cardOf(ended)).buttons[0]?.label;
  };
  expect(await labelOf()).toBe('Again · 1 credit');
  expect(await labelOf({ pricesOf: () => Promise.reject(new Error('no database')) })).toBe('Again');
});

describe('a reply that is edited late, after another process has gone on', () => {
  it('is brought up to date', async () => {
    const { move, letGo, shown } = await showing();
    await move('submitting', 'generating');
    letGo();
    await eventually(() => expect(shown()).toEqual([TITLES.queued, TITLES.generating]));
  });

  it('shows the clip in the end, when it was edited between the upload and its note', async () => {
    const { clock, move, letGo, shown, cards } = await showing();
    await move('submitting', 'generating', 'delivering');
    letGo();
    await eventually(() => expect(shown()).toEqual([TITLES.queued]));
    await clock.advance(5000);
    expect(shown()).toEqual([TITLES.queued]);
    await move('delivered');
    await eventually(async () => {
      await clock.advance(1000);
      expect(shown()).toEqual([TITLES.queued, TITLES.delivered]);
    });
    expect(cards[1]?.video).toEqual({ name: 'dailies-g1.mp4' });
  });

  it('shows the clip in the end, when it was edited after that', async () => {
    const { move, letGo, shown, cards } = await showing();
    await move('submitting', 'generating', 'delivering', 'delivered');
    letGo();
    await eventually(() => expect(shown()).toEqual([TITLES.queued, TITLES.delivered]));
    expect(cards[1]?.video).toEqual({ name: 'dailies-g1.mp4' });
  });
});

describe('a reply that another process shows from now on', () => {
  it('is shown in its end anew by the one that leaves it, as its last edit may have been late', async () => {
    const { replies, move, letGo, shown, cards } = await showing();
    letGo();
    await eventually(() => expect(shown()).toEqual([TITLES.queued]));
    await move('submitting', 'generating', 'delivering', 'delivered');
    replies.leave('g1');
    await eventually(() => expect(shown()).toEqual([TITLES.queued, TITLES.delivered]));
    expect(cards[1]?.video).toEqual({ name: 'dailies-g1.mp4' });
  });

  it('is left alone as long as it has not ended', async () => {
    const { replies, clock, move, letGo, shown } = await showing();
    letGo();
    await eventually(() => expect(shown()).toEqual([TITLES.queued]));
    await move('submitting', 'generating');
    replies.leave('g1');
    await clock.advance(5000);
    expect(shown()).toEqual([TITLES.queued]);
  });

  it('is not shown what is out of date, also when the first look at the database fails', async () => {
    const { store, replies, move, letGo, shown } = await showing();
    letGo();
    await eventually(() => expect(shown()).toEqual([TITLES.queued]));
    const late = await store.generations.find('g1');
    if (!late) throw new Error('expected a generation');
    await move('submitting', 'generating');
    vi.spyOn(store.generations, 'find').mockRejectedValueOnce(new Error('Connection terminated unexpectedly'));
    await replies.show({ ...late, state: 'submitting' });
    await eventually(() => expect(store.generations.find).toHaveBeenCalledTimes(2));
    expect(shown()).toEqual([TITLES.queued]);
  });
});

describe('a reply', () => {
  it('is shown without what the database does not tell at the moment', async () => {
    const away = () => Promise.reject(new Error('the connection was closed'));
    const { letGo, shown, cards } = await showing({ quotaOf: away, engine: { shared: true, place: away } });
    letGo();
    await eventually(() => expect(shown()).toEqual([TITLES.queued]));
    expect(cards[0]?.fields.map(({ label }) => label)).not.toContain('Left');
  });
});
