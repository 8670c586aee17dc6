/** Nobody is held up longer than this, in ms. */
const LONGEST_HOLD_MS = 500;

/**
 * Lets acknowledgements go before everything else. Discord gives each interaction 3 seconds, and when hundreds arrive at
 * once, the work for the first ones (database, cards) would take the time of the last ones' acknowledgements.
 */
export class Gate {
  #underWay = 0;
  #held: (() => void)[] = [];

  /** Runs an acknowledgement, then waits until no other is under way. */
  async acknowledged<T>(acknowledge: () => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await acknowledge();
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#open();
      else await this.#hold();
    }
  }

  #open(): void {
    for (const go of this.#held.splice(0)) go();
  }

  #hold(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LONGEST_HOLD_MS);
      this.#held.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
