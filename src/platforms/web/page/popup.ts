import { h } from './dom.ts';

/** Something to choose. */
export interface PopupItem {
  /** Value that choosing the item gives. */
  value: string;
  label: string;
  /** More about it. */
  detail?: string | undefined;
  /** Group of the item and of its neighbours that have the same one. */
  group?: string | undefined;
}

/** How far the keys for a page go. */
const PAGE = 8;

/**
 * The list above the composer. The element that asked for it keeps the focus and is its combobox: it tells screen
 * readers which item is active.
 */
export class Popup {
  readonly element = h('ul', { class: 'popup', id: 'popup', role: 'listbox', hidden: true });
  #owner: HTMLElement | undefined;
  #items: readonly PopupItem[] = [];
  #options: HTMLElement[] = [];
  #active = 0;
  #choose: (item: PopupItem) => void = () => {};

  /** The element that it is open for, if it is open. */
  get owner(): HTMLElement | undefined {
    return this.#owner;
  }

  /** The value of the item that would be chosen now. */
  get active(): string | undefined {
    return this.#items[this.#active]?.value;
  }

  /** @param label names the list. @param chosen the value to begin with. */
  open(
    owner: HTMLElement,
    label: string,
    items: readonly PopupItem[],
    choose: (item: PopupItem) => void,
    chosen?: string,
  ): void {
    if (this.#owner !== owner) this.close();
    this.#owner = owner;
    this.#items = items;
    this.#choose = choose;
    this.element.setAttribute('aria-label', label);
    this.#options = items.map((item, index) => this.#itemElement(item, index));
    this.element.replaceChildren(...this.#withHeadings(items));
    this.element.scrollTop = 0;
    this.element.hidden = false;
    owner.setAttribute('aria-expanded', 'true');
    owner.setAttribute('aria-controls', this.element.id);
    this.#activate(
      Math.max(
        0,
        items.findIndex(({ value }) => value === chosen),
      ),
    );
  }

  close(): void {
    this.#owner?.setAttribute('aria-expanded', 'false');
    this.#owner?.removeAttribute('aria-activedescendant');
    this.#owner = undefined;
    this.element.hidden = true;
  }

  /** Handles the keys that work a list. @returns whether it took this one. */
  handleKey(event: KeyboardEvent): boolean {
    if (!this.#owner || event.isComposing) return false;
    const last = this.#items.length - 1;
    const actions: Record<string, () => void> = {
      ArrowDown: () => this.#activate(this.#active >= last ? 0 : this.#active + 1),
      ArrowUp: () => this.#activate(this.#active <= 0 ? last : this.#active - 1),
      PageDown: () => this.#activate(Math.min(last, this.#active + PAGE)),
      PageUp: () => this.#activate(Math.max(0, this.#active - PAGE)),
      Enter: () => this.#chooseAt(this.#active),
      Tab: () => this.#chooseAt(this.#active),
      Escape: () => this.close(),
    };
    const action = actions[event.key];
    if (!action || event.shiftKey) return false;
    event.preventDefault();
    action();
    return true;
  }

  /** Makes the first item active whose label begins with this. */
  seek(letter: string): void {
    const found = this.#items.findIndex(({ label }) => label.toLowerCase().startsWith(letter.toLowerCase()));
    if (found >= 0) this.#activate(found);
  }

  /** The items' elements, with a heading before each group where there are several. */
  #withHeadings(items: readonly PopupItem[]): HTMLElement[] {
    const several = new Set(items.map(({ group }) => group)).size > 1;
    return this.#options.flatMap((option, index) => {
      const group = items[index]?.group;
      const begins = several && group !== undefined && group !== items[index - 1]?.group;
      return begins ? [h('li', { class: 'popup-group', role: 'presentation' }, group), option] : [option];
    });
  }

  #itemElement({ label, detail }: PopupItem, index: number): HTMLElement {
    const element = h(
      'li',
      { id: `popup-${index}`, role: 'option', 'aria-selected': 'false' },
      h('span', { class: 'popup-label' }, label),
      detail ? h('span', { class: 'popup-detail' }, detail) : undefined,
    );
    // The focus stays with the owner.
    element.addEventListener('pointerdown', (event) => event.preventDefault());
    element.addEventListener('click', () => this.#chooseAt(index));
    return element;
  }

  #activate(index: number): void {
    this.#active = index;
    for (const [at, element] of this.#options.entries()) {
      element.setAttribute('aria-selected', String(at === index));
      if (at === index) element.scrollIntoView({ block: 'nearest' });
    }
    // The heading above the first item can be seen as well.
    if (index === 0) this.element.scrollTop = 0;
    this.#owner?.setAttribute('aria-activedescendant', `popup-${index}`);
  }

  #chooseAt(index: number): void {
    const item = this.#items[index];
    const choose = this.#choose;
    this.close();
    if (item) choose(item);
  }
}
