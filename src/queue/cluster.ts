import type { Claim } from '../domain/generation.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import type { Engine, Place, Transaction, Work } from './engine.ts';
import type { Queue } from './shared-queue.ts';

/** Dependencies of `createClusterEngine`. */
export interface ClusterEngineOptions {
  queue: Queue;
  /** Generations at the provider at once, all members and all processes together. */
  providerConcurrency: number;
  /** Tells this process from the others. */
  name: string;
  clock: Clock;
  log: Log;
}

/** How often the queue is checked when no other process sends a message, in ms. */
const LOOK_MS = 2000;
/** Heartbeat interval, in ms, and the shorter one after a failure: a process silent for 10 s counts as dead. */
const TOUCH_MS = 5000;
const TOUCH_AGAIN_MS = 250;
/** How often dead processes and queue positions are checked, in ms. */
const CARE_MS = 2000;
const LEAD_MS = 3 * CARE_MS;
/** How often the queue is compared with the unfinished generations, in ms. */
const RECONCILE_MS = 30_000;
/** Wait after a failure while the database is unreachable, in ms. */
const RETRY_MS = 500;
/** Longest wait before a process takes more work: a millisecond for each generation that it runs, up to this. */
const MOST_POLITE_MS = 20;
/** Number of queued generations that are told their position; those behind see theirs as they move up. */
const TOLD = 200;
/** Waits before a stop hands over runs that have ended, and then all others (an upload, say), in ms. */
const HAND_OVER_MS = 250;
const HAND_OVER_LAST_MS = 4000;

/** One generation that runs here. */
interface Held {
  claim: Claim;
  abort: AbortController;
  /** Resolves when its run has ended; the queue may not know yet. */
  ended: Promise<void>;
  over: boolean;
  lost: boolean;
}

/**
 * Runs generations in this process from a queue that several processes share: one loop takes due work, one reports
 * that this process is alive, one cleans up after those that died. Handlers stay in memory.
 */
export function createClusterEngine(options: ClusterEngineOptions): Engine {
  return new ClusterEngine(options);
}

class ClusterEngine implements Engine {
  readonly shared = true;
  readonly #options: ClusterEngineOptions;
  readonly #held = new Set<Held>();
  readonly #stopping = new AbortController();
  readonly #loops: Promise<void>[] = [];
  #run: ((id: string, signal: AbortSignal) => Promise<void>) | undefined;
  #listening: { close(): Promise<void> } | undefined;
  #woken = Promise.withResolvers<void>();
  #waiting = '[]';
  #onPlacesChanged: (waiting: readonly string[]) => void = () => {};

  constructor(options: ClusterEngineOptions) {
    this.#options = options;
  }

  async enqueue(transaction: Transaction, work: Work): Promise<void> {
    await transaction.work.enter(work);
  }

  /** The transaction itself has told everybody. */
  add(): void {}

  async cancel(id: string): Promise<void> {
    await this.#options.queue.cancel(id);
  }

