/** Facts about a generation that the queue needs. */
export interface WorkEntry {
  /** The generation's id, a UUID. */
  id: string;
  member: string;
  /** Whether it was started before; if so, it goes first. */
  resumed: boolean;
  /** Earliest start (ms). */
  startsAt: number;
  /** Most generations of its member that may run at once. */
  concurrency: number;
}

/** The queue, as one transaction sees it; changes take effect only if that transaction commits. */
export interface WorkEntries {
  /** Queues a generation; has no effect when it is already queued or running. */
  enter(work: WorkEntry): Promise<void>;
  /**
   * Renews this process's claim on a generation, so that no other takes it over for some seconds.
   * @returns false when another has taken it over already.
   */
  keep(id: string): Promise<boolean>;
  /**
   * Ends this process's work on a generation.
   * @returns false when another process has taken it over meanwhile; then the transaction must not commit.
   */
  finish(id: string): Promise<boolean>;
}

/** For a database with a single process: the queue is in its memory, and no other process can take anything. */
export const NO_ENTRIES: WorkEntries = {
  enter: async () => {},
  keep: async () => true,
  finish: async () => true,
};
