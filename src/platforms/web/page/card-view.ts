import type { CardButton } from '../../../domain/card.ts';
import type { WireMessage } from '../wire.ts';
import { clipElement, safeLink } from './clip.ts';
import { h } from './dom.ts';
import { fileElement } from './files.ts';
import { words } from './page-words.ts';
import { progressElement } from './progress.ts';
import { type PageReading, richText } from './rich-text.ts';

/** How long a reply without a card is waited for before the page says that none may come. */
const PATIENCE_MS = 30_000;

const PARTS = [
  'thinking',
  'title',
  'text',
  'prompt',
  'progress',
  'clip',
  'fields',
  'items',
  'files',
  'notes',
  'buttons',
] as const;
type Part = (typeof PARTS)[number];

/**
 * A message's card. It is updated part by part, and only where something is new: a clip keeps playing, a progress bar
 * keeps moving, and a button keeps the focus while the rest changes.
 */
export class CardView {
  readonly element = h('div', { class: 'card' });
  readonly #parts = new Map(PARTS.map((part) => [part, h('div', { class: `card-${part}` })]));
  readonly #shown = new Map<Part, string>();
  readonly #reading: PageReading;
  readonly #press: (button: CardButton) => void;

  constructor(reading: PageReading, press: (button: CardButton) => void) {
    this.#reading = reading;
    this.#press = press;
    this.element.append(...this.#parts.values());
  }

  show(message: WireMessage): void {
    const { card, files, videoUrl, usually, createdAt } = message;
    const reading = this.#reading;
    this.element.dataset.tone = card?.tone ?? 'thinking';
    this.#fill('thinking', card ? undefined : createdAt, () => [this.#thinking(createdAt)]);
    this.#fill('title', card?.title, (title) => [h('h3', {}, title)]);
    this.#fill('text', card?.text, (text) => [h('p', {}, ...richText(text, reading))]);
    this.#fill('prompt', card?.prompt, (prompt) => [h('blockquote', { dir: 'auto' }, prompt)]);
    this.#fill('progress', card?.progress && { ...card.progress, tenths: undefined, usually }, (shown) => [
      progressElement(shown, shown.usually, reading.ticker),
    ]);
    // The address is signed anew each time, the name stays.
    this.#fill('clip', videoUrl && card?.video?.name, (name) => [clipElement(videoUrl ?? '', name)]);
    this.#fill('fields', card?.fields.length ? card.fields : undefined, (fields) => [
      h(
        'dl',
        {},
        ...fields.map(({ label, value }) => h('div', {}, h('dt', {}, label), h('dd', {}, ...richText(value, reading)))),
      ),
    ]);
    this.#fill('items', card?.items?.length ? card.items : undefined, (items) => [
      h(
        'ul',
        {},
        ...items.map(({ title, text }) =>
          h('li', {}, h('h4', {}, ...richText(title, reading)), h('p', { dir: 'auto' }, ...richText(text, reading))),
        ),
      ),
    ]);
    this.#fill('files', files, (shown) => shown.map(fileElement));
    this.#fill('notes', card?.notes.length ? card.notes : undefined, (notes) =>
      notes.map((note) => h('p', {}, ...richText(note, reading))),
    );
    const link = videoUrl ? undefined : safeLink(card?.video?.link ?? '');
    this.#fill(
      'buttons',
      card?.buttons.length || link ? { buttons: card?.buttons ?? [], link } : undefined,
      (shown) => [
        ...(shown.link
          ? [h('a', { class: 'button primary', href: shown.link, target: '_blank' }, words.openVideo)]
          : []),
        ...shown.buttons.map((button) => this.#button(button)),
      ],
    );
  }

  #fill<T>(part: Part, value: T | undefined, build: (value: T) => Node[]): void {
    const key = value === undefined || value === '' ? '' : JSON.stringify(value);
    const place = this.#parts.get(part);
    if (!place || this.#shown.get(part) === key) return;
    this.#shown.set(part, key);
    const focused = place.contains(document.activeElement) ? document.activeElement : undefined;
    place.hidden = key === '';
    place.replaceChildren(...(value === undefined || key === '' ? [] : build(value)));
    if (focused) this.#keepFocus(place, focused);
  }

  /** Somebody who works by keyboard must not be thrown to the top of the page when a button goes. */
  #keepFocus(place: HTMLElement, focused: Element): void {
    const same = [...place.querySelectorAll('button')].find(({ textContent }) => textContent === focused.textContent);
    (same ?? this.element.closest<HTMLElement>('[tabindex]'))?.focus();
  }

  #button(button: CardButton): HTMLButtonElement {
    const element = h('button', { type: 'button', class: `button ${button.style}` }, button.label);
    element.addEventListener('click', () => this.#press(button));
    return element;
  }

  #thinking(createdAt: number): HTMLElement {
    const text = h('span');
    const element = h('p', {}, h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), text);
    this.#reading.ticker.every(element, (now) => {
      const late = now - createdAt > PATIENCE_MS;
      element.classList.toggle('late', late);
      text.textContent = late ? words.noAnswer : words.thinking;
    });
    return element;
  }
}
