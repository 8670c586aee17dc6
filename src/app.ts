import { randomUUID } from 'node:crypto';
import { createDispatch } from '../commands/dispatch.ts';
import * as spoken from '../commands/index.ts';
import type { Config } from './config/config.ts';
import { identityOf } from './config/several-processes.ts';
import { attachedClip } from './delivery/clip-name.ts';
import { createDelivery } from './delivery/create-delivery.ts';
import { KeptVideos } from './delivery/kept-videos.ts';
import { createGenerations } from './generations/create-generations.ts';
import { createModels } from './generations/create-models.ts';
import { forget } from './generations/end-generation.ts';
import { createHttp } from './http/create-http.ts';
import { type Clock, systemClock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { type Stops, startOrStop } from './lib/shutdown.ts';
import { createModeration } from './moderation/create-moderation.ts';
import { openPlatforms } from './platforms/open-platforms.ts';
import { createProvider } from './providers/create-provider.ts';
import { providerKind } from './providers/index.ts';
import type { ProviderKind } from './providers/kind.ts';
import { createQueue } from './queue/create-queue.ts';
import { createQuotas } from './quotas/create-quotas.ts';
import { createReplies } from './replies/create-replies.ts';
import { startOwnSandbox } from './sandbox/own-sandbox.ts';
import { openStore } from './store/store.ts';

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
  return await startOrStop(world.log, (stops) => start(config, world, stops));
}

async function start(config: Config, world: World, stops: Stops): Promise<Dailies> {
  const { clock = systemClock, random = Math.random, log } = world;
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
  const { provider, trustedOrigins, ...account } = await createProvider({
    ...base,
    kind,
    settings: config.ofProviders,
    keyv: store.keyv('provider'),
    mark: store.mark,
    lowUsd: config.LOW_BALANCE_USD,
    startSandbox: () => startOwnSandbox({ ...base, folder: config.DATA_DIR, speed: world.sandboxSpeed }),
  });
  const engine = createQueue({ ...base, line: store.queue, providerConcurrency: config.PROVIDER_CONCURRENCY });
  const videos = new KeptVideos(config.DATA_DIR);
  const { limits, quotaOf } = createQuotas({ ...base, store });
  const retentionMs = config.RETENTION_DAYS * 86_400_000;
  const pollIntervalMs = kind.pollIntervalMs ?? config.POLL_INTERVAL_MS;
  const rooms = { ...base, store, provider, engine, videos, limits, retentionMs, pollIntervalMs };

  const { media, spent, ...http } = await createHttp(rooms);
  const { platforms: chats, ...inputs } = await openPlatforms({ ...rooms, media, costs: !kind.standIn });
  const { models, modelsIn, durations } = await createModels({ ...rooms, onChanged: inputs.offerChanged });
  const clipOf = attachedClip.bind(undefined, store.deliveries);
  const replies = createReplies({ ...rooms, chats, durations, modelsIn, quotaOf, clipOf });
  const delivery = createDelivery({ ...rooms, chats, replies, mediaUrl: media.url, trustedOrigins });
  const { moderation, checks, ...logChannels } = createModeration({ ...rooms, chats, models, forget });
  const making = { ...rooms, chats, models, durations, replies, delivery, moderation, checks, spent };
  const { service, ...generations } = createGenerations(making);
  const url = await http.start(inputs.routes, inputs.bodyLimits);
  await generations.start();
  stops.keep('upkeep', [account, generations, logChannels]);
  await inputs.listen(createDispatch({ ...base, ...spoken, service, moderation }), service);
  return { url, playground: inputs.playground, stop: () => stops.stop() };
}
