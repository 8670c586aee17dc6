import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Fault, Faults } from './faults.ts';
import { FakeGateway } from './gateway.ts';
import { type Actor, rawCommand, rawPress } from './raw.ts';
import { createRoutes } from './routes.ts';
import { createRestServer } from './server.ts';
import { type Edit, type FakeInteraction, type FakeMessage, State } from './state.ts';

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
}

const WAIT_MS = 5_000;

/** A Discord on this machine: real HTTP and WebSocket, the protocol as documented, no chat. */
export async function startFakeDiscord(options: FakeDiscordOptions = {}) {
  const token = options.token ?? 'fake-bot-token.for.tests';
  const state = new State();
  const faults = new Faults();
  const routes = createRoutes(state, {
    gatewayUrl: () => gateway.url(),
    acknowledgeMs: 3_000,
    tokenLifeMs: options.tokenLifeMs ?? 15 * 60_000,
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

  const send = (raw: { token: string }): Handle => {
    const interaction = state.interactions.get(raw.token);
    if (!interaction) throw new Error('expected a remembered interaction');
    gateway.dispatch('INTERACTION_CREATE', raw);
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
    /** Somebody types in an option that completes itself. */
    autocomplete: ({ name, options: given = {}, ...actor }: Actor & { name: string; options?: Options }) =>
      send(rawCommand(state, name, given, actor, 4)),
    /** Somebody presses a button on a message. */
    press: (message: FakeMessage, customId: string, actor: Actor = {}) =>
      send(rawPress(state, message, customId, actor)),
    /** Somebody deletes a message. */
    remove: (message: FakeMessage) => {
      state.getMessage(message.id).deleted = true;
    },
    /** Resolves when `look` finds something; it looks after each request and gateway event, and after `lookAgain`. */
    until: <T>(look: () => T | undefined, timeoutMs = WAIT_MS) =>
      state.until(look, { timeoutMs, describe: () => JSON.stringify(state.ledger.slice(-5)) }),
    lookAgain: () => state.changed(),
    close: async () => {
      gateway.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type Options = Record<string, string | number | boolean>;

/** A running fake. */
export type FakeDiscord = Awaited<ReturnType<typeof startFakeDiscord>>;

/** What came of an interaction. */
export class Handle {
  readonly #state: State;
  readonly #interaction: FakeInteraction;

  constructor(state: State, interaction: FakeInteraction) {
    this.#state = state;
    this.#interaction = interaction;
  }

  get id(): string {
    return this.#interaction.id;
  }

  get token(): string {
    return this.#interaction.token;
  }

  /** Resolves when the bot has acknowledged: with which type, and after how many ms. */
  acknowledged(timeoutMs = WAIT_MS): Promise<{ type: number; afterMs: number }> {
    return this.#until(() => this.#interaction.acknowledged, timeoutMs);
  }

  /** Resolves with the reply (`@original`) as soon as it is as wanted; deleted ones count too. */
  reply(wanted: (message: FakeMessage) => boolean = () => true, timeoutMs = WAIT_MS): Promise<FakeMessage> {
    return this.#until(() => {
      const message = this.#original();
      return message && wanted(message) ? message : undefined;
    }, timeoutMs);
  }

  /** Resolves with the first follow-up. */
  followUp(timeoutMs = WAIT_MS): Promise<FakeMessage> {
    return this.#until(() => this.#state.messages.get(this.#interaction.followUps[0] ?? ''), timeoutMs);
  }

  #original(): FakeMessage | undefined {
    return this.#state.messages.get(this.#interaction.original ?? '');
  }

  #until<T>(look: () => T | undefined, timeoutMs: number): Promise<T> {
    const describe = () => JSON.stringify({ interaction: this.#interaction, reply: this.#original() ?? null });
    return this.#state.until(look, { timeoutMs, describe });
  }
}
