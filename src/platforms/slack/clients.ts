import { type WebAPICallResult, WebClient, type WebClientOptions } from '@slack/web-api';
import { ReplyError } from '../../domain/reply.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { boltLogger } from './bolt-logger.ts';
import { toReplyError } from './errors.ts';

/** A workspace, as tokens are kept by. */
export interface Team {
  teamId: string;
  enterpriseId: string | null;
}

/** The bot token of a workspace, or undefined when the app is not installed there (any more). */
export type TokenFor = (teamId: string, enterpriseId?: string) => Promise<string | undefined>;

/** Refuse instead of waiting inside the client: the caller knows better what is still worth sending. */
const HASTY: WebClientOptions = { rejectRateLimitedCalls: true, retryConfig: { retries: 0 }, timeout: 10_000 };
/** A file may take minutes. */
const UPLOAD_MS = 5 * 60_000;
/** Limits for messages that are sent only once: how long they wait for Slack, and how often they are tried. */
const LONGEST_WAIT_MS = 10_000;
const FIRST_WAIT_MS = 300;
const ATTEMPTS = 3;

/** The Web API's clients, one per token; they neither wait nor retry on their own. */
export class Clients {
  readonly #options: { apiUrl: string; tokenFor: TokenFor; clock: Clock; log: Log };
  readonly #clients = new Map<string, WebClient>();
  readonly #closing = new AbortController();

  constructor(options: { apiUrl: string; tokenFor: TokenFor; clock: Clock; log: Log }) {
    this.#options = options;
  }

  /** A client for a workspace. @throws {ReplyError} `gone` when the app is not installed there, `unavailable`. */
  async of(team: Team, use: 'calls' | 'upload' = 'calls'): Promise<WebClient> {
    if (this.#closing.signal.aborted) throw new ReplyError('unavailable', 'the connection to Slack is closed');
    const token = await this.#options.tokenFor(team.teamId, team.enterpriseId ?? undefined).catch((cause: unknown) => {
      throw new ReplyError('unavailable', 'the token of a workspace could not be read', { cause });
    });
    if (!token) throw new ReplyError('gone', 'the app is not installed in this workspace');
    const key = `${use} ${token}`;
    const known = this.#clients.get(key);
    if (known) return known;
    const client = new WebClient(token, {
      ...HASTY,
      ...(use === 'upload' && { timeout: UPLOAD_MS }),
      slackApiUrl: this.#options.apiUrl,
      logger: boltLogger(this.#options.log),
    });
    this.#clients.set(key, client);
    return client;
  }

  /**
   * For calls made only once: waits for rate limits and retries when Slack is out of reach, within some seconds.
   * @throws the client's errors.
   */
  async patiently<T extends WebAPICallResult>(team: Team, call: (client: WebClient) => Promise<T>): Promise<T> {
    const client = await this.of(team);
    for (let attempt = 1; ; attempt++) {
      try {
        return await call(client);
      } catch (error) {
        const { kind, retryAfterMs } = toReplyError(error);
        const wait = retryAfterMs ?? FIRST_WAIT_MS * 3 ** (attempt - 1);
        const hopeful = kind === 'busy' || kind === 'unavailable';
        if (!hopeful || attempt >= ATTEMPTS || wait > LONGEST_WAIT_MS) throw error;
        await this.#options.clock.sleep(wait, this.#closing.signal);
      }
    }
  }

  /** Nothing can be sent afterwards. */
  close(): void {
    this.#closing.abort(new ReplyError('unavailable', 'the connection to Slack is closed'));
    this.#clients.clear();
  }
}
