import type { Generation, Span } from '../domain/generation.ts';
import type { OfferedModel } from '../domain/offered-model.ts';
import type { QuotaStatus } from '../domain/quota-status.ts';
import type { Chat } from '../domain/reply.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Stops } from '../lib/shutdown.ts';
import type { SteadyProvider } from '../providers/provider.ts';
import type { Engine } from '../queue/engine.ts';
import type { DataStore } from '../store/repositories.ts';
import { actionPrices } from './action-prices.ts';
import { Replies } from './replies.ts';
import { Updates } from './updates.ts';

/** Dependencies of `createReplies`. */
export interface CreateRepliesParts {
  store: DataStore;
  engine: Engine;
  provider: Pick<SteadyProvider, 'askPause'>;
  chats: ReadonlyMap<string, Chat>;
  durations: {
    /** How long a generation usually takes; undefined while too little was measured. */
    expected(generation: Generation): Promise<Span | undefined>;
  };
  /** Reads the quota of a generation's member. */
  quotaOf: (generation: Generation) => Promise<QuotaStatus>;
  /** The models that a community offers, with its own prices. */
  modelsIn: (community: string) => Promise<readonly OfferedModel[]>;
  /** The name of the clip that is attached to the reply of a delivered generation, or undefined when none is. */
  clipOf: (generation: Generation) => Promise<string | undefined>;
  clock: Clock;
  log: Log;
  stops: Stops;
}

/** Makes the part that shows generations in their replies. */
export function createReplies(parts: CreateRepliesParts): Replies {
  const { store, engine, provider, chats, durations, modelsIn, quotaOf, clipOf, clock, log, stops } = parts;
  const updates = new Updates(chats, clock, log);
  stops.add('updates', async () => updates.stop());
  return new Replies({
    generations: store.generations,
    expected: (generation) => durations.expected(generation),
    engine,
    pause: () => provider.askPause(),
    updates,
    quotaOf,
    isFree: async ({ id }) => (await store.holds.stateOf(id)) === 'released',
    clipOf,
    pricesOf: async ({ request, community }) => actionPrices(request, await modelsIn(community)),
    clock,
  });
}
