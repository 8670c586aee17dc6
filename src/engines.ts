import { randomUUID } from 'node:crypto';
import type { Config } from './config/config.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { createClusterEngine } from './queue/cluster.ts';
import type { Engine } from './queue/engine.ts';
import { createLocalEngine } from './queue/local.ts';
import { openStore, type Store } from './store/store.ts';

/**
 * Opens the database that the settings name.
 * @throws {StoreError}
 */
export async function openStoreFor(config: Config, { log, clock }: { log: Log; clock: Clock }): Promise<Store> {
  return await openStore(config.DATABASE_URL, {
    connections: config.DATABASE_POOL,
    // What one process has sealed or ordered, another could not open or ask for.
    identity: { SECRET_KEY: config.SECRET_KEY, AIMLAPI_KEY: config.AIMLAPI_KEY },
    now: () => clock.now(),
    onTrouble: (error) => log.warn({ err: error }, 'trouble with the database; trying again'),
  });
}

/** The engine that fits the database: over one that several processes share, they share the line, too. */
export function createEngine(config: Config, { queue }: Store, { log, clock }: { log: Log; clock: Clock }): Engine {
  const providerConcurrency = config.PROVIDER_CONCURRENCY;
  if (queue) return createClusterEngine({ queue, providerConcurrency, name: randomUUID(), clock, log });
  return createLocalEngine({ providerConcurrency, clock });
}
