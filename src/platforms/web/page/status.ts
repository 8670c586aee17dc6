/** How long good news stays. */
const GOOD_NEWS_MS = 4000;

/** The line that reports events outside the messages. */
export class StatusLine {
  readonly #element: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param element a live region. */
  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Reports a failure; it stays until something else is reported. */
  problem(text: string): void {
    this.#show('problem', text);
  }

  /** Something works again. */
  good(text: string): void {
    this.#show('good', text);
    this.#timer = setTimeout(() => this.clear(), GOOD_NEWS_MS);
  }

  clear(): void {
    this.#show('', '');
  }

  #show(kind: string, text: string): void {
    clearTimeout(this.#timer);
    this.#element.dataset.kind = kind;
    this.#element.textContent = text;
  }
}
