import { type App, SocketModeReceiver } from '@slack/bolt';
import type { ReplyError } from '../../domain/reply.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { within } from '../../lib/within.ts';
import { type Reaching, untilReached } from '../shared/until-reached.ts';
import { boltLogger } from './bolt-logger.ts';
import { loggable, toReplyError } from './errors.ts';

/** How long closing waits for Slack to say goodbye. */
const GOODBYE_MS = 2_000;

/**
 * How Slack is reached.
 * @param setting the setting that a refusal is about.
 */
export function reachingSlack(setting: string, how: Pick<Reaching, 'clock' | 'log' | 'signal'>): Reaching {
  const refusal = ({ message }: ReplyError) =>
    `${setting}: expected a token that Slack accepts, found one it refuses (${message})`;
  return { chat: 'Slack', toReplyError, refusal, ...how };
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
      // Slack delivers an unprocessed event again, so it must not be acknowledged.
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
      const how = { clock: this.#clock, log: this.#log, signal: this.#stopping.signal };
      await untilReached(() => this.#attempt(), reachingSlack('SLACK_APP_TOKEN', how));
    } finally {
      this.#connecting = false;
    }
  }

  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort(new Error('the connection to Slack is closed'));
    await within(this.#clock, GOODBYE_MS, this.receiver.client.disconnect());
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
