/** One call of the API; files are none. `at` is ms since 1970 by the sandbox's clock. */
export interface NotedCall {
  at: number;
  method: string;
  /** Without the query. */
  path: string;
}

/** The latest calls that are kept. */
const MOST_CALLS = 10_000;

/** Keeps the latest calls, oldest first. */
export function createCalls(): { note(call: NotedCall): void; latest(): NotedCall[] } {
  let calls: NotedCall[] = [];
  return {
    note(call) {
      calls.push(call);
      // Cut now and then: `shift` for each call would move all of them.
      if (calls.length >= 2 * MOST_CALLS) calls = calls.slice(-MOST_CALLS);
    },
    latest: () => calls.slice(-MOST_CALLS),
  };
}
