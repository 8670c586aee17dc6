import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Dailies, startDailies } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { PROVIDERS } from '../../src/providers/index.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { fastClock } from './clock.ts';
import { putDatabase } from './fresh-database.ts';
import { type Answering, startGateway } from './gateway.ts';
import { recordingLog } from './log.ts';
import { tempFolder } from './temp.ts';
import { WebClient } from './web-client.ts';

/** The whole bot in this process, with the playground as its chat and a sandbox as the AI/ML API. */
export interface House {
  chat: WebClient;
  sandbox: Sandbox;
  /** `DATA_DIR` */
  folder: string;
  /** All lines that were logged. */
  lines: string[];
  url: string;
  clock: Clock;
  /** Sets the bot's own clock ahead of the house's, as an operator or the network would; negative: behind it. */
  setOwnClock(aheadMs: number): void;
  stop(): Promise<void>;
  /** Stops the bot and starts it anew on the same data; the sandbox goes on meanwhile. */
  restart(settings?: Record<string, string>): Promise<void>;
}

/** Settings under which a house is in Discord instead of the playground. */
export function inDiscord(fake: { token: string; apiUrl: string }): Record<string, string> {
  return { DISCORD_TOKEN: fake.token, DISCORD_API_URL: fake.apiUrl };
}

/** Settings under which a house is in Slack by Socket Mode instead of the playground. */
export function inSlack(fake: { botToken: string; appToken: string; apiUrl: string }): Record<string, string> {
  return { SLACK_BOT_TOKEN: fake.botToken, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl };
}

/** How much faster than the machine's clock the house lives. */
const SPEED = 20;

/**
 * Starts a house; it is stopped at the end of the running test.
 * @param options `settings` as in the environment; `sandbox` goes to the sandbox, whose clips are small unless told.
 */
export async function startHouse(
  options: {
    settings?: Record<string, string>;
    sandbox?: Partial<SandboxOptions>;
    speed?: number;
    /** What a gateway between the bot and the sandbox answers itself. @default there is none */
    gateway?: Answering;
    /** What is done before the bot starts, for example to its database. */
    prepare?: (house: Pick<House, 'folder' | 'sandbox' | 'clock'>) => Promise<void>;
  } = {},
): Promise<House> {
  const clock = fastClock(options.speed ?? SPEED);
  let aheadMs = 0;
  const own: Clock = { now: () => clock.now() + aheadMs, sleep: clock.sleep };
  const { log, lines } = recordingLog(['house-key']);
  const sandbox = await startSandbox({ clock, log, key: 'house-key', shortSide: 32, ...options.sandbox });
  onTestFinished(() => sandbox.stop());
  const gateway = options.gateway && (await startGateway(sandbox.url, clock, options.gateway));
  const folder = await tempFolder();
  const env = {
    PORT: '0',
    DATA_DIR: folder,
    DATABASE_URL: `sqlite:${join(folder, 'dailies.db')}`,
    PROVIDER: 'aimlapi',
    AIMLAPI_KEY: 'house-key',
    AIMLAPI_BASE_URL: gateway?.url ?? sandbox.url,
    ALLOW_PRIVATE_MEDIA_HOSTS: 'true',
    POLL_INTERVAL_MS: '2000',
    MEMBER_RATE: '1000/second',
    DEFAULT_QUOTA: '1000/day',
    ...options.settings,
  };
  if (options.prepare) await options.prepare({ folder, sandbox, clock });
  else await putDatabase(folder);
  let dailies: Dailies = await startDailies(readConfig(env, PROVIDERS), { log, clock: own });
  onTestFinished(() => dailies.stop());
  const house: House = {
    chat: new WebClient(() => dailies.url),
    sandbox,
    folder,
    lines,
    clock,
    setOwnClock(ms) {
      aheadMs = ms;
    },
    get url() {
      return dailies.url;
    },
    stop: () => dailies.stop(),
    async restart(settings = {}) {
      await dailies.stop();
      dailies = await startDailies(readConfig({ ...env, ...settings }, PROVIDERS), { log, clock: own });
    },
  };
  return house;
}
