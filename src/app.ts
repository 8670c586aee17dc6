import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createDispatch } from '../commands/dispatch.ts';
import { buttons, commands, forms, messageCommands } from '../commands/index.ts';
import type { Config } from './config/config.ts';
import { identityOf } from './config/several-processes.ts';
import { Delivery } from './delivery/delivery.ts';
import { Guard } from './delivery/guard.ts';
import { KeptVideos } from './delivery/kept-videos.ts';
import { Acceptance } from './generations/acceptance.ts';
import { keepChecking } from './generations/background-checks.ts';
import { DraftRequests } from './generations/draft-requests.ts';
import { Durations } from './generations/durations.ts';
import { forget } from './generations/end-generation.ts';
import { LostRequests } from './generations/lost-requests.ts';
import { ModelList } from './generations/model-list.ts';
import { Pipeline } from './generations/pipeline.ts';
import { PollAnswers } from './generations/poll-answers.ts';
import { Replacement } from './generations/replacement.ts';
import { keepRetention } from './generations/retention.ts';
import { keepRetryingReplies } from './generations/retry-replies.ts';
import { Running } from './generations/running.ts';
import { GenerationService } from './generations/service.ts';
import { createApp } from './http/app.ts';
import { createHealth } from './http/health.ts';
import { createMedia } from './http/media.ts';
import { createMetrics } from './http/metrics.ts';
import { startHttp } from './http/server.ts';
import { type Clock, systemClock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { Stops } from './lib/shutdown.ts';
import { Moderation } from './moderation/door.ts';
import { keepLogChannels } from './moderation/log-channel.ts';
import { checkPolicy } from './moderation/policy.ts';
import { createPromptFilter } from './moderation/prompt-filter/prompt-filter.ts';
import { openChats } from './platforms/open.ts';
import { keepBalance } from './providers/balance.ts';
import { createProvider } from './providers/create-provider.ts';
import { providerKind } from './providers/index.ts';
import type { ProviderKind } from './providers/kind.ts';
import { createQueue } from './queue/create-queue.ts';
import type { Limits } from './quotas/admission.ts';
import { quotaStatus } from './quotas/quota.ts';
import { actionPrices } from './replies/prices.ts';
import { Replies } from './replies/replies.ts';
import { Updates } from './replies/updates.ts';
import { startSandbox } from './sandbox/sandbox.ts';
import { openStore, type Store } from './store/store.ts';

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
 * Puts all parts together and starts them.
 * @throws {Error} with a plain message when something that is needed cannot be had; nothing is left running then.
 */
export async function startDailies(config: Config, world: World): Promise<Dailies> {
  const { log, clock = systemClock, random = Math.random } = world;
  const kind = providerKind(config.PROVIDER, world.providers);
  const parts = new Stops(log);
  try {
    const store = await openStore(config.DATABASE_URL, {
      connections: config.DATABASE_POOL,
      // What one process has sealed or ordered, another could not open or ask for.
      identity: identityOf(config, kind),
      now: () => clock.now(),
      onTrouble: (error) => log.warn({ err: error }, 'trouble with the database; trying again'),
    });
    parts.add('store', () => store.close());
    const videos = new KeptVideos(config.DATA_DIR);
    const { provider, trustedOrigins } = await startProvider(config, { ...world, clock }, store, parts);
    const guard = new Guard({ allowPrivate: config.ALLOW_PRIVATE_MEDIA_HOSTS, trustedOrigins });
    parts.add('downloads', () => guard.stop());
    const media = createMedia({ videos, secret: await mediaSecret(store), publicUrl: config.PUBLIC_URL, clock });
    const retentionMs = config.RETENTION_DAYS * DAY_MS;

    const chats = await openChats(config, {
      store,
      mediaPath: media.path,
      retentionMs,
      service: () => service,
      clock,
      log,
    });
    const { platforms } = chats;

    const engine = createQueue({ line: store.queue, providerConcurrency: config.PROVIDER_CONCURRENCY, clock, log });
    const metrics = createMetrics({
      countByState: () => store.generations.countByState(),
      running: () => engine.running(),
    });
    const models = new ModelList({
      provider,
      keyv: store.keyv('provider'),
      leads: store.leads,
      wanted: config.MODELS,
      clock,
      log,
    });
    models.onChanged(() => chats.offerChanged());
    await models.start();
    const lost = new LostRequests({
      provider,
      mark: store.mark('looks'),
      newId: randomUUID,
      clock,
      random,
      log,
    });
    const durations = new Durations(store.generations, clock);
    const updates = new Updates(platforms, clock, log);
    const limits: Limits = {
      pace: { concurrency: config.MEMBER_CONCURRENCY, waiting: config.MEMBER_QUEUE, rate: config.MEMBER_RATE },
      quota: config.DEFAULT_QUOTA,
    };
    const replies = new Replies({
      generations: store.generations,
      expected: (generation) => durations.expected(generation),
      engine,
      pause: () => provider.askPause(),
      updates,
      quotaOf: (generation) => quotaStatus(store, generation, limits.quota, clock.now()),
      isFree: async ({ id }) => (await store.holds.stateOf(id)) === 'released',
      clipOf: (generation) => delivery.attached(generation),
      pricesOf: async ({ request, community }) => actionPrices(request, await acceptance.models(community)),
      clock,
    });
    const delivery = new Delivery({
      videos,
      deliveries: store.deliveries,
      chats: platforms,
      cardOf: (generation, clip) => replies.cardOf(generation, clip),
      guard,
      clock,
      mediaUrl: media.url,
      providerLinkMs: provider.linkMs,
      retentionMs,
    });
    const replacement = new Replacement({ store, models, limits, clock, random, log });
    const pipeline = new Pipeline({
      store,
      provider,
      delivery,
      replies,
      durations,
      lost,
      answers: new PollAnswers(),
      spent: metrics.spent,
      replacement,
      clock,
      random,
      log,
      pollIntervalMs: kind.pollIntervalMs ?? config.POLL_INTERVAL_MS,
      timeoutMs: config.GENERATION_TIMEOUT_MS,
    });
    const running = new Running({ store, engine, pipeline, replies, provider, clock, log });
    const tools = { clock, newId: randomUUID, limits, models, videos, chats: platforms, forget, log };
    const moderation = new Moderation(store, tools);
    const acceptance = new Acceptance({
      store,
      engine,
      running,
      provider,
      replies,
      durations,
      moderation: { judge: createPromptFilter((community) => store.words.list(community)), check: checkPolicy },
      limits,
      mostUnfinished: config.TOTAL_QUEUE,
      allowDirect: config.ALLOW_DIRECT_MESSAGES,
      models,
      replacement,
      clock,
      random,
      newId: randomUUID,
      log,
    });
    const service = new GenerationService({
      store,
      engine,
      acceptance,
      drafts: new DraftRequests({ store, acceptance, replacement, clock, newId: randomUUID }),
      moderation,
      provider,
      replies,
      delivery,
      videos,
      chats: platforms,
      durations,
      spent: metrics.spent,
      limits,
      clock,
      log,
    });

    const app = createApp({ log, bodyLimits: chats.bodyLimits });
    const health = createHealth({
      check: async () => void (await store.generations.countByState()),
      pause: () => provider.paused(),
      clock,
      log,
    });
    const takesInput = config.ROLE !== 'worker';
    const inputs = takesInput ? chats.routes : [];
    for (const routes of [health.routes, metrics.routes, media.routes, ...inputs]) app.route('/', routes);

    if (chats.playground && !kind.standIn && !isLoopback(config.HOST)) {
      log.warn({ host: config.HOST }, 'anybody who reaches the playground can spend money at the provider');
    }
    for (const platform of platforms.values()) parts.add(platform.name, () => platform.close());
    parts.add('updates', async () => updates.stop());
    const http = await startHttp({ host: config.HOST, port: config.PORT, app, log });
    parts.add('http', () => http.close());
    parts.add('generations', () => running.stop());
    if (config.ROLE !== 'bot') await running.start();
    const upkeep = new AbortController();
    const kept = [
      keepRetention({ store, videos, clock, log, retentionMs }, upkeep.signal),
      provider.keepHearing(upkeep.signal),
      models.keepUp(upkeep.signal),
      keepChecking({ store, lost, provider, engine, replies, limits, spent: metrics.spent, clock, log }, upkeep.signal),
      ...(config.LOW_BALANCE_USD === undefined
        ? []
        : [keepBalance({ provider, lowUsd: config.LOW_BALANCE_USD, clock, log }, upkeep.signal)]),
      keepRetryingReplies({ store, replies, clock, log, shared: engine.shared }, upkeep.signal),
      keepLogChannels({ store, chats: platforms, clock, log }, upkeep.signal),
    ];
    parts.add('upkeep', async () => {
      upkeep.abort();
      await Promise.all(kept);
    });
    const dispatch = createDispatch({
      commands,
      buttons,
      forms,
      messageCommands,
      service,
      moderation,
      clock,
      log,
    });
    for (const platform of takesInput ? platforms.values() : []) {
      parts.add(`${platform.name} input`, () => platform.stop());
      await platform.listen(dispatch);
    }
    return { url: http.url, playground: chats.playground, stop: () => parts.stop() };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

async function startProvider(config: Config, world: World & { clock: Clock }, store: Store, parts: Stops) {
  const { log, clock, sandboxSpeed, providers } = world;
  const common = { keyv: store.keyv('provider'), mark: store.mark, newId: randomUUID, log, clock };
  const startOwnSandbox = async () => {
    const key = randomBytes(16).toString('hex');
    const dataDir = join(config.DATA_DIR, 'sandbox');
    const sandbox = await startSandbox({ key, dataDir, log, clock, ...(sandboxSpeed && { speed: sandboxSpeed }) });
    parts.add('sandbox', () => sandbox.stop());
    return { url: sandbox.url, key };
  };
  const made = await createProvider(config, { ...common, startSandbox: startOwnSandbox }, providers);
  parts.add('provider', () => made.provider.stop());
  return made;
}

/** The key that signs media links; made once, so that links outlive a restart. */
async function mediaSecret(store: Store): Promise<string> {
  const settings = store.keyv('http');
  const known = await settings.get('media-secret');
  if (typeof known === 'string') return known;
  // Of several processes that start at once, one makes it for all.
  await store.keepFirst('http', 'media-secret', randomBytes(32).toString('hex'));
  return String(await settings.get('media-secret'));
}
