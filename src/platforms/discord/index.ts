import { type APIApplication, RequestMethod, Routes } from 'discord.js';
import type { Button, Command } from '../../../commands/command.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Dispatch, Platform } from '../platform.ts';
import { DiscordApi } from './api.ts';
import { ConnectionRefused, untilReached } from './connect.ts';
import { isUnauthorised, toReplyError } from './errors.ts';
import { Gateway, WRONG_TOKEN } from './gateway.ts';
import { Interactions } from './interactions.ts';
import { Outgoing } from './outgoing.ts';
import { registerCommands, type Settings } from './register.ts';

/** What the Discord platform needs. */
export interface DiscordOptions {
  /** The bot token. */
  token: string;
  /** REST base without the version, such as `https://discord.com/api`. */
  apiUrl: string;
  /** Register the commands in this one server, at once; else for all. */
  guildId?: string | undefined;
  commands: readonly Command[];
  buttons: readonly Button[];
  /** Remembers which commands were registered last. */
  settings: Settings;
  log: Log;
  clock: Clock;
}

/** Discord edits one message about five times in five seconds; this leaves room for everyone else in the channel. */
const UPDATE_INTERVAL_MS = 2_500;

/** Discord as a platform. Nothing is sent before `listen`, `update`, `deliver` or `findDelivery` is called. */
export function createDiscord(options: DiscordOptions): Platform {
  const { token, apiUrl, log, clock } = options;
  const api = new DiscordApi({ token, apiUrl });
  const outgoing = new Outgoing({ api, clock });
  const interactions = new Interactions({ api, outgoing, buttons: options.buttons, log });
  const stopping = new AbortController();
  let gateway: Gateway | undefined;

  const reach = <T>(attempt: () => Promise<T>) => untilReached(attempt, { clock, log, signal: stopping.signal });

  const stop = async () => {
    stopping.abort();
    await gateway?.close();
    await interactions.idle();
  };

  return {
    name: 'discord',
    updateIntervalMs: UPDATE_INTERVAL_MS,
    async listen(dispatch: Dispatch) {
      const connection = new Gateway({
        token,
        apiUrl,
        log,
        clock,
        onInteraction: (interaction) => void interactions.handle(interaction, dispatch),
      });
      gateway = connection;
      const { id } = await reach(() => applicationOf(api));
      await registerCommands({
        ...options,
        api,
        applicationId: id,
        guildId: options.guildId,
        reach: (attempt) => reach(() => explaining(attempt, options.guildId)),
      });
      await reach(() => endedBy(stopping.signal, connection.open()));
    },
    stop,
    async close() {
      await stop();
      api.close();
    },
    update: (ref, card, signal) => outgoing.update(ref, card, 'edit', signal),
    deliver: (ref, card, file, signal) => outgoing.deliver(ref, card, file, signal),
    findDelivery: (ref, name, signal) => outgoing.findDelivery(ref, name, signal),
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

/** A refusal to register in a server names the setting that chose the server. */
async function explaining<T>(attempt: () => Promise<T>, guildId: string | undefined): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!guildId || toReplyError(error).kind !== 'gone') throw error;
    throw new ConnectionRefused(`DISCORD_GUILD_ID: expected a server that this bot was invited to, found ${guildId}`);
  }
}

/** Rejects as soon as the signal aborts, for work that cannot be told to stop. */
function endedBy<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
