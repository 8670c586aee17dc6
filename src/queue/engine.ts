import type { Generation } from '../domain/generation.ts';

/** Where a waiting generation stands. */
export interface Place {
  /** 1 for the next to start. */
  position: number;
  /** When the member's rate allows the next start (ms), if that is what it waits for. */
  notBefore: number | undefined;
}

/** Facts about a generation that an engine needs. */
export interface Work {
  id: string;
  member: string;
  /** How many of this member may run at once; what the latest one says counts. */
  concurrency: number;
  /** It starts no earlier (ms): its member's rate allows no start before. */
  startsAt: number;
  /** Whether it was begun before (at the provider already): it goes first, as somebody has paid for it. */
  resumed: boolean;
}

/** A generation as an engine sees it. */
export function workOf({ id, member, concurrency, startsAt, state }: Generation): Work {
  return { id, member, concurrency, startsAt, resumed: state !== 'queued' };
}

/** A transaction of the store, as far as an engine has to do with it. */
export interface Transaction {
  readonly work: { enter(work: Work): Promise<void> };
}

/** Where generations run: when each one's turn comes, and how many at once. It knows nothing of what running means. */
export interface Engine {
  /**
   * Whether other processes take from the same line. Then the line outlives each of them, and what one leaves, another
   * goes on with.
   */
  readonly shared: boolean;
  /**
   * Puts a generation in line as part of the transaction that writes it: if that does not commit, it was never there.
   * Call `add` after the commit. One that is in line or running stays as it is.
   */
  enqueue(transaction: Transaction, work: Work): Promise<void>;
  /** Call once the transaction has committed. Has no effect when the generation is already queued or running. */
  add(work: Work): void;
  /** Takes a generation out of the line, or aborts its run, wherever that is. Changes nothing when it is in neither. */
  cancel(id: string): Promise<void>;
  /** Begins to run what is in line. `run` never throws; it ends early when the signal aborts. */
  start(run: (id: string, signal: AbortSignal) => Promise<void>): void;
  /** Aborts what is running here, and resolves when it has ended; others may go on with it. */
  stop(): Promise<void>;
  /** How many generations run in this process at the moment. */
  running(): number;
  /** The place of a waiting generation, or undefined when it does not wait. */
  place(id: string): Promise<Place | undefined>;
  /** Calls back when places have changed; of processes that share a line, only one is called at a time. */
  onPlacesChanged(listener: (waiting: readonly string[]) => void): void;
}
