import { type APIInteraction, Client, Events, GatewayCloseCodes, GatewayDispatchEvents, Options } from 'discord.js';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { ConnectionRefused } from './connect.ts';

/** The line for a wrong token, wherever it shows. */
export const WRONG_TOKEN = 'DISCORD_TOKEN: Discord does not accept this bot token';

/** What the operator reads when Discord closes a connection for good (Discord documentation, "Gateway Close Codes"). */
const REFUSALS: Partial<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: WRONG_TOKEN,
  [GatewayCloseCodes.InvalidShard]: 'Discord refused the connection: it does not know this shard (4010)',
  [GatewayCloseCodes.ShardingRequired]: 'Discord refused the connection: the bot is in too many servers for one (4011)',
  [GatewayCloseCodes.InvalidAPIVersion]: 'Discord refused the connection: it does not speak this version (4012)',
  [GatewayCloseCodes.InvalidIntents]: 'Discord refused the connection: it does not know the intents asked for (4013)',
  [GatewayCloseCodes.DisallowedIntents]: 'Discord refused the connection: the bot may not have these intents (4014)',
};

/** How long closing waits for a reconnect under way, and for Discord to say goodbye. */
const PATIENCE_MS = 3_000;

/** Interactions from Discord's gateway. It reconnects by itself; that is only logged. */
export class Gateway {
  readonly #token: string;
  readonly #apiUrl: string;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #onInteraction: (interaction: APIInteraction) => void;
  #client: Client | undefined;
  #closed = false;
  /** Resolves when the reconnect under way is over. */
  #reconnect: PromiseWithResolvers<void> | undefined;

  constructor(options: {
    token: string;
    apiUrl: string;
    log: Log;
    clock: Clock;
    onInteraction: (interaction: APIInteraction) => void;
  }) {
    this.#token = options.token;
    this.#apiUrl = options.apiUrl;
    this.#log = options.log;
    this.#clock = options.clock;
    this.#onInteraction = options.onInteraction;
  }

  /**
   * One attempt to connect; resolves when interactions flow.
   * @throws {ConnectionRefused} for good; anything else when Discord is out of reach.
   */
  async open(): Promise<void> {
    const client = this.#createClient();
    let refusal: string | undefined;
    client.on(Events.ShardDisconnect, ({ code }) => {
      refusal = REFUSALS[code] ?? `Discord closed the connection for good (${code})`;
      this.#log.error({ code }, refusal);
    });
    this.#client = client;
    try {
      await client.login(this.#token);
    } catch (error) {
      if (refusal !== undefined) throw new ConnectionRefused(refusal);
      if (error instanceof Error && 'code' in error && error.code === 'TokenInvalid') {
        throw new ConnectionRefused(WRONG_TOKEN);
      }
      throw error;
    }
  }

  /** Takes no interaction from now on and says goodbye. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // discord.js opens a new connection even if it is told to end during the pause before a reconnect.
    if (this.#reconnect) await this.#within(PATIENCE_MS, this.#reconnect.promise);
    if (this.#client) await this.#within(PATIENCE_MS, this.#client.destroy());
  }

  #createClient(): Client {
    const client = new Client({
      intents: [],
      rest: { api: this.#apiUrl },
      // Everyone who uses a command would stay in the cache for good; nothing here reads it.
      makeCache: Options.cacheWithLimits({ UserManager: 25, MessageManager: 0, GuildMemberManager: 0 }),
    });
    client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: APIInteraction) => {
      if (!this.#closed) this.#onInteraction(interaction);
    });
    client.on(Events.ShardReconnecting, () => {
      // Told of a connection that was ended on purpose too.
      if (this.#closed) return;
      this.#reconnect ??= Promise.withResolvers();
      this.#log.warn('the connection to Discord is lost; reconnecting');
    });
    client.on(Events.ShardReady, () => this.#connected());
    client.on(Events.ShardResume, () => this.#connected());
    client.on(Events.ShardError, (error) =>
      this.#log.warn({ reason: error.message }, 'trouble on the Discord gateway'),
    );
    client.on(Events.Error, (error) => this.#log.error({ reason: error.message }, 'an error in discord.js'));
    client.on(Events.Warn, (message) => this.#log.warn({ reason: message }, 'a warning of discord.js'));
    return client;
  }

  #connected(): void {
    this.#reconnect?.resolve();
    this.#reconnect = undefined;
    this.#log.info('connected to Discord');
  }

  async #within(ms: number, work: Promise<unknown>): Promise<void> {
    const done = new AbortController();
    const patience = this.#clock.sleep(ms, done.signal).catch(() => undefined);
    await Promise.race([work, patience]);
    done.abort();
  }
}
