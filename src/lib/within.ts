import type { Clock } from './clock.ts';

/**
 * Waits for something, and no longer than `ms`; it is not broken off.
 * @returns its value; undefined when it is still under way by then. @throws what it rejects with within that time.
 */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<{ value: T } | undefined> {
  const slept = new AbortController();
  const late = clock.sleep(ms, slept.signal).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } finally {
    slept.abort();
  }
}
