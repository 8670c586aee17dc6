import { type APIInteraction, Client, Events, GatewayCloseCodes, GatewayDispatchEvents, Options } from 'discord.js';
import type { Shards } from '../../config/several-processes.ts';
import { ReplyError } from '../../domain/reply.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { within } from '../../lib/within.ts';
import { ConnectionRefused } from '../shared/until-reached.ts';

/** The line for a wrong token, wherever it shows. */
export const WRONG_TOKEN = 'DISCORD_TOKEN: Discord does not accept this bot token';

/** Tells the operator why Discord closed a connection for good (Discord documentation, "Gateway Close Codes"). */
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

/** Error of discord.js when Discord allows no more connections today, with the time of the next. */
const NO_SESSIONS = /^Not enough sessions remaining.*resets at (\S+)$/;

/**
 * Interactions from Discord's gateway, over as many connections (shards) as Discord asks for. Each reconnects by
 * itself; that is only logged, and nothing else depends on it.
 */
export class Gateway {
  readonly #token: string;
  readonly #apiUrl: string;
  readonly #shards: Shards | undefined;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #onInteraction: (interaction: APIInteraction) => void;
  #client: Client | undefined;
  #closed = false;
  /** By shard: resolves when the reconnect under way is over. */
  readonly #reconnects = new Map<number, PromiseWithResolvers<void>>();

  constructor(options: {
    token: string;
    apiUrl: string;
    /** Only these connections are opened here. @default all that Discord asks for */
    shards?: Shards | undefined;
    log: Log;
    clock: Clock;
    onInteraction: (interaction: APIInteraction) => void;
  }) {
    this.#token = options.token;
    this.#apiUrl = options.apiUrl;
    this.#shards = options.shards;
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
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      refusal = REFUSALS[code] ?? `Discord closed the connection for good (${code})`;
      this.#log.error({ code, shard }, refusal);
    });
    this.#client = client;
    try {
      await client.login(this.#token);
    } catch (error) {
      await client.destroy();
      if (refusal !== undefined) throw new ConnectionRefused(refusal);
      if (error instanceof Error && 'code' in error && error.code === 'TokenInvalid') {
        throw new ConnectionRefused(WRONG_TOKEN);
      }
      const resetsAt = error instanceof Error ? Date.parse(NO_SESSIONS.exec(error.message)?.[1] ?? '') : Number.NaN;
      if (Number.isNaN(resetsAt)) throw error;
      const retryAfterMs = Math.max(resetsAt - this.#clock.now(), 0);
      throw new ReplyError('busy', 'Discord allows no more connections for now', { retryAfterMs });
    }
  }

  /** Takes no interaction from now on and says goodbye. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // discord.js opens a new connection even if it is told to end during the pause before a reconnect.
    const reconnects = [...this.#reconnects.values()].map(({ promise }) => promise);
    if (reconnects.length > 0) await within(this.#clock, PATIENCE_MS, Promise.all(reconnects));
    if (this.#client) await within(this.#clock, PATIENCE_MS, this.#client.destroy());
  }

  #createClient(): Client {
    const client = new Client({
      intents: [],
      ...(this.#shards ? { shards: [...this.#shards.ids], shardCount: this.#shards.count } : { shards: 'auto' }),
      rest: { api: this.#apiUrl },
      // Otherwise everyone who uses a command would stay in the cache for good; nothing here reads it.
      makeCache: Options.cacheWithLimits({ UserManager: 25, MessageManager: 0, GuildMemberManager: 0 }),
    });
    client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: APIInteraction) => {
      if (!this.#closed) this.#onInteraction(interaction);
    });
    client.on(Events.ShardReconnecting, (shard) => {
      // Also called for a connection that was ended on purpose.
      if (this.#closed) return;
      if (!this.#reconnects.has(shard)) this.#reconnects.set(shard, Promise.withResolvers());
      this.#log.warn({ shard }, 'the connection to Discord is lost; reconnecting');
    });
    client.on(Events.ShardReady, (shard) => this.#connected(shard, 'connected to Discord'));
    client.on(Events.ShardResume, (shard) => this.#connected(shard, 'connected to Discord again'));
    client.on(Events.ShardError, (error, shard) =>
      this.#log.warn({ shard, reason: error.message }, 'trouble on the Discord gateway'),
    );
    client.on(Events.Error, (error) => this.#log.error({ reason: error.message }, 'an error in discord.js'));
    client.on(Events.Warn, (message) => this.#log.warn({ reason: message }, 'a warning of discord.js'));
    return client;
  }

  #connected(shard: number, line: string): void {
    this.#reconnects.get(shard)?.resolve();
    this.#reconnects.delete(shard);
    this.#log.info({ shard }, line);
  }
}
