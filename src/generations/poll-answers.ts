/** Which generations the provider has answered about last: whether a "not found" is about one of them or about all. */
export class PollAnswers {
  #latest: { id: string; at: number } | undefined;
  /** The latest about another than that one. */
  #other: { id: string; at: number } | undefined;

  /** Notes an answer about a generation. @param id the provider's. @param at in ms. */
  note(id: string, at: number): void {
    if (this.#latest && this.#latest.id !== id) this.#other = this.#latest;
    this.#latest = { id, at };
  }

  /** When the provider last answered about any other generation (ms); never: minus infinity. */
  ofOthers(id: string): number {
    const one = this.#latest?.id === id ? this.#other : this.#latest;
    return one?.at ?? Number.NEGATIVE_INFINITY;
  }
}
