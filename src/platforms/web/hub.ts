import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Clock } from '../../lib/clock.ts';
import type { WebMessage } from '../../store/web-messages.ts';
import type { WebPerson } from './people.ts';
import { maySee } from './visibility.ts';
import type { WireMessage } from './wire.ts';

/** Proxies and browsers give up connections that are silent for a minute or so. */
const HEARTBEAT_MS = 15_000;

/** One open page. */
interface Listener {
  person: WebPerson;
  send: (message: WebMessage) => void;
  remove: (id: string) => void;
  offered: () => void;
}

/** Sends open pages the news of the channels, by server-sent events. */
export class Hub {
  readonly #clock: Clock;
  readonly #listeners = new Set<Listener>();
  readonly #closing = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Tells all who may see it that a message is new or has changed. */
  publish(message: WebMessage): void {
    for (const { person, send } of this.#listeners) if (maySee(message, person)) send(message);
  }

  /** Tells all that a message is gone; an id says nothing to those who never saw the message. */
  publishRemoval(id: string): void {
    for (const { remove } of this.#listeners) remove(id);
  }

  /** Tells all pages that their choices have changed. */
  publishOffer(): void {
    for (const { offered } of this.#listeners) offered();
  }

  /**
   * A stream of everything a person may see: the event `ready` once nothing will be missed any more, then one unnamed
   * event with the whole message each time that one is new or has changed, `removed` with the id of one that is gone, and
   * `offered` when other models can be used than before.
   * @param toWire writes a message for this person.
   */
  stream(c: Context, person: WebPerson, toWire: (message: WebMessage) => WireMessage): Response {
    c.header('x-accel-buffering', 'no');
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      const signal = AbortSignal.any([gone.signal, this.#closing.signal]);
      const listener: Listener = {
        person,
        send: (message) => void stream.writeSSE({ data: JSON.stringify(toWire(message)) }),
        remove: (id) => void stream.writeSSE({ event: 'removed', data: JSON.stringify({ id }) }),
        offered: () => void stream.writeSSE({ event: 'offered', data: '{}' }),
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
