/**
 * One short text that all processes see and replace by compare-and-set: of several that replace the same one at the same
 * moment, one does. So they agree without comparing their clocks: each waits until it has itself seen the same mark for
 * long enough, and then replaces it. Whoever dies holds up nobody for longer than that.
 */
export interface Mark {
  /** The mark as it is now; undefined when there is none. */
  read(): Promise<string | undefined>;
  /**
   * Replaces the mark, if it is still the one that is expected.
   * @param before undefined for none. @param after undefined to remove it.
   * @param expiresAt when it may be swept away (ms).
   * @returns whether it was replaced.
   */
  replace(before: string | undefined, after: string | undefined, expiresAt: number): Promise<boolean>;
}

/** A mark where one process has the database for itself: it ends with the process, as there is nobody else to see it. */
export function ownMark(): Mark {
  let mark: string | undefined;
  return {
    read: async () => mark,
    async replace(before, after) {
      if (mark !== before) return false;
      mark = after;
      return true;
    },
  };
}
