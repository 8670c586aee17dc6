import { REST, type RESTOptions, type RequestMethod } from 'discord.js';
import { Agent } from 'undici';

/** One request to Discord. */
export interface DiscordCall {
  method: `${RequestMethod}`;
  /** Without base and version, as `Routes` makes them. */
  route: `/${string}`;
  /** Whether the bot's token goes with it; routes with an interaction's token in them need none. */
  bot: boolean;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as multipart, in place of `body`. */
  form?: FormData;
  query?: URLSearchParams;
  signal?: AbortSignal | undefined;
}

/** Refuse instead of waiting inside the client: the caller knows better what is still worth sending. */
const HASTY: Partial<RESTOptions> = { rejectOnRateLimit: () => true, retries: 0 };

/** Nobody waits longer than this for an answer in a chat. */
const LONGEST_WAIT_MS = 10_000;

/**
 * Calls that may be lost, as a newer one follows soon, fail at once (`edit`, `upload`); calls that are made only once
 * are retried and wait for rate limits (`answer`); an acknowledgement has 3 seconds, its answer may come a bit later.
 */
const WAYS = {
  acknowledge: { ...HASTY, timeout: 5_000 },
  edit: { ...HASTY, timeout: 10_000 },
  answer: { rejectOnRateLimit: ({ retryAfter }) => retryAfter > LONGEST_WAIT_MS, retries: 2, timeout: 10_000 },
} satisfies Record<string, Partial<RESTOptions>>;

/** How a request is to be sent; an upload that is `patient` waits and is tried again like an answer. */
export type Way = keyof typeof WAYS | { uploadMs: number; patient?: boolean };

/** Discord's REST interface, with no connection to the gateway. Errors are those of discord.js; see `toReplyError`. */
export class DiscordApi {
  readonly #token: string;
  readonly #apiUrl: string;
  readonly #clients: Record<keyof typeof WAYS, REST>;
  readonly #open = new Set<AbortController>();
  /** Not the global one: another version of undici, as Slack's client brings, puts its own there, which takes no forms. */
  readonly #agent = new Agent();
  #closed = false;

  constructor(options: { token: string; apiUrl: string }) {
    this.#token = options.token.replace(/^(Bot|Bearer)\s+/i, '');
    this.#apiUrl = options.apiUrl;
    this.#clients = {
      acknowledge: this.#client(WAYS.acknowledge),
      edit: this.#client(WAYS.edit),
      answer: this.#client(WAYS.answer),
    };
  }

  /**
   * Sends one request and returns the parsed answer.
   * @throws the signal's reason when it aborts; otherwise the errors of discord.js.
   */
  async send(way: Way, call: DiscordCall): Promise<unknown> {
    call.signal?.throwIfAborted();
    if (this.#closed) throw new Error('expected an open connection to Discord, found it closed');
    const client =
      typeof way === 'string'
        ? this.#clients[way]
        : this.#client({
            ...(way.patient ? WAYS.answer : HASTY),
            timeout: way.uploadMs,
            hashSweepInterval: 0,
            handlerSweepInterval: 0,
          });
    // The client drops its token after one 401.
    client.setToken(this.#token);
    // The client never takes its listeners off a signal, so each request gets a signal of its own.
    const controller = new AbortController();
    const abort = () => controller.abort();
    call.signal?.addEventListener('abort', abort, { once: true });
    this.#open.add(controller);
    try {
      return await client.request({
        method: call.method as RequestMethod,
        fullRoute: call.route,
        auth: call.bot,
        signal: controller.signal,
        ...(call.query ? { query: call.query } : {}),
        ...(call.form ? { body: call.form, passThroughBody: true } : { body: call.body }),
      });
    } catch (error) {
      call.signal?.throwIfAborted();
      throw error;
    } finally {
      call.signal?.removeEventListener('abort', abort);
      this.#open.delete(controller);
    }
  }

  /** Ends all requests under way; nothing can be sent afterwards. */
  close(): void {
    this.#closed = true;
    for (const controller of this.#open) controller.abort();
    for (const client of Object.values(this.#clients)) {
      client.clearHashSweeper();
      client.clearHandlerSweeper();
    }
    void this.#agent.destroy();
  }

  #client(options: Partial<RESTOptions>): REST {
    return new REST({ api: this.#apiUrl, agent: this.#agent, ...options });
  }
}
