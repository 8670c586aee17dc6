import { ReplyError } from '../../domain/reply.ts';
import type { Clock } from '../../lib/clock.ts';
import type { SlackMessage } from './render.ts';

/** Limits of answers at one address, in number and time (Slack documentation, "Handling user interaction"). */
const MOST_USES = 5;
const LIFE_MS = 30 * 60_000;
const TIMEOUT_MS = 10_000;

/** The addresses that answer an interaction to the one who caused it, each used at most five times. */
export class ResponseUrls {
  readonly #clock: Clock;
  /** Uses and end of life by address, the oldest first. */
  readonly #known = new Map<string, { uses: number; until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Says something to the person alone, beside the message or in place of it.
   * @throws {ReplyError} `gone` when the address is used up.
   */
  async send(url: string, body: SlackMessage, how: 'new' | 'replace'): Promise<void> {
    await this.#post(url, { ...body, response_type: 'ephemeral', replace_original: how === 'replace' });
  }

  /** Takes away the private message that the interaction was on. @throws {ReplyError} */
  async delete(url: string): Promise<void> {
    await this.#post(url, { delete_original: true });
  }

  async #post(url: string, body: object): Promise<void> {
    this.#use(url);
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
    } catch (error) {
      throw new ReplyError('unavailable', `no answer from Slack (${error instanceof Error ? error.name : 'unknown'})`);
    }
    if (response.ok) return;
    throw new ReplyError(response.status >= 500 ? 'unavailable' : 'gone', `Slack answered ${response.status}`);
  }

  #use(url: string): void {
    const now = this.#clock.now();
    for (const [old, { until }] of this.#known) {
      if (until > now) break;
      this.#known.delete(old);
    }
    const known = this.#known.get(url) ?? { uses: 0, until: now + LIFE_MS };
    this.#known.set(url, known);
    if (url === '' || known.uses >= MOST_USES) throw new ReplyError('gone', 'the address for private words is used up');
    known.uses += 1;
  }
}
