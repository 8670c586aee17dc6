import type { Claim } from '../domain/generation.ts';
import type { Place } from './engine.ts';

/** The queue that several processes share, as an engine uses it. Every method throws while it is unreachable. */
export interface Queue {
  /** Takes up to `room` generations whose turn has come, so that all processes together hold at most `total`. */
  take(room: number, total: number): Promise<Claim[]>;
  /** Says that this process is alive. @returns the ids that it still holds. */
  touch(claims: readonly Claim[]): Promise<string[]>;
  /** Removes a finished generation; does nothing if another process has taken it over. */
  complete(claim: Claim): Promise<void>;
  /** Drops a claim that another process has taken over. */
  forget(claim: Claim): void;
  /** Returns generations to the queue, for another process to take at once. */
  release(claims: readonly Claim[]): Promise<void>;
  /** Removes a generation from the queue, or tells the process that runs it to stop. */
  cancel(id: string): Promise<void>;
  place(id: string): Promise<Place | undefined>;
  /** Ids of queued generations, next first. */
  waiting(limit: number): Promise<string[]>;
  /** Requeues the work of dead processes. */
  supervise(): Promise<void>;
  /** Queues every unfinished generation that is missing from the queue. @returns the number queued. */
  reconcile(): Promise<number>;
  /** Whether `holder` is the one process that leads, for the next `ms`. */
  lead(holder: string, ms: number): Promise<boolean>;
  /** Listens to other processes. */
  listen(heard: { work(): void; cancel(id: string): void }): { close(): Promise<void> };
}
