import type { WireMessage } from '../wire.ts';
import { readerQuery } from './client.ts';

/** Waits between attempts to connect again; the last one is repeated. */
const WAITS_MS = [500, 1000, 2000, 3000];

/** Handlers for events from the server. */
export interface EventHandlers {
  /** From now on nothing is missed; earlier messages have to be fetched. `again` after a loss. */
  ready(again: boolean): void;
  message(message: WireMessage): void;
  removed(id: string): void;
  /** The choices have changed. */
  offered(): void;
  /** The connection is lost and will be retried automatically. Reported once for each loss. */
  lost(): void;
}

/**
 * Listens for news in the channel for one person, and keeps listening whatever happens to the connection.
 * The browser's own way of reconnecting gives up after some kinds of failure, so this does not rely on it.
 * @returns a function that stops it.
 */
export function listen(as: string, handlers: EventHandlers): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let losses = 0;
  let connected = false;
  const connect = () => {
    source = new EventSource(`/api/events?${readerQuery(as)}`);
    source.addEventListener('ready', () => {
      const again = losses > 0;
      losses = 0;
      connected = true;
      handlers.ready(again);
    });
    source.addEventListener('message', (event) => handlers.message(JSON.parse(event.data)));
    source.addEventListener('removed', (event) => handlers.removed(JSON.parse(event.data).id));
    source.addEventListener('offered', () => handlers.offered());
    source.addEventListener('error', () => {
      source?.close();
      if (connected || losses === 0) handlers.lost();
      connected = false;
      timer = setTimeout(connect, WAITS_MS[Math.min(losses, WAITS_MS.length - 1)]);
      losses++;
    });
  };
  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
