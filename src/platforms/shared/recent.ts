import type { Clock } from '../../lib/clock.ts';

/** Remembers recent keys, so that a repeated one is handled once. */
export class Recent {
  readonly #clock: Clock;
  readonly #keptMs: number;
  readonly #most: number;
  /** When each came in, the oldest first. */
  readonly #times = new Map<string, number>();

  /** @param keptMs how long a key is remembered. @param most how many are; the oldest go first. */
  constructor(clock: Clock, keptMs: number, most: number) {
    this.#clock = clock;
    this.#keptMs = keptMs;
    this.#most = most;
  }

  /** Whether this has not come in before; from now on it has. */
  isNew(key: string): boolean {
    const now = this.#clock.now();
    for (const [old, time] of this.#times) {
      if (now - time <= this.#keptMs && this.#times.size < this.#most) break;
      this.#times.delete(old);
    }
    if (this.#times.has(key)) return false;
    this.#times.set(key, now);
    return true;
  }
}
