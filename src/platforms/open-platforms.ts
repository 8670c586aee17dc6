import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import type { Dispatch } from '../../commands/command.ts';
import { buttons, commands, messageCommands } from '../../commands/index.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Stops } from '../lib/shutdown.ts';
import { LANGUAGES } from '../locales/languages.ts';
import type { Store } from '../store/store.ts';
import type { Platform } from './platform.ts';
import type { HomeSource } from './slack/home/home.ts';
import { createWeb } from './web/web.ts';

/** Dependencies of `openChats`. */
export interface OpenPlatformsParts {
  config: Config;
  store: Store;
  /** The address of a kept video on this bot's own pages, until a moment (ms). */
  media: { path: (generation: string, name: string, expiresAt: number) => string };
  /** `RETENTION_DAYS`, in ms. */
  retentionMs: number;
  /** Whether videos cost money at the provider. */
  costs: boolean;
  clock: Clock;
  log: Log;
  stops: Stops;
}

/** The chats that the settings turn on. */
export interface OpenPlatforms {
  /** By their names. */
  platforms: ReadonlyMap<string, Platform>;
  /** To be mounted at the root of the HTTP server. */
  routes: readonly Hono[];
  /** The largest body in bytes that they take, by path, where it is not the usual one. */
  bodyLimits: Readonly<Record<string, number>>;
  /** To be called when other models can be used than before; other chats ask each time. */
  offerChanged(): void;
  /** Whether the playground is among them. It has no login, so it is there only when no other chat is. */
  playground: boolean;
  /** Starts taking input, if this process does. @param news the contents of Home tabs. */
  listen(dispatch: Dispatch, news: HomeSource): Promise<void>;
}

const SAYABLE = { commands, buttons, messageCommands };

/** Opens the chats that the settings turn on; nothing is sent or taken yet. */
export async function openPlatforms(parts: OpenPlatformsParts): Promise<OpenPlatforms> {
  const { config, stops } = parts;
  const opened = [await openDiscord(parts), await openSlack(parts)].filter((chat) => chat !== undefined);
  const playground = opened.length === 0;
  if (playground) opened.push(openWeb(parts));
  for (const { platform } of opened) stops.add(platform.name, () => platform.close());
  const takingInput = config.ROLE === 'worker' ? [] : opened;
  return {
    platforms: new Map(opened.map(({ platform }) => [platform.name, platform])),
    routes: takingInput.flatMap(({ routes }) => routes),
    bodyLimits: Object.assign({}, ...opened.map(({ bodyLimits }) => bodyLimits)),
    offerChanged: () => {
      for (const { offerChanged } of opened) offerChanged?.();
    },
    playground,
    async listen(dispatch, news) {
      for (const { platform, showNews } of takingInput) {
        showNews?.(news);
        stops.add(`${platform.name} input`, () => platform.stop());
        await platform.listen(dispatch);
      }
    },
  };
}

interface Opened {
  platform: Platform;
  routes: readonly Hono[];
  bodyLimits: Readonly<Record<string, number>>;
  offerChanged?: () => void;
  /** From where Home tabs have their news. */
  showNews?: (news: HomeSource) => void;
}

async function openDiscord({ config, store, log, clock }: OpenPlatformsParts): Promise<Opened | undefined> {
  if (!config.DISCORD_TOKEN) return undefined;
  // Loaded only when it is used: discord.js alone takes about 50 MB of memory.
  const { createDiscord } = await import('./discord/discord.ts');
  const platform = createDiscord({
    ...SAYABLE,
    token: config.DISCORD_TOKEN,
    apiUrl: config.DISCORD_API_URL,
    guildId: config.DISCORD_GUILD_ID,
    publicKey: config.DISCORD_PUBLIC_KEY,
    shards: config.DISCORD_SHARDS,
    settings: store.keyv('discord'),
    log,
    clock,
  });
  return { platform, routes: platform.routes ? [platform.routes] : [], bodyLimits: platform.bodyLimits ?? {} };
}

async function openSlack({ config, store, log, clock }: OpenPlatformsParts): Promise<Opened | undefined> {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret = '', SECRET_KEY: secretKey = '' } = config;
  if (!config.SLACK_BOT_TOKEN && !clientId) return undefined;
  const { openSlack: open } = await import('./slack/open-slack.ts');
  return await open({
    ...SAYABLE,
    botToken: config.SLACK_BOT_TOKEN,
    install: clientId ? { clientId, clientSecret, secretKey, publicUrl: config.PUBLIC_URL ?? '' } : undefined,
    appToken: config.SLACK_APP_TOKEN,
    signingSecret: config.SLACK_SIGNING_SECRET,
    apiUrl: config.SLACK_API_URL,
    keyv: store.keyv('slack-installations'),
    // Slack repeats to any process the events that another one was too slow to acknowledge.
    ...(store.queue && { claim: (key, expiresAt) => store.keepFirst('slack-seen', key, '', expiresAt) }),
    log,
    clock,
  });
}

function openWeb({ config, costs, store, media, retentionMs, log, clock }: OpenPlatformsParts): Opened {
  if (costs && !isLoopback(config.HOST)) {
    log.warn({ host: config.HOST }, 'anybody who reaches the playground can spend money at the provider');
  }
  const platform = createWeb({
    ...SAYABLE,
    messages: store.webMessages,
    texts: LANGUAGES.en,
    mediaPath: (id, name) => media.path(id, name, clock.now() + retentionMs),
    clock,
    log,
    newId: randomUUID,
    ...(config.PUBLIC_URL && { allowedHosts: [new URL(config.PUBLIC_URL).host] }),
  });
  return { platform, routes: [platform.routes], bodyLimits: {}, offerChanged: () => platform.offerChanged() };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
