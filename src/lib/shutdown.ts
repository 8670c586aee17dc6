import type { Log } from './log.ts';

/** After this long a stop no longer waits for anything, in ms; container runtimes kill after 10 s. */
const STOP_MS = 8000;

/** Starts something; when that fails, what has been started of it is stopped again. */
export async function startOrStop<T>(log: Log, start: (stops: Stops) => Promise<T>): Promise<T> {
  const stops = new Stops(log);
  try {
    return await start(stops);
  } catch (error) {
    await stops.stop();
    throw error;
  }
}

/** Collects what has been started, and stops it in the opposite order, each once. */
export class Stops {
  readonly #log: Log;
  readonly #stops: { name: string; stop: () => Promise<void> }[] = [];
  #stopping: Promise<void> | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  add(name: string, stop: () => Promise<void>): void {
    this.#stops.push({ name, stop });
  }

  /** Begins what rooms do until the stop: then the signal aborts, and their end is waited for. */
  keep(name: string, rooms: readonly { keepUp(signal: AbortSignal): Promise<void> }[]): void {
    const ending = new AbortController();
    const kept = Promise.all(rooms.map((room) => room.keepUp(ending.signal)));
    this.add(name, async () => {
      ending.abort();
      await kept;
    });
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#run();
    return this.#stopping;
  }

  async #run(): Promise<void> {
    const deadline = new Promise<'late'>((resolve) => setTimeout(resolve, STOP_MS, 'late').unref());
    for (const { name, stop } of this.#stops.reverse()) {
      const ended = stop().catch((error: unknown) => {
        this.#log.error({ err: error, part: name }, 'a part did not stop well');
      });
      if ((await Promise.race([ended, deadline])) === 'late') {
        this.#log.warn({ part: name }, 'a part took too long to stop; going on without it');
      }
    }
  }
}
