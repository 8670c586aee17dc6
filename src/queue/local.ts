import PQueue from 'p-queue';
import type { Clock } from '../lib/clock.ts';
import type { Engine, Place, Work } from './engine.ts';

/** Options of `createLocalEngine`. */
export interface LocalEngineOptions {
  /** Generations at the provider at once, all members together. */
  providerConcurrency: number;
  clock: Clock;
}

/** A resumed generation goes before those that nobody has paid for yet. */
const PRIORITY = { resumed: 1, fresh: 0 };

/** One member's queue. */
interface Line {
  queue: PQueue;
  /** Queued ids, next first; an id leaves when it enters the provider's queue. */
  waiting: string[];
  /** Number of this member's generations in the provider's queue or running. */
  active: number;
}

/**
 * Runs generations in this process: one PQueue a member, all feeding one PQueue for the provider. A member has at most
 * `memberConcurrency` generations in the provider's queue, so that one with many waiting doesn't hold up one with few.
 */
export function createLocalEngine(options: LocalEngineOptions): Engine {
  return new LocalEngine(options);
}

class LocalEngine implements Engine {
  readonly shared = false;
  readonly #options: LocalEngineOptions;
  readonly #provider: PQueue;
  readonly #lines = new Map<string, Line>();
  /** Ids in the provider's queue, next first. */
  readonly #ready: string[] = [];
  readonly #work = new Map<string, Work & { abort: AbortController }>();
  readonly #runs = new Set<Promise<void>>();
  #run: ((id: string, signal: AbortSignal) => Promise<void>) | undefined;
  #stopped = false;
  #announced = false;
  #onPlacesChanged: (waiting: readonly string[]) => void = () => {};

  constructor(options: LocalEngineOptions) {
    this.#options = options;
    this.#provider = new PQueue({ concurrency: options.providerConcurrency, autoStart: false });
  }

  /** Does nothing: the queue is in memory, where `add` fills it. */
  async enqueue(): Promise<void> {}

  add(work: Work): void {
    if (this.#stopped || this.#work.has(work.id)) return;
    const abort = new AbortController();
    this.#work.set(work.id, { ...work, abort });
    const line = this.#lineOf(work);
    const priority = work.resumed ? PRIORITY.resumed : PRIORITY.fresh;
    insert(line.waiting, work.id, work.resumed);
    const rest = work.resumed ? 0 : work.startsAt - this.#options.clock.now();
    const enter = () =>
      line.queue.add(() => this.#enterProvider(work, line, priority, abort.signal), { priority, signal: abort.signal });
    // Rate-limited work waits outside the queue, where it takes nobody's place.
    const done = rest > 0 ? this.#options.clock.sleep(rest, abort.signal).then(enter) : enter();
    // A run stores its own outcome, so there is nothing to report here.
    done.catch(() => {}).finally(() => this.#leave(work.id, line));
    this.#announce();
  }

  async cancel(id: string): Promise<void> {
    this.#work.get(id)?.abort.abort(new DOMException('cancelled', 'AbortError'));
  }

  start(run: (id: string, signal: AbortSignal) => Promise<void>): void {
    this.#run = run;
    this.#provider.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#provider.pause();
    for (const { abort } of this.#work.values()) abort.abort(new DOMException('stopping', 'AbortError'));
    await Promise.allSettled(this.#runs);
  }

  running(): number {
    return this.#runs.size;
  }

  async place(id: string): Promise<Place | undefined> {
    const ready = this.#ready.indexOf(id);
    if (ready >= 0) return { position: ready + 1, notBefore: undefined };
    const work = this.#work.get(id);
    const line = work && this.#lines.get(work.member);
    const ahead = line?.waiting.indexOf(id) ?? -1;
    if (!work || !line || ahead < 0) return undefined;
    // Members take turns, so each other one starts at most as many before this as this member does, and one more.
    let position = this.#ready.length + ahead + 1;
    for (const other of this.#lines.values()) {
      if (other !== line) position += Math.min(other.waiting.length, ahead);
    }
    return { position, notBefore: work.startsAt > this.#options.clock.now() ? work.startsAt : undefined };
  }

  onPlacesChanged(listener: (waiting: readonly string[]) => void): void {
    this.#onPlacesChanged = listener;
  }

  async #enterProvider(work: Work, line: Line, priority: number, signal: AbortSignal): Promise<void> {
    remove(line.waiting, work.id);
    line.active += 1;
    insert(this.#ready, work.id, work.resumed);
    this.#announce();
    try {
      await this.#provider.add(
        async () => {
          remove(this.#ready, work.id);
          this.#announce();
          const run = this.#run?.(work.id, signal) ?? Promise.resolve();
          this.#runs.add(run);
          await run.finally(() => this.#runs.delete(run));
        },
        { priority, signal },
      );
    } finally {
      line.active -= 1;
    }
  }

  #leave(id: string, line: Line): void {
    const member = this.#work.get(id)?.member;
    this.#work.delete(id);
    remove(line.waiting, id);
    remove(this.#ready, id);
    this.#announce();
    const idle = line.active === 0 && line.waiting.length === 0;
    if (member !== undefined && idle && this.#lines.get(member) === line) this.#lines.delete(member);
  }

  #lineOf({ member, concurrency }: Work): Line {
    const known = this.#lines.get(member);
    if (known) {
      known.queue.concurrency = concurrency;
      return known;
    }
    const line: Line = { queue: new PQueue({ concurrency }), waiting: [], active: 0 };
    this.#lines.set(member, line);
    return line;
  }

  #announce(): void {
    if (this.#announced || this.#stopped) return;
    this.#announced = true;
    setImmediate(() => {
      this.#announced = false;
      this.#onPlacesChanged([...this.#ready, ...[...this.#lines.values()].flatMap(({ waiting }) => waiting)]);
    });
  }
}

function insert(ids: string[], id: string, first: boolean): void {
  if (first) ids.unshift(id);
  else ids.push(id);
}

function remove(ids: string[], id: string): void {
  const index = ids.indexOf(id);
  if (index >= 0) ids.splice(index, 1);
}
