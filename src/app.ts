import { randomUUID } from 'node:crypto';
import { createDispatch } from '../commands/dispatch.ts';
import * as spoken from '../commands/index.ts';
import type { Config } from './config/config.ts';
import { identityOf } from './config/several-processes.ts';
import { attachedClip } from './delivery/clip-name.ts';
import { createDelivery } from './delivery/create-delivery.ts';
import { KeptVideos } from './delivery/kept-videos.ts';
import type { Generation } from './domain/generation.ts';
import { createGenerations } from './generations/create-generations.ts';
import { createModels } from './generations/create-models.ts';
import { forget } from './generations/end-generation.ts';
import { createHttp } from './http/create-http.ts';
import { type Clock, systemClock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { Stops } from './lib/shutdown.ts';
import { createModeration } from './moderation/create-moderation.ts';
import { openChats } from './platforms/open.ts';
import { keepBalance } from './providers/balance.ts';
import { createProvider } from './providers/create-provider.ts';
import { providerKind } from './providers/index.ts';
import type { ProviderKind } from './providers/kind.ts';
import { createQueue } from './queue/create-queue.ts';
import { createQuotas } from './quotas/create-quotas.ts';
import { createReplies } from './replies/create-replies.ts';
import { createSandbox } from './sandbox/create-sandbox.ts';
import { openStore } from './store/store.ts';

const DAY_MS = 86_400_000;

/** The running bot. */
export interface Dailies {
  /** Address of the HTTP server. */
  url: string;
  /** Whether the playground is at that address. */
  playground: boolean;
  /** Ends everything in order; what is unfinished is stored and goes on at the next start. */
  stop(): Promise<void>;
}

/** What only the world outside can give. */
export interface World {
  log: Log;
  /** @default the machine's */
  clock?: Clock;
  /** From 0 up to, not including, 1. @default Math.random */
  random?: () => number;
  /** The providers that can be chosen. @default those of `providers/` */
  providers?: readonly ProviderKind[];
  /** How much faster than usual the sandbox works. @default 1 */
  sandboxSpeed?: number;
}

/**
 * Puts the rooms together, each on those below it, and starts them.
 * @throws {Error} with a plain message when something that is needed cannot be had; nothing is left running then.
 */
export async function startDailies(config: Config, world: World): Promise<Dailies> {
  const stops = new Stops(world.log);
  try {
    return await start(config, { clock: systemClock, random: Math.random, ...world }, stops);
  } catch (error) {
    await stops.stop();
    throw error;
  }
}

async function start(config: Config, world: World & { clock: Clock; random: () => number }, stops: Stops) {
  const { clock, random, log } = world;
  const kind = providerKind(config.PROVIDER, world.providers);
  const base = { config, clock, random, newId: randomUUID, log, stops };
  const store = await openStore(config.DATABASE_URL, {
    connections: config.DATABASE_POOL,
    // What one process has sealed or ordered, another could not open or ask for.
    identity: identityOf(config, kind),
    now: () => clock.now(),
    onTrouble: (error) => log.warn({ err: error }, 'trouble with the database; trying again'),
  });
  stops.add('store', () => store.close());
  const startSandbox = createSandbox({ ...base, dataDir: config.DATA_DIR, speed: world.sandboxSpeed });
  const providerParts = { ...base, keyv: store.keyv('provider'), mark: store.mark, startSandbox };
  const { provider, trustedOrigins } = await createProvider(config, providerParts, world.providers);
  const engine = createQueue({ ...base, line: store.queue, providerConcurrency: config.PROVIDER_CONCURRENCY });
  const videos = new KeptVideos(config.DATA_DIR);
  const { limits, quotaOf } = createQuotas({ ...base, store });
  const retentionMs = config.RETENTION_DAYS * DAY_MS;
  const pollIntervalMs = kind.pollIntervalMs ?? config.POLL_INTERVAL_MS;
  const rooms = { ...base, store, provider, engine, videos, limits, retentionMs, pollIntervalMs };

  const { media, spent, ...http } = await createHttp(rooms);
  const { platforms: chats, ...inputs } = await openChats({ ...rooms, costs: !kind.standIn, mediaPath: media.path });
  const { models, modelsIn, durations } = await createModels({ ...rooms, onChanged: inputs.offerChanged });
  const clipOf = (generation: Generation) => attachedClip(store.deliveries, generation);
  const replies = createReplies({ ...rooms, chats, durations, modelsIn, quotaOf, clipOf });
  const delivery = createDelivery({ ...rooms, chats, replies, mediaUrl: media.url, trustedOrigins });
  const { moderation, checks, ...logChannels } = createModeration({ ...rooms, chats, models, forget });
  const making = { ...rooms, chats, models, durations, replies, delivery, moderation, checks, spent };
  const { service, running, ...generations } = createGenerations(making);

  const url = await http.start(inputs.routes, inputs.bodyLimits);
  stops.add('generations', () => running.stop());
  if (config.ROLE !== 'bot') await running.start();
  stops.keep('upkeep', [
    (signal) => provider.keepHearing(signal),
    (signal) => keepBalance({ ...rooms, lowUsd: config.LOW_BALANCE_USD }, signal),
    (signal) => generations.keepUp(signal),
    (signal) => logChannels.keepUp(signal),
  ]);
  await inputs.listen(createDispatch({ ...base, ...spoken, service, moderation }), service);
  return { url, playground: inputs.playground, stop: () => stops.stop() };
}
