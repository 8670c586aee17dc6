import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Fault, Faults } from './faults.ts';
import { FakeGateway } from './gateway.ts';
import { Handle } from './handle.ts';
import {
  type Actor,
  ids,
  type Options,
  rawCommand,
  rawMessageCommand,
  rawPress,
  rawSubmit,
  type Target,
} from './raw.ts';
import { createRoutes } from './routes.ts';
import { createRestServer } from './server.ts';
import { type Edit, type FakeMessage, State } from './state.ts';

/** What can be chosen about the fake. */
export interface FakeDiscordOptions {
  /** The only bot token that is accepted. */
  token?: string;
  /** How long an interaction's token lives, in ms; 15 minutes if not given. */
  tokenLifeMs?: number;
  /** Close code with which the gateway answers every IDENTIFY. */
  refuseGatewayWith?: number;
  /** The heartbeat interval that the gateway asks for, in ms. */
  heartbeatMs?: number;
  /** How long an interaction waits for its acknowledgement, in ms; 3 seconds if not given. */
  acknowledgeMs?: number;
  /** How many connections the gateway asks for; 1 if not given. */
  shards?: number;
  /** How many connections may be opened today. */
  sessions?: { remaining: number; resetAfterMs: number };
}

const DAY_MS = 86_400_000;

/** A Discord on this machine: real HTTP and WebSocket, the protocol as documented, no chat. */
export async function startFakeDiscord(options: FakeDiscordOptions = {}) {
  const token = options.token ?? 'fake-bot-token.for.tests';
  const state = new State();
  const faults = new Faults();
  const sessions = options.sessions ?? { remaining: 999, resetAfterMs: DAY_MS };
  let tokenLifeMs = options.tokenLifeMs ?? 15 * 60_000;
  const routes = createRoutes(state, {
    gatewayUrl: () => gateway.url(),
    acknowledgeMs: options.acknowledgeMs ?? 3_000,
    get tokenLifeMs() {
      return tokenLifeMs;
    },
    shards: options.shards ?? 1,
    sessions,
  });
  const server = createRestServer({ state, faults, token, routes: () => routes });
  const gateway = new FakeGateway(state, server, {
    token,
    heartbeatMs: options.heartbeatMs ?? 41_250,
    refuseWith: options.refuseGatewayWith,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  let sendBy = (raw: Raw): void => void gateway.dispatch('INTERACTION_CREATE', raw);
  const send = (raw: Raw): Handle => {
    const interaction = state.interactions.get(raw.token);
    if (!interaction) throw new Error('expected a remembered interaction');
    sendBy(raw);
    return new Handle(state, interaction);
  };

  return {
    token,
    /** As `DISCORD_API_URL`. */
    apiUrl: `http://127.0.0.1:${port}/api`,
    applicationId: state.applicationId,
    gateway,
    /** Every request that came in, with the status it got. */
    ledger: state.ledger,
    /** Every message body that came in, in order. */
    edits: state.edits as readonly Edit[],
    /** What the bot did against Discord's rules; empty when all is well. */
    violations: state.violations as readonly string[],
    /** Registered commands by `global` or guild id. */
    commands: state.commands,
    /** Makes the next matching requests fail. */
    fault: (fault: Fault) => faults.add(fault),
    /** Somebody uses a slash command. */
    slash: ({ name, options: given = {}, ...actor }: Actor & { name: string; options?: Options }) =>
      send(rawCommand(state, name, given, actor)),
    /** Somebody types in an option that completes itself: `focused`. */
    autocomplete: (typing: Actor & { name: string; options: Options; focused: string }) => {
      const { name, options: given, focused, ...actor } = typing;
      return send(rawCommand(state, name, given, actor, focused));
    },
    /** Somebody uses a command of a message's menu. */
    messageCommand: ({ name, target, ...actor }: Actor & { name: string; target: Target }) =>
      send(rawMessageCommand(state, name, target, actor)),
    /** Somebody sends the form that an interaction opened; fields without a value stay as they were. */
    submit: (opener: Handle, values: Record<string, string> = {}) => send(rawSubmit(state, opener.interaction, values)),
    /** From now on, interactions come another way than by the gateway. */
    sendBy: (way: (raw: Raw) => void) => {
      sendBy = way;
    },
    /** Somebody takes no direct messages, or takes them again. */
    closeDirect: (userId: string) => void state.closed.add(userId),
    openDirect: (userId: string) => void state.closed.delete(userId),
    /** What somebody has in their direct messages. */
    direct: (userId: string): FakeMessage[] =>
      [...state.messages.values()].filter(
        ({ channelId, deleted }) => channelId === state.directs.get(userId) && !deleted,
      ),
    /** A channel of a server that the bot can see; by itself it knows those in which somebody did something. */
    channel: (channelId: string, guildId: string, type = 0) => void state.channels.set(channelId, { guildId, type }),
    /** What people see in a channel, the oldest first. */
    messagesIn: (channelId: string): FakeMessage[] =>
      [...state.messages.values()].filter((message) => message.channelId === channelId && !message.deleted),
    /** Every message that is there, in servers and direct ones. */
    allMessages: (): FakeMessage[] => [...state.messages.values()].filter(({ deleted }) => !deleted),
    /** The server and the channel in which people do things, unless it is said. */
    here: { guildId: ids.guild, channelId: ids.channel },
    /** The bot may not use a channel any more. */
    deny: (channelId: string, code: 10003 | 50001 | 50013) => void state.denied.set(channelId, code),
    /** How long tokens live from now on, in ms; those of earlier interactions too. */
    setTokenLife: (ms: number) => {
      tokenLifeMs = ms;
    },
    /** Connections may be opened again, so many. */
    allowSessions: (remaining: number) => {
      sessions.remaining = remaining;
    },
    /** Somebody presses a button on a message. */
    press: (message: FakeMessage, customId: string, actor: Actor = {}) =>
      send(rawPress(state, message, customId, actor)),
    /** A message that is there. */
    messageOf: (id: string) => state.getMessage(id),
    /** Somebody deletes a message. */
    remove: (message: FakeMessage) => {
      state.getMessage(message.id).deleted = true;
    },
    /** Resolves when `look` finds something; it looks after each request and gateway event, and after `lookAgain`. */
    until: <T>(look: () => T | undefined) => state.waits.until(look, () => JSON.stringify(state.ledger.slice(-5))),
    lookAgain: () => state.changed(),
    close: async () => {
      state.waits.end();
      gateway.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An interaction as Discord sends it. */
interface Raw {
  token: string;
  guild_id?: string;
}

/** A running fake. */
export type FakeDiscord = Awaited<ReturnType<typeof startFakeDiscord>>;

export type { Handle } from './handle.ts';
