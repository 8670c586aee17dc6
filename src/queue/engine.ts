import type { Generation } from '../domain/generation.ts';

/** Position of a queued generation. */
export interface Place {
  /** 1 for the next to start. */
  position: number;
  /** When the member's rate limit allows the next start (ms), if the generation is waiting for that. */
  notBefore: number | undefined;
}

/** Facts about a generation that an engine needs. */
export interface Work {
  id: string;
  member: string;
  /** Most generations of this member that may run at once; the latest one's value counts. */
  concurrency: number;
  /** Earliest start (ms) that its member's rate limit allows. */
  startsAt: number;
  /** Whether it was started before (already at the provider); if so, it goes first, as it is already paid for. */
  resumed: boolean;
}

/** A generation as an engine sees it. */
export function workOf({ id, member, concurrency, startsAt, state }: Generation): Work {
  return { id, member, concurrency, startsAt, resumed: state !== 'queued' };
}

/** The part of a store transaction that an engine uses. */
export interface Transaction {
  readonly work: { enter(work: Work): Promise<void> };
}

/** Decides when each generation runs, and how many at once. It doesn't know what running one involves. */
export interface Engine {
  /**
   * Whether other processes take from the same queue. If so, the queue outlives each of them, and another process
   * continues what one leaves.
   */
  readonly shared: boolean;
  /**
   * Queues a generation as part of the transaction that writes it: if that doesn't commit, it was never queued.
   * Call `add` after the commit. Has no effect when the generation is already queued or running.
   */
  enqueue(transaction: Transaction, work: Work): Promise<void>;
  /** Call once the transaction has committed. Has no effect when the generation is already queued or running. */
  add(work: Work): void;
  /** Removes a generation from the queue, or aborts its run in any process. Has no effect when it is in neither. */
  cancel(id: string): Promise<void>;
  /** Starts running queued generations. `run` never throws; it ends early when the signal aborts. */
  start(run: (id: string, signal: AbortSignal) => Promise<void>): void;
  /** Aborts this process's runs, and resolves when they have ended; other processes may continue them. */
  stop(): Promise<void>;
  /** Number of generations running in this process. */
  running(): number;
  /** Place of a queued generation, or undefined when it is not queued. */
  place(id: string): Promise<Place | undefined>;
  /** Calls back when places have changed; among processes that share a queue, only one is called at a time. */
  onPlacesChanged(listener: (waiting: readonly string[]) => void): void;
}
