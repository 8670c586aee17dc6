import { type App, SocketModeReceiver } from '@slack/bolt';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { boltLogger } from './bolt-logger.ts';
import { loggable, toReplyError } from './errors.ts';

/** Slack refuses the connection for good. The message is one plain line for the operator, without any secret. */
class ConnectionRefused extends Error {
  override readonly name = 'ConnectionRefused';
}

/** From one attempt to the next; the last one counts from then on. A first reconnect does not wait. */
const WAITS_MS = [0, 1_000, 2_000, 5_000, 15_000, 30_000];
/** How long closing waits for Slack to say goodbye. */
const GOODBYE_MS = 2_000;

/**
 * Tries until Slack can be reached: only a refusal ends it.
 * @param setting the setting that a refusal is about. @throws {ConnectionRefused} @throws the signal's reason.
 */
export async function untilReached<T>(
  attempt: () => Promise<T>,
  options: { setting: string; clock: Clock; log: Log; signal: AbortSignal },
): Promise<T> {
  for (let count = 1; ; count++) {
    options.signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      options.signal.throwIfAborted();
      const { kind, message, retryAfterMs } = toReplyError(error);
      if (kind === 'gone' || kind === 'invalid') {
        throw new ConnectionRefused(
          `${options.setting}: expected a token that Slack accepts, found one it refuses (${message})`,
        );
      }
      const waitMs = Math.max(retryAfterMs ?? 0, WAITS_MS[Math.min(count, WAITS_MS.length - 1)] ?? 0);
      options.log.warn({ reason: message, waitMs }, 'Slack is out of reach; trying again');
      await options.clock.sleep(waitMs, options.signal);
    }
  }
}

/**
 * Socket Mode. Bolt's client waits five seconds before it connects again, which is longer than Slack waits for an
 * answer, and an error while it does so would end the process; so connecting again is done here.
 */
export class SocketConnection {
  readonly receiver: SocketModeReceiver;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  #connecting = false;

  constructor(options: { appToken: string; apiUrl: string; clock: Clock; log: Log }) {
    this.#clock = options.clock;
    this.#log = options.log;
    this.receiver = new SocketModeReceiver({
      appToken: options.appToken,
      logger: boltLogger(options.log),
      autoReconnectEnabled: false,
      installerOptions: {
        clientOptions: {
          slackApiUrl: options.apiUrl,
          retryConfig: { retries: 0 },
          rejectRateLimitedCalls: true,
          timeout: 10_000,
        },
      },
      // What could not be processed is delivered again; it must not be acknowledged.
      processEventErrorHandler: async ({ error }) => {
        options.log.error(loggable(error), 'something from Slack could not be processed');
        return false;
      },
    });
    this.receiver.client.on('disconnected', () => {
      if (!this.#connecting && !this.#stopping.signal.aborted) void this.#reconnect();
    });
  }

  init(app: App): void {
    this.receiver.init(app);
  }

  /** Resolves when things flow. @throws {ConnectionRefused} */
  async start(): Promise<void> {
    this.#connecting = true;
    try {
      await untilReached(() => this.#attempt(), {
        setting: 'SLACK_APP_TOKEN',
        clock: this.#clock,
        log: this.#log,
        signal: this.#stopping.signal,
      });
    } finally {
      this.#connecting = false;
    }
  }

  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort(new Error('the connection to Slack is closed'));
    const goodbye = new AbortController();
    await Promise.race([
      this.receiver.client.disconnect(),
      this.#clock.sleep(GOODBYE_MS, goodbye.signal).catch(() => {}),
    ]);
    goodbye.abort();
  }

  async #attempt(): Promise<void> {
    await this.receiver.client.start().catch((error: unknown) => {
      // A connection that closes before it says hello is refused without a reason.
      throw error ?? new Error('the connection was closed at once');
    });
    // It may have been stopped while it was being opened.
    if (this.#stopping.signal.aborted) await this.receiver.client.disconnect();
  }

  async #reconnect(): Promise<void> {
    this.#log.info('the connection to Slack was closed; connecting again');
    try {
      await this.start();
      this.#log.info('connected to Slack again');
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#log.error(loggable(error), 'Slack does not let the bot in any more');
    }
  }
}
