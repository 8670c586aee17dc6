import { join } from 'node:path';
import { startDailies } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { type Generation, UNFINISHED_STATES } from '../../src/domain/generation.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { PROVIDERS } from '../../src/providers/index.ts';
import { openStore } from '../../src/store/store.ts';
import { WebClient } from '../../test/support/web-client.ts';

/** How often the bot is asked whether it is done, in ms of the machine's clock. */
const LOOK_MS = 250;

/** The settings of a bot of a bench: as they come, but for the limits that would make many videos wait for their turn. */
export function benchSettings(folder: string, providerUrl: string): Record<string, string> {
  return {
    PORT: '0',
    DATA_DIR: folder,
    DATABASE_URL: `sqlite:${join(folder, 'dailies.db')}`,
    PROVIDER: 'aimlapi',
    AIMLAPI_KEY: 'bench-key',
    AIMLAPI_BASE_URL: providerUrl,
    ALLOW_PRIVATE_MEDIA_HOSTS: 'true',
    MEMBER_CONCURRENCY: '1000',
    MEMBER_QUEUE: '1000',
    MEMBER_RATE: '10000/second',
    PROVIDER_CONCURRENCY: '2000',
    DEFAULT_QUOTA: '1000000/day',
    LOG_LEVEL: 'warn',
  };
}

/** The whole bot in this process, with the playground as its chat. */
export interface Bot {
  chat: WebClient;
  /** Resolves when so many generations have come to an end. @throws {Error} when that takes unreasonably long. */
  ended(count: number, limitMs: number): Promise<void>;
  stop(): Promise<void>;
  /** These generations as its database has them, without those that it does not know. Only after `stop`. */
  read(ids: readonly string[]): Promise<Generation[]>;
}

/** Starts a bot on an empty database in this folder. Its warnings go to standard error. */
export async function startBot(options: {
  folder: string;
  providerUrl: string;
  clock: Clock;
  random: () => number;
}): Promise<Bot> {
  const { folder, providerUrl, clock, random } = options;
  const config = readConfig(benchSettings(folder, providerUrl), PROVIDERS);
  const log = createLog(config.LOG_LEVEL, [], process.stderr);
  const dailies = await startDailies(config, { log, clock, random });
  return {
    chat: new WebClient(() => dailies.url),
    async ended(count, limitMs) {
      const end = clock.now() + limitMs;
      while (true) {
        const counts = await countByState(dailies.url);
        const open = UNFINISHED_STATES.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
        const all = [...counts.values()].reduce((sum, value) => sum + value, 0);
        if (open === 0 && all === count) return;
        if (clock.now() > end)
          throw new Error(`expected ${count} generations to end, got ${JSON.stringify([...counts])}`);
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    },
    stop: () => dailies.stop(),
    async read(ids) {
      const store = await openStore(config.DATABASE_URL);
      try {
        const found = await Promise.all(ids.map((id) => store.generations.find(id)));
        return found.filter((generation) => generation !== undefined);
      } finally {
        await store.close();
      }
    },
  };
}

async function countByState(url: string): Promise<Map<string, number>> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const lines = metrics.matchAll(/^dailies_generations\{state="(\w+)"\} (\d+)$/gm);
  return new Map([...lines].map(([, state = '', count]) => [state, Number(count)]));
}
