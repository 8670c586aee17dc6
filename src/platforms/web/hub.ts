import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Clock } from '../../clock.ts';
import type { WebMessage } from '../../store/web-messages.ts';
import { maySee } from './visibility.ts';
import type { WireMessage } from './wire.ts';

/** Proxies and browsers give up connections on which nothing is said for a minute or so. */
const HEARTBEAT_MS = 15_000;

/** Tells open pages what is new in the channel, by server-sent events. */
export class Hub {
  readonly #clock: Clock;
  readonly #toWire: (message: WebMessage) => WireMessage;
  readonly #listeners = new Set<{ person: string; send: (message: WebMessage) => void }>();
  readonly #closing = new AbortController();

  constructor(clock: Clock, toWire: (message: WebMessage) => WireMessage) {
    this.#clock = clock;
    this.#toWire = toWire;
  }

  /** Tells all who may see it that a message is new or has changed. */
  publish(message: WebMessage): void {
    for (const { person, send } of this.#listeners) if (maySee(message, person)) send(message);
  }

  /**
   * A stream of what a person may see: the event `ready` as soon as nothing will be missed any more, then one unnamed
   * event with the whole message each time that one is new or has changed.
   */
  stream(c: Context, person: string): Response {
    c.header('x-accel-buffering', 'no');
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const signal = AbortSignal.any([gone.signal, this.#closing.signal]);
      const listener = {
        person,
        send: (message: WebMessage) => void stream.writeSSE({ data: JSON.stringify(this.#toWire(message)) }),
      };
      this.#listeners.add(listener);
      try {
        await stream.writeSSE({ event: 'ready', data: JSON.stringify({ now: this.#clock.now() }) });
        while (!signal.aborted) {
          await this.#clock.sleep(HEARTBEAT_MS, signal).catch(() => undefined);
          if (!signal.aborted) await stream.write(': still here\n\n');
        }
      } finally {
        this.#listeners.delete(listener);
      }
    });
  }

  /** Ends all streams, now and from now on. */
  close(): void {
    this.#closing.abort();
  }
}
