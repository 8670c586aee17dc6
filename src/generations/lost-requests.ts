import type { Clock } from '../lib/clock.ts';
import type { Provider, Trace } from '../providers/provider.ts';

/** No two requests to the provider's log are closer than this, in ms: 20 a minute, of the 200 that all may make. */
const APART_MS = 3000;
/** Requests that were sent so close to each other, in ms, are looked for in one look; a wide one has too many rows. */
const TOGETHER_MS = 3_600_000;
/** How long a look waits for others to join it, in ms. */
const GATHER_MS = 200;

interface Waiting {
  since: number;
  resolve: (trace: Trace | undefined) => void;
  reject: (error: unknown) => void;
}

/** Looks for requests whose answer was lost in the provider's log: one look for all that are looked for at the time. */
export class LostRequests {
  readonly #provider: Pick<Provider, 'find'>;
  readonly #clock: Clock;
  readonly #waiting = new Map<string, Waiting[]>();
  #looking = false;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(provider: Pick<Provider, 'find'>, clock: Clock) {
    this.#provider = provider;
    this.#clock = clock;
  }

  /**
   * The outcome of the next look.
   * @param since when the request was sent (ms).
   * @returns undefined when the log has nothing of this request.
   * @throws {ProviderError} when the log could not be read; the signal's reason when that aborts.
   */
  next(clientRequestId: string, since: number, signal?: AbortSignal): Promise<Trace | undefined> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const one: Waiting = { since, resolve, reject };
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
      await this.#clock.sleep(GATHER_MS);
      const asked = new Map(this.#waiting);
      this.#waiting.clear();
      for (const group of groupsOf(asked)) await this.#find(group, asked);
    }
    this.#looking = false;
  }

  async #find(since: ReadonlyMap<string, number>, asked: ReadonlyMap<string, readonly Waiting[]>): Promise<void> {
    try {
      const traces = await this.#provider.find(since, () => this.#pace());
      for (const id of since.keys()) for (const one of asked.get(id) ?? []) one.resolve(traces.get(id));
    } catch (error) {
      for (const id of since.keys()) for (const one of asked.get(id) ?? []) one.reject(error);
    }
  }

  async #pace(): Promise<void> {
    const wait = this.#askedAt + APART_MS - this.#clock.now();
    if (wait > 0) await this.#clock.sleep(wait);
    this.#askedAt = this.#clock.now();
  }
}

/** When each was sent, by id, in groups that were sent close to each other; the latest group first. */
function groupsOf(asked: ReadonlyMap<string, readonly Waiting[]>): Map<string, number>[] {
  const sent = [...asked].map(([id, ones]) => [id, Math.min(...ones.map(({ since }) => since))] as const);
  const groups: Map<string, number>[] = [];
  let from = Number.POSITIVE_INFINITY;
  for (const [id, since] of sent.sort(([, one], [, other]) => other - one)) {
    if (from - since > TOGETHER_MS || groups.length === 0) {
      groups.push(new Map());
      from = since;
    }
    groups.at(-1)?.set(id, since);
  }
  return groups;
}
