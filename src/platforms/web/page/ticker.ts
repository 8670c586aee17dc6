/** Runs updates once a second, by the server's clock. */
export class Ticker {
  readonly #updates = new Map<Element, (now: number) => void>();
  #offset = 0;

  constructor() {
    setInterval(() => this.#tick(), 1000);
  }

  /** The server's time, ms since 1970 UTC. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** Sets the clock by the server's latest time. */
  follow(serverNow: number): void {
    this.#offset = serverNow - Date.now();
  }

  /** Updates an element now and each second, for as long as it is on the page. */
  every(element: Element, update: (now: number) => void): void {
    update(this.now());
    this.#updates.set(element, update);
  }

  #tick(): void {
    const now = this.now();
    for (const [element, update] of this.#updates) {
      if (element.isConnected) update(now);
      else this.#updates.delete(element);
    }
  }
}