  start(run: (id: string, signal: AbortSignal) => Promise<void>): void {
    this.#run = run;
    this.#listening = this.#options.queue.listen({
      work: () => this.#wake(),
      cancel: (id) => this.#abort(id),
    });
    this.#loops.push(this.#take(), this.#touch(), this.#care());
  }

  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const { clock } = this.#options;
    this.#stopping.abort(new DOMException('stopping', 'AbortError'));
    this.#wake();
    for (const { abort } of this.#held) abort.abort(this.#stopping.signal.reason);
    await this.#listening?.close();
    // An unreachable database must not delay the stop; work that was being taken is requeued on its own.
    await within(clock, HAND_OVER_MS, Promise.all(this.#loops));
    for (const patience of [HAND_OVER_MS, HAND_OVER_LAST_MS]) {
      if (this.#held.size === 0) return;
      await within(clock, patience, Promise.all([...this.#held].map(({ ended }) => ended)));
      await this.#release([...this.#held].filter(({ over }) => over || patience === HAND_OVER_LAST_MS));
    }
  }

  running(): number {
    return this.#held.size;
  }

  async place(id: string): Promise<Place | undefined> {
    return await this.#options.queue.place(id);
  }

  onPlacesChanged(listener: (waiting: readonly string[]) => void): void {
    this.#onPlacesChanged = listener;
  }

  #wake(): void {
    this.#woken.resolve();
  }

  #abort(id: string): void {
    for (const { claim, abort } of this.#held) {
      if (claim.id === id) abort.abort(new DOMException('cancelled', 'AbortError'));
    }
  }

  /** Takes due work, whenever there may be some. */
  async #take(): Promise<void> {
    const { queue, providerConcurrency, clock, log } = this.#options;
    await this.#forever(async () => {
      this.#woken = Promise.withResolvers<void>();
      // Whoever has little to do goes first, so that processes share the work.
      await clock.sleep(Math.min(this.#held.size, MOST_POLITE_MS), this.#stopping.signal);
      const room = providerConcurrency - this.#held.size;
      const claims = room > 0 ? await queue.take(room, providerConcurrency) : [];
      // The stop came while they were being taken.
      if (this.#stopping.signal.aborted) return await queue.release(claims);
      for (const claim of claims) this.#begin(claim);
      if (claims.length > 0) log.debug({ generations: claims.length }, 'generations were taken from the queue');
      if (claims.length > 0 && claims.length < room) return;
      await within(clock, LOOK_MS, this.#woken.promise);
    }, 'could not take from the queue');
  }

  /** Reports that this process is alive, and drops work that others have taken over. */
  async #touch(): Promise<void> {
    const { queue, clock } = this.#options;
    await this.#forever(
      async () => {
        const touched = [...this.#held].filter(({ lost }) => !lost);
        const kept = new Set(await queue.touch(touched.map(({ claim }) => claim)));
        for (const held of touched) {
          if (!kept.has(held.claim.id) && this.#held.has(held)) this.#lose(held);
        }
        await clock.sleep(TOUCH_MS, this.#stopping.signal);
      },
      'could not say that this process is alive',
      TOUCH_AGAIN_MS,
    );
  }

  #lose(held: Held): void {
    held.lost = true;
    this.#options.queue.forget(held.claim);
    held.abort.abort(new DOMException('taken over by another process', 'AbortError'));
  }

  /** Requeues the work of dead processes and, in one process at a time, does all other upkeep. */
  async #care(): Promise<void> {
    const { queue, clock, log, name } = this.#options;
    let reconciledAt = Number.NEGATIVE_INFINITY;
    await this.#forever(async () => {
      await queue.supervise();
      if (await queue.lead(name, LEAD_MS)) {
        await this.#tellPlaces();
        if (clock.now() - reconciledAt >= RECONCILE_MS) {
          const generations = await queue.reconcile();
          reconciledAt = clock.now();
          if (generations > 0) log.warn({ generations }, 'generations were missing in the queue');
        }
      }
      await clock.sleep(CARE_MS, this.#stopping.signal);
    }, 'could not look after the queue');
  }

  async #tellPlaces(): Promise<void> {
    const waiting = await this.#options.queue.waiting(TOLD);
    const json = JSON.stringify(waiting);
    if (json === this.#waiting) return;
    this.#waiting = json;
    this.#onPlacesChanged(waiting);
  }

  #begin(claim: Claim): void {
    const held: Held = { claim, abort: new AbortController(), ended: Promise.resolve(), over: false, lost: false };
    // The same one may have been lost and taken anew before this process knew, or before its aborted run has ended.
    const before = [...this.#held].filter((other) => other.claim.id === claim.id);
    for (const other of before) this.#lose(other);
    this.#held.add(held);
    held.ended = Promise.all(before.map(({ ended }) => ended))
      .then(() => (held.abort.signal.aborted ? undefined : this.#run?.(claim.id, held.abort.signal)))
      .catch((error: unknown) => this.#options.log.error({ err: error, generation: claim.id }, 'a run failed'))
      .then(() => {
        held.over = true;
      });
    void held.ended.then(() => this.#end(held));
  }

  /** Tells the queue that a run has ended, retrying as needed; after a stop, `stop` does that. */
  async #end(held: Held): Promise<void> {
    const { queue, clock, log } = this.#options;
    while (!held.lost && !this.#stopping.signal.aborted) {
      try {
        await queue.complete(held.claim);
        break;
      } catch (error) {
        log.warn({ err: error, generation: held.claim.id }, 'could not take a generation out of the queue');
        await clock.sleep(RETRY_MS);
      }
    }
    if (this.#stopping.signal.aborted && !held.lost) return;
    this.#held.delete(held);
    this.#wake();
  }

  async #release(held: readonly Held[]): Promise<void> {
    const { queue, log } = this.#options;
    const claims = held.filter(({ lost }) => !lost).map(({ claim }) => claim);
    await queue.release(claims).catch((error: unknown) => {
      log.warn({ err: error, generations: claims.length }, 'could not hand over; others will notice by themselves');
    });
    for (const one of held) this.#held.delete(one);
  }

  /** Repeats `work` until the engine stops; a failure only makes it wait. */
  async #forever(work: () => Promise<void>, failed: string, waitMs = RETRY_MS): Promise<void> {
    const { clock, log } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ err: error }, failed);
        await clock.sleep(waitMs, signal).catch(() => {});
      }
    }
  }
}
