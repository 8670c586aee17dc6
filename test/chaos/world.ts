import { createLog } from '../../src/lib/log.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/index.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/index.ts';
import { sharedClock } from '../support/clock.ts';
import { PATIENCE_MS } from '../support/patience.ts';

/**
 * How much faster than the machine's clock a run of one process lives. All its processes share the time, which goes on
 * while the machine has no time for one of them; so it is slow enough that nothing of the bot's passes by meanwhile.
 */
const SPEED = 20;

/** Who asks: each in turn, so often in Discord. */
export interface Crowd {
  inDiscord: number;
  discord: readonly { userId?: string; guildId?: string; channelId?: string }[];
  slack: readonly { user: string }[];
}

/** What is outside the bot: the provider and two chats, all on this machine, with ledgers of what reached them. */
export interface World {
  sandbox: Sandbox;
  discord: FakeDiscord;
  slack: FakeSlack;
  crowd: Crowd;
  /** How much faster than the machine's clock everything lives. */
  speed: number;
  /** Settings of a bot in this world. */
  settings: Record<string, string>;
  stop(): Promise<void>;
}

/** What can be chosen about a world. */
export interface WorldOptions {
  speed: number;
  /** How long a video takes, in ms of the world's time. */
  durationMs: number;
  /** How long the provider's log lags behind, in ms of the world's time. */
  logLagMs: number;
  /** Whether a request is in the provider's log once it is accepted, or only once it has ended. */
  logAt: 'accepted' | 'end';
  /** How far the provider's clock is ahead of the bot's, in ms. */
  skewMs: number;
  /** After which a generation counts as timed out, in ms of the world's time. */
  timeoutMs: number;
  /** Connections of Discord's gateway. */
  shards: number;
  crowd: Crowd;
}

/** Shorter than some of the outages. */
const TIMEOUT_MS = 120_000;

/** An outage of the bot that is longer than that, in ms of the machine's clock. */
export const LONG_OUTAGE_MS = (1.2 * TIMEOUT_MS) / SPEED;

/** The provider's requests that its log may be asked a minute, of the world's time. */
const LOGS_PER_MINUTE = 200;

export const ALONE: WorldOptions = {
  speed: SPEED,
  durationMs: 12_000,
  logLagMs: 8_000,
  logAt: 'accepted',
  skewMs: 0,
  timeoutMs: TIMEOUT_MS,
  shards: 1,
  crowd: { inDiscord: 0.5, discord: [{}], slack: [{ user: 'U1' }] },
};

/** Starts a world, by default one for a single bot; its time runs fast from now on. */
export async function startWorld(folder: string, options: WorldOptions = ALONE): Promise<World> {
  const { speed, durationMs, logLagMs, logAt, skewMs, timeoutMs, shards, crowd } = options;
  const epoch = Date.now();
  const sandbox = await startSandbox({
    clock: sharedClock(speed, epoch),
    log: createLog('silent', []),
    key: 'chaos-key',
    shortSide: 32,
    durationMs,
    logLagMs,
    logAt,
    skewMs,
    logsPerMinute: LOGS_PER_MINUTE,
  });
  const discord = await startFakeDiscord({ shards, acknowledgeMs: PATIENCE_MS });
  // A workspace takes 50 edits in a real minute, of which a run has a few seconds.
  const slack = await startFakeSlack({ updatesPerMinute: 100_000 });
  return {
    sandbox,
    discord,
    slack,
    crowd,
    speed,
    settings: {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      PORT: '0',
      DATA_DIR: folder,
      DATABASE_URL: `sqlite:${folder}/dailies.db`,
      PROVIDER: 'aimlapi',
      AIMLAPI_KEY: 'chaos-key',
      AIMLAPI_BASE_URL: sandbox.url,
      ALLOW_PRIVATE_MEDIA_HOSTS: 'true',
      POLL_INTERVAL_MS: '4000',
      GENERATION_TIMEOUT_MS: String(timeoutMs),
      MEMBER_CONCURRENCY: '2',
      MEMBER_QUEUE: '100',
      MEMBER_RATE: '1000/second',
      DEFAULT_QUOTA: '1000/day',
      CHAOS_EPOCH: String(epoch),
      CHAOS_SPEED: String(speed),
    },
    async stop() {
      await Promise.all([discord.close(), slack.close(), sandbox.stop()]);
    },
  };
}
