/**
 * How long somebody has waited for something while the other side was answering. Time without answers (this process was
 * away, or cut off) hardly counts: deadlines count answers, not time.
 */
export class AnsweredTime {
  readonly #mostMs: number;
  #lastAt: number;
  #ms = 0;

  /** @param since when the waiting began (ms). @param mostMs what counts at most between two answers, in ms. */
  constructor(since: number, mostMs: number) {
    this.#lastAt = since;
    this.#mostMs = mostMs;
  }

  /** Notes an answer. @param now in ms. @returns how long it has been by now, in ms. */
  answer(now: number): number {
    this.#ms += Math.min(Math.max(now - this.#lastAt, 0), this.#mostMs);
    this.#lastAt = now;
    return this.#ms;
  }
}
