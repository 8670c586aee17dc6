import { PATIENCE_MS } from '../support/patience.ts';

/** Those who wait for something to be seen in a fake. */
export class Waits {
  readonly #looks = new Set<{ look: () => void; forget: () => void }>();

  /** Something has changed: all look again. */
  changed(): void {
    for (const { look } of [...this.#looks]) look();
  }

  /**
   * Resolves with the first value that `find` finds, now or after a change; what never comes is an error at last. One
   * that nobody awaits any more (the other one of two was quicker) is none.
   * @param lastSeen says what was there instead.
   */
  until<T>(find: () => T | undefined | false, lastSeen: () => string): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const forget = () => {
      clearTimeout(timer);
      this.#looks.delete(waiter);
    };
    const look = () => {
      try {
        const found = find();
        if (found === undefined || found === false) return;
        resolve(found);
      } catch (error) {
        reject(error);
      }
      forget();
    };
    const waiter = { look, forget };
    const timer = setTimeout(() => {
      forget();
      reject(new Error(`nothing of it within ${PATIENCE_MS} ms; last seen: ${lastSeen()}`));
    }, PATIENCE_MS);
    this.#looks.add(waiter);
    promise.catch(() => {});
    look();
    return promise;
  }

  /** The fake is closed: nothing comes any more, and a test that has ended is not told so. */
  end(): void {
    for (const { forget } of [...this.#looks]) forget();
  }
}
