/** Where a waiting generation stands. */
export interface Place {
  /** 1 for the next to start. */
  position: number;
  /** When the member's rate allows the next start (ms), if that is what it waits for. */
  notBefore: number | undefined;
}

/** What an engine needs to know of a generation. */
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

/** Where generations run: when each one's turn comes, and how many at once. It knows nothing of what running means. */
export interface Engine {
  /** Puts a generation in line. Adding one that is in line or running changes nothing. */
  add(work: Work): void;
  /** Takes a generation out of the line, or aborts its run. Changes nothing when it is in neither. */
  cancel(id: string): void;
  /** Begins to run what is in line. `run` never throws; it ends early when the signal aborts. */
  start(run: (id: string, signal: AbortSignal) => Promise<void>): void;
  /** Aborts what is running, drops what waits (the store knows it), and resolves when all runs have ended. */
  stop(): Promise<void>;
  /** How many generations run at the moment. */
  running(): number;
  /** The place of a waiting generation, or undefined when it is not waiting here. */
  place(id: string): Place | undefined;
  /** Calls back, at most once a turn of the event loop, when places have changed. */
  onPlacesChanged(listener: (waiting: readonly string[]) => void): void;
}
