/** Facts about a generation that the queue needs. */
export interface WorkEntry {
  /** The generation's id, a UUID. */
  id: string;
  member: string;
  /** Whether it was begun before: it goes first. */
  resumed: boolean;
  /** It starts no earlier (ms). */
  startsAt: number;
  /** How many of its member may run at once. */
  concurrency: number;
}

/** The line of generations, as one transaction sees it; all of it happens only if that transaction commits. */
export interface WorkEntries {
  /** Puts a generation in line; one that is in line or running already stays as it is. */
  enter(work: WorkEntry): Promise<void>;
  /**
   * Says that this process is still at work on a generation, so that no other takes it over for some seconds.
   * @returns false when another has taken it over already.
   */
  keep(id: string): Promise<boolean>;
  /**
   * Ends this process's work on a generation.
   * @returns false when another process has taken it over meanwhile; then the transaction must not commit.
   */
  finish(id: string): Promise<boolean>;
}

/** Where one process has the database for itself, it keeps the line in its memory, and nobody else can take anything. */
export const NO_ENTRIES: WorkEntries = {
  enter: async () => {},
  keep: async () => true,
  finish: async () => true,
};
