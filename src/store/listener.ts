import pg from 'pg';
import { waitAfter } from '../lib/retry.ts';

/** Callbacks for messages from other processes. */
export interface Heard {
  /** Something was queued or has become due. Also called when messages may have been missed. */
  work(): void;
  /** This generation was cancelled. */
  cancel(id: string): void;
}

/** The wait before the next attempt to connect, in ms; it doubles up to the longest. */
const WAITS = { firstMs: 250, longestMs: 5000 };
/** How often a silent connection is probed, as it may be dead without notice, in ms. */
const CHECK_MS = 10_000;
const ANSWER_MS = 5000;

/**
 * Listens to other processes on a connection of its own, and reconnects for as long as it takes. It also shows
 * the others that this process is there.
 */
export class Listener {
  readonly #connection: pg.ClientConfig;
  readonly #channel: string;
  readonly #onError: (error: unknown) => void;
  readonly #heard = new Set<Heard>();
  readonly #ready = Promise.withResolvers<void>();
  #client: pg.Client | undefined;
  #closed = false;
  #wake = () => {};

  constructor(connection: pg.ClientConfig, channel: string, onError: (error: unknown) => void) {
    this.#connection = connection;
    this.#channel = channel;
    this.#onError = onError;
  }

  /** Resolves once it is listening for the first time. */
  async open(): Promise<void> {
    void this.#run();
    await this.#ready.promise;
  }

  /** Tells `heard` from now on, until it is closed. */
  add(heard: Heard): { close(): Promise<void> } {
    this.#heard.add(heard);
    heard.work();
    return { close: async () => void this.#heard.delete(heard) };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#wake();
    await this.#client?.end().catch(() => {});
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#closed; ) {
      try {
        await this.#session(() => {
          failures = 0;
        });
      } catch (error) {
        if (this.#closed) return;
        this.#onError(error);
        failures += 1;
        await this.#sleep(waitAfter(failures, WAITS));
      }
    }
  }

  /** Connects and listens; @throws when the connection is lost. */
  async #session(onListening: () => void): Promise<void> {
    const client = new pg.Client({ ...this.#connection, query_timeout: ANSWER_MS });
    this.#client = client;
    const lost = new Promise<never>((_, reject) => {
      client.on('error', reject);
      client.on('end', () => reject(new Error('the connection that listens was closed')));
    });
    lost.catch(() => {});
    client.on('notification', ({ payload = '' }) => this.#hear(payload));
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(this.#channel)}`);
      onListening();
      this.#ready.resolve();
      for (const heard of this.#heard) heard.work();
      while (!this.#closed) {
        await Promise.race([lost, this.#sleep(CHECK_MS)]);
        if (!this.#closed) await client.query('select 1');
      }
    } finally {
      await client.end().catch(() => {});
    }
  }

  #hear(payload: string): void {
    const [what, id] = payload.split(':');
    for (const heard of this.#heard) {
      if (what === 'work') heard.work();
      if (what === 'cancel' && id) heard.cancel(id);
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
