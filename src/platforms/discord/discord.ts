import { type APIApplication, type APIInteraction, RequestMethod, Routes } from 'discord.js';
import type { Hono } from 'hono';
import type { Button, Command, Dispatch, MessageCommand } from '../../../commands/command.ts';
import type { Shards } from '../../config/several-processes.ts';
import type { ReplyError } from '../../domain/reply.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { LANGUAGES } from '../../locales/languages.ts';
import type { Platform } from '../platform.ts';
import { ConnectionRefused, untilReached } from '../shared/until-reached.ts';
import { DiscordApi } from './api.ts';
import { isUnauthorised, toReplyError } from './errors.ts';
import { Gateway, WRONG_TOKEN } from './gateway.ts';
import { createInteractionEntry, INTERACTION_LIMIT_BYTES, INTERACTIONS_PATH } from './http.ts';
import { Interactions } from './interactions.ts';
import { inviteLink } from './invite.ts';
import type { Languages } from './localisations.ts';
import { DiscordOutgoing } from './outgoing.ts';
import { registerCommands, type Settings } from './register.ts';

/** Settings and dependencies of the Discord platform. */
export interface DiscordOptions {
  /** The bot token. */
  token: string;
  /** REST base without the version, such as `https://discord.com/api`. */
  apiUrl: string;
  /** Register the commands in this one server, at once; else for all. */
  guildId?: string | undefined;
  /** Which gateway connections are opened here. @default all that Discord asks for */
  shards?: Shards | undefined;
  commands: readonly Command[];
  buttons: readonly Button[];
  messageCommands: readonly MessageCommand[];
  /** The texts in which commands are registered. @default all that there are */
  languages?: Languages;
  /** With it, interactions arrive by HTTP at `routes`, and there is no gateway connection. */
  publicKey?: string | undefined;
  /** Remembers which commands were registered last. */
  settings: Settings;
  log: Log;
  clock: Clock;
}

/** Discord edits one message about five times in five seconds; this leaves room for everyone else in the channel. */
const UPDATE_INTERVAL_MS = 2_500;

/** Discord; with `routes` when interactions arrive by HTTP, to be mounted at the root of the HTTP server. */
export interface DiscordPlatform extends Platform {
  routes?: Hono;
  /** The largest body in bytes that `routes` take, by path. */
  bodyLimits?: Readonly<Record<string, number>>;
}

/**
 * Discord as a platform. Nothing is sent before `listen` or a method of the outgoing half is called.
 * @throws {RangeError} when the public key is not valid.
 */
export function createDiscord(options: DiscordOptions): DiscordPlatform {
  const { token, apiUrl, publicKey, guildId, shards, log, clock } = options;
  const api = new DiscordApi({ token, apiUrl });
  const outgoing = new DiscordOutgoing({ api, clock, log });
  const interactions = new Interactions({ ...options, api, outgoing });
  const stopping = new AbortController();
  let listening: Dispatch | undefined;

  // Interactions are handled in the same way, whichever entry they came through.
  const onInteraction = (interaction: APIInteraction) => {
    if (listening && !stopping.signal.aborted) void interactions.handle(interaction, listening);
  };
  const entry = { clock, log, onInteraction };
  const gateway = publicKey ? undefined : new Gateway({ ...entry, token, apiUrl, shards });
  const reaching = { chat: 'Discord', toReplyError, refusal: plainly, clock, log, signal: stopping.signal };
  const reach = <T>(attempt: () => Promise<T>) => untilReached(attempt, reaching);

  const stop = async () => {
    stopping.abort();
    await gateway?.close();
    await interactions.idle();
  };

  return {
    name: 'discord',
    updateIntervalMs: UPDATE_INTERVAL_MS,
    ...(publicKey && {
      routes: createInteractionEntry({ ...entry, publicKey }),
      bodyLimits: { [INTERACTIONS_PATH]: INTERACTION_LIMIT_BYTES },
    }),
    async listen(dispatch: Dispatch) {
      const { id: applicationId } = await reach(() => applicationOf(api));
      const explained = <T>(attempt: () => Promise<T>) => reach(() => explaining(attempt, guildId));
      const registering = { languages: LANGUAGES, ...options, api, applicationId, guildId, reach: explained };
      await registerCommands(registering);
      listening = dispatch;
      if (gateway) await reach(() => endedBy(stopping.signal, gateway.open()));
      log.info({ url: inviteLink(applicationId) }, 'invite link');
    },
    stop,
    async close() {
      await stop();
      api.close();
    },
    update: (ref, card, how) => outgoing.update(ref, card, how),
    deliver: (ref, card, file, signal) => outgoing.deliver(ref, card, file, signal),
    findDelivery: (ref, name, signal) => outgoing.findDelivery(ref, name, signal),
    post: (community, channel, card) => outgoing.post(community, channel, card),
    remove: (ref) => outgoing.remove(ref),
  };
}

async function applicationOf(api: DiscordApi): Promise<Pick<APIApplication, 'id'>> {
  try {
    return (await api.send('answer', {
      method: RequestMethod.Get,
      route: Routes.currentApplication(),
      bot: true,
    })) as APIApplication;
  } catch (error) {
    throw isUnauthorised(error) ? new ConnectionRefused(WRONG_TOKEN) : error;
  }
}

function plainly({ message }: ReplyError): string {
  return message.replace(/^reply \w+: /, '').replaceAll(/\s+/g, ' ');
}

/** A refusal to register in a server names the setting that chose the server. */
async function explaining<T>(attempt: () => Promise<T>, guildId: string | undefined): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!guildId || toReplyError(error).kind !== 'gone') throw error;
    throw new ConnectionRefused(`DISCORD_GUILD_ID: expected a server that this bot was invited to, found ${guildId}`);
  }
}

/** Rejects as soon as the signal aborts, for work that cannot be stopped. */
function endedBy<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
