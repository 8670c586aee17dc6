import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { SteadyProvider } from '../providers/provider.ts';
import { type Engine, workOf } from '../queue/engine.ts';
import type { Replies } from '../replies/replies.ts';
import type { DataStore } from '../store/repositories.ts';
import type { Pipeline } from './pipeline.ts';

/** Dependencies of `Running`. */
export interface RunningParts {
  store: DataStore;
  engine: Engine;
  pipeline: Pipeline;
  replies: Replies;
  provider: Pick<SteadyProvider, 'onPauseChanged'>;
  clock: Clock;
  log: Log;
}

/**
 * Places are updated at most this often, in ms, and less often the more are waiting: each start changes the places of
 * all of them, and no chat takes hundreds of edits a second.
 */
const PLACES_INTERVAL_MS = 2000;
const PLACES_INTERVAL_EACH_MS = 50;
/** How long a stop waits for replies to say that work continues later, in ms. */
const ANNOUNCE_MS = 3000;

/** Starts, follows and stops the work on generations in this process. */
export class Running {
  readonly #parts: RunningParts;
  #stopping = false;
  #places: readonly string[] | undefined;
  #waiting: readonly string[] = [];
  #showingPlaces = false;

  constructor(parts: RunningParts) {
    this.#parts = parts;
  }

  /** Whether new requests are refused because of a stop. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** Resumes work that an earlier process left unfinished, and starts running generations. */
  async start(): Promise<void> {
    const { store, engine, pipeline, replies, provider, log } = this.#parts;
    engine.onPlacesChanged((waiting) => void this.#showPlaces(waiting));
    // Why they wait is on the cards of all that wait.
    provider.onPauseChanged(() => void this.#showPlaces(this.#waiting));
    // A shared queue has them already, and other processes may run them.
    const unfinished = engine.shared ? [] : await store.generations.listUnfinished();
    for (const generation of unfinished) engine.add(workOf(generation));
    // Shown before anything runs, so that no newer card is overtaken.
    for (const generation of unfinished) await replies.show(generation);
    engine.start((id, signal) => pipeline.run(id, signal));
    if (unfinished.length > 0) log.info({ generations: unfinished.length }, 'unfinished generations go on');
  }

  /** Refuses new requests, stops runs at their current step, and says in the replies that they continue later. */
  async stop(): Promise<void> {
    this.#stopping = true;
    const { engine, replies } = this.#parts;
    await engine.stop();
    // Other processes continue this one's work, so there is nothing to wait for.
    await (engine.shared ? replies.drain(ANNOUNCE_MS) : replies.announceRestart(ANNOUNCE_MS));
  }

  async #showPlaces(waiting: readonly string[]): Promise<void> {
    this.#waiting = waiting;
    this.#places = waiting;
    if (this.#showingPlaces) return;
    this.#showingPlaces = true;
    try {
      while (this.#places && !this.#stopping) {
        const latest = this.#places;
        this.#places = undefined;
        await this.#parts.replies.showPlaces(latest);
        await this.#parts.clock.sleep(Math.max(PLACES_INTERVAL_MS, latest.length * PLACES_INTERVAL_EACH_MS));
      }
    } catch (error) {
      this.#parts.log.error({ err: error }, 'could not show places in line');
    } finally {
      this.#showingPlaces = false;
    }
  }
}
