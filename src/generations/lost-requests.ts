import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Mark } from '../lib/mark.ts';
import type { Trace, WholeProvider } from '../providers/provider.ts';

/**
 * No two requests to the provider's log are closer than this, in ms, whichever processes make them: at most 20 a minute,
 * of the 200 that the API allows for everything.
 */
const APART_MS = 3000;
/** The process that has made the latest one waits for this share longer, the others for less, so that they take turns. */
const LONGER = 1 / 4;
/** How often a process that waits looks at what the others do, in ms. */
const SEE_MS = 500;
/** How long the last request to the log is remembered, in ms. */
const REMEMBERED_MS = 3_600_000;
/** Requests that were sent so close to each other, in ms, are looked for in one look; a wide one has too many rows. */
const TOGETHER_MS = 3_600_000;
/** How long a look waits for others to join it, in ms. */
const GATHER_MS = 200;

/** Dependencies of `LostRequests`. */
export interface LostRequestsParts {
  provider: Pick<WholeProvider, 'find'>;
  /** The latest request to the log that any process has made. */
  mark: Mark;
  newId: () => string;
  clock: Clock;
  /** From 0 up to, not including, 1. */
  random: () => number;
  log: Log;
}

interface Waiting {
  since: number;
  wideMs: number;
  resolve: (trace: Trace | undefined) => void;
  reject: (error: unknown) => void;
}

/** Searches the provider's log for requests whose answer was lost: one search for all that are pending at the time. */
export class LostRequests {
  readonly #parts: LostRequestsParts;
  readonly #waiting = new Map<string, Waiting[]>();
  #looking = false;
  /** The latest mark that was seen, since when (ms), and whether it is this process's own. */
  #seen = { mark: undefined as string | undefined, since: Number.NEGATIVE_INFINITY, own: false };

  constructor(parts: LostRequestsParts) {
    this.#parts = parts;
  }

  /**
   * The outcome of the next look.
   * @param since when the request was sent (ms).
   * @param wideMs as in `Provider.find`.
   * @returns undefined when the log has nothing of this request.
   * @throws {ProviderError} when the log could not be read; the signal's reason when that aborts.
   */
  next(clientRequestId: string, since: number, signal?: AbortSignal, wideMs = 0): Promise<Trace | undefined> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const one: Waiting = { since, wideMs, resolve, reject };
      const abort = () => {
        const left = (this.#waiting.get(clientRequestId) ?? []).filter((other) => other !== one);
        if (left.length > 0) this.#waiting.set(clientRequestId, left);
        else this.#waiting.delete(clientRequestId);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', abort, { once: true });
      const settled = () => signal?.removeEventListener('abort', abort);
      one.resolve = (trace) => {
        settled();
        resolve(trace);
      };
      one.reject = (error) => {
        settled();
        reject(error);
      };
      this.#waiting.set(clientRequestId, [...(this.#waiting.get(clientRequestId) ?? []), one]);
      void this.#look();
    });
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    while (this.#waiting.size > 0) {
      await this.#parts.clock.sleep(GATHER_MS);
      const asked = new Map(this.#waiting);
      this.#waiting.clear();
      for (const group of groupsOf(asked)) await this.#find(group, asked);
    }
    this.#looking = false;
  }

  async #find({ since, wideMs }: Group, asked: ReadonlyMap<string, readonly Waiting[]>): Promise<void> {
    try {
      const traces = await this.#parts.provider.find(since, () => this.#pace(), wideMs);
      for (const id of since.keys()) for (const one of asked.get(id) ?? []) one.resolve(traces.get(id));
    } catch (error) {
      for (const id of since.keys()) for (const one of asked.get(id) ?? []) one.reject(error);
    }
  }

  /** Waits until a request to the log may be made: the process that replaces the latest mark makes it. */
  async #pace(): Promise<void> {
    const { mark, newId, clock, random, log } = this.#parts;
    const share = random() * LONGER;
    try {
      for (;;) {
        const latest = await mark.read();
        if (latest !== this.#seen.mark) this.#seen = { mark: latest, since: clock.now(), own: false };
        const wait = this.#seen.since + APART_MS * (1 + (this.#seen.own ? LONGER : share)) - clock.now();
        if (wait > 0) await clock.sleep(Math.min(wait, SEE_MS));
        else {
          const next = newId();
          const replaced = await mark.replace(latest, next, clock.now() + REMEMBERED_MS);
          if (!replaced) continue;
          this.#seen = { mark: next, since: clock.now(), own: true };
          return;
        }
      }
    } catch (error) {
      log.warn({ err: error }, 'could not agree with other processes on the next look for lost requests');
      await clock.sleep(APART_MS);
    }
  }
}

/** Requests that one search of the log looks for. */
interface Group {
  /** When each was sent (ms), by client request id. */
  since: Map<string, number>;
  wideMs: number;
}

/** Groups requests that were sent close together and have the same search width; latest group first. */
function groupsOf(asked: ReadonlyMap<string, readonly Waiting[]>): Group[] {
  const sent = [...asked].map(([id, ones]) => ({
    id,
    since: Math.min(...ones.map(({ since }) => since)),
    wideMs: Math.max(...ones.map(({ wideMs }) => wideMs)),
  }));
  const groups: (Group & { from: number })[] = [];
  for (const { id, since, wideMs } of sent.sort((one, other) => other.since - one.since)) {
    const group = groups.find((one) => one.wideMs === wideMs && one.from - since <= TOGETHER_MS);
    if (group) group.since.set(id, since);
    else groups.push({ since: new Map([[id, since]]), wideMs, from: since });
  }
  return groups;
}
