import type { Clock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/index.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/index.ts';
import { fastClock } from '../support/clock.ts';

/** How much faster than the machine's clock a run lives. */
const SPEED = 40;

/** What is outside the bot: the provider and two chats, all on this machine, with ledgers of what reached them. */
export interface World {
  sandbox: Sandbox;
  discord: FakeDiscord;
  slack: FakeSlack;
  clock: Clock;
  /** Settings of a bot in this world. */
  settings: Record<string, string>;
  stop(): Promise<void>;
}

/** Starts a world. @param epoch the moment (ms) from which its time runs fast. */
export async function startWorld(folder: string, epoch = Date.now()): Promise<World> {
  const clock = fastClock(SPEED, epoch);
  const sandbox = await startSandbox({
    clock,
    log: createLog('silent', []),
    key: 'chaos-key',
    shortSide: 32,
    durationMs: 12_000,
    logLagMs: 8_000,
  });
  const discord = await startFakeDiscord();
  // A workspace takes 50 edits in a real minute, of which a run has a few seconds.
  const slack = await startFakeSlack({ updatesPerMinute: 100_000 });
  return {
    sandbox,
    discord,
    slack,
    clock,
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
      MEMBER_CONCURRENCY: '2',
      MEMBER_QUEUE: '100',
      MEMBER_RATE: '1000/second',
      DEFAULT_QUOTA: '1000/day',
      CHAOS_EPOCH: String(epoch),
      CHAOS_SPEED: String(SPEED),
    },
    async stop() {
      await Promise.all([discord.close(), slack.close(), sandbox.stop()]);
    },
  };
}
