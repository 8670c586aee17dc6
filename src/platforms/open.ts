import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { buttons, commands, messageCommands } from '../../commands/index.ts';
import type { Config } from '../config/config.ts';
import type { GenerationService } from '../generations/service.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { LANGUAGES } from '../locales/languages.ts';
import type { Store } from '../store/store.ts';
import type { Platform } from './platform.ts';
import { createWeb } from './web/web.ts';

/** Dependencies of `openChats`. */
export interface ChatsParts {
  store: Store;
  /** The address of a kept video on this bot's own pages, until a moment (ms). */
  mediaPath: (generation: string, name: string, expiresAt: number) => string;
  /** `RETENTION_DAYS`, in ms. */
  retentionMs: number;
  /** There as soon as somebody can say anything. */
  service: () => GenerationService;
  clock: Clock;
  log: Log;
}

/** The chats that the settings turn on. */
export interface Chats {
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
}

const SAYABLE = { commands, buttons, messageCommands };

/** Opens the chats that the settings turn on; nothing is sent or taken yet. */
export async function openChats(config: Config, parts: ChatsParts): Promise<Chats> {
  const opened = [await openDiscord(config, parts), await openSlack(config, parts)].filter(
    (chat) => chat !== undefined,
  );
  const playground = opened.length === 0;
  if (playground) opened.push(openWeb(config, parts));
  return {
    platforms: new Map(opened.map(({ platform }) => [platform.name, platform])),
    routes: opened.flatMap(({ routes }) => routes),
    bodyLimits: Object.assign({}, ...opened.map(({ bodyLimits }) => bodyLimits)),
    offerChanged: () => {
      for (const { offerChanged } of opened) offerChanged?.();
    },
    playground,
  };
}

interface Opened {
  platform: Platform;
  routes: readonly Hono[];
  bodyLimits: Readonly<Record<string, number>>;
  offerChanged?: () => void;
}

async function openDiscord(config: Config, { store, log, clock }: ChatsParts): Promise<Opened | undefined> {
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

async function openSlack(config: Config, { store, service, log, clock }: ChatsParts): Promise<Opened | undefined> {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret = '', SECRET_KEY: secretKey = '' } = config;
  if (!config.SLACK_BOT_TOKEN && !clientId) return undefined;
  const { openSlack: open } = await import('./slack/open.ts');
  return await open({
    ...SAYABLE,
    botToken: config.SLACK_BOT_TOKEN,
    install: clientId ? { clientId, clientSecret, secretKey, publicUrl: config.PUBLIC_URL ?? '' } : undefined,
    appToken: config.SLACK_APP_TOKEN,
    signingSecret: config.SLACK_SIGNING_SECRET,
    apiUrl: config.SLACK_API_URL,
    source: {
      quota: (viewer) => service().quota(viewer),
      listUnfinished: (viewer) => service().listUnfinished(viewer),
      listHistory: (viewer, page, size) => service().listHistory(viewer, page, size),
      listCommunity: (viewer, limit) => service().listCommunity(viewer, limit),
      usedToday: (viewer) => service().usedToday(viewer),
    },
    keyv: store.keyv('slack-installations'),
    // Slack repeats to any bot what another one was too slow to acknowledge.
    ...(store.queue && { claim: (key, expiresAt) => store.keepFirst('slack-seen', key, '', expiresAt) }),
    log,
    clock,
  });
}

function openWeb(config: Config, { store, mediaPath, retentionMs, log, clock }: ChatsParts): Opened {
  const platform = createWeb({
    ...SAYABLE,
    messages: store.webMessages,
    texts: LANGUAGES.en,
    mediaPath: (id, name) => mediaPath(id, name, clock.now() + retentionMs),
    clock,
    log,
    newId: randomUUID,
    ...(config.PUBLIC_URL && { allowedHosts: [new URL(config.PUBLIC_URL).host] }),
  });
  return { platform, routes: [platform.routes], bodyLimits: {}, offerChanged: () => platform.offerChanged() };
}
