import type { Claim } from '../domain/claim.ts';
import type { Place } from './engine.ts';

/** The line that several processes share, as an engine uses it. Every method throws while the line is out of reach. */
export interface Queue {
  /** Takes up to `room` generations whose turn has come, so that all processes together hold at most `total`. */
  take(room: number, total: number): Promise<Claim[]>;
  /** Says that this process is alive. @returns the ids that it still holds. */
  touch(claims: readonly Claim[]): Promise<string[]>;
  /** The work is over; nothing happens if another process has taken it over. */
  complete(claim: Claim): Promise<void>;
  /** Another process has taken it over. */
  forget(claim: Claim): void;
  /** Gives back, for another process to take at once. */
  release(claims: readonly Claim[]): Promise<void>;
  /** Takes a generation out of the line, or tells the process that runs it to stop. */
  cancel(id: string): Promise<void>;
  place(id: string): Promise<Place | undefined>;
  /** Those that wait, the next one first. */
  waiting(limit: number): Promise<string[]>;
  /** Puts back into the line what dead processes have held. */
  supervise(): Promise<void>;
  /** Puts every unfinished generation in line that is not there. @returns how many. */
  reconcile(): Promise<number>;
  /** Whether `holder` is the one process that leads, for the next `ms`. */
  lead(holder: string, ms: number): Promise<boolean>;
  /** Hears from other processes. */
  listen(heard: { work(): void; cancel(id: string): void }): { close(): Promise<void> };
}
