import type { CardButton } from '../../../replies/card.ts';
import type { Person } from '../people.ts';
import type { WireCommand, WireMessage } from '../wire.ts';
import { avatar, botAvatar } from './avatar.ts';
import { CardView } from './card-view.ts';
import { h, icon } from './dom.ts';
import { parseLine } from './line.ts';
import type { Ticker } from './ticker.ts';
import { timeElement } from './times.ts';

/** How near to the end of the list counts as reading the latest, in px. */
const NEAR_PX = 120;

/** The list of messages. It stays at its end while new ones come, unless somebody is reading further up. */
export class MessageList {
  readonly #scroller: HTMLElement;
  readonly #list: HTMLElement;
  readonly #jump: HTMLElement;
  readonly #ticker: Ticker;
  readonly #press: (button: CardButton, message: string) => void;
  readonly #cards = new Map<string, CardView>();
  #people: readonly Person[] = [];
  #commands: readonly WireCommand[] = [];
  #atEnd = true;

  constructor(parts: {
    /** What scrolls. */
    scroller: HTMLElement;
    list: HTMLElement;
    /** The button that leads to the latest message. */
    jump: HTMLElement;
    ticker: Ticker;
    press: (button: CardButton, message: string) => void;
  }) {
    this.#scroller = parts.scroller;
    this.#list = parts.list;
    this.#jump = parts.jump;
    this.#ticker = parts.ticker;
    this.#press = parts.press;
    this.#scroller.addEventListener('scroll', () => this.#noteScroll(), { passive: true });
    this.#jump.addEventListener('click', () => this.toEnd());
    // Clips and progress bars change the height of messages after they were added.
    new ResizeObserver(() => this.#follow()).observe(this.#list);
    new ResizeObserver(() => this.#follow()).observe(this.#scroller);
  }

  /** Who and what the messages speak of. */
  know(people: readonly Person[], commands: readonly WireCommand[]): void {
    this.#people = people;
    this.#commands = commands;
  }

  nameOf(id: string): string {
    return this.#people.find((person) => person.id === id)?.name ?? id;
  }

  /**
   * Shows these messages. Those that are shown already stay as they are, as far as they have not changed.
   * @param first what stands before the first message.
   */
  showAll(messages: readonly WireMessage[], first: HTMLElement | undefined): void {
    const elements = messages.map((message) => this.#find(message.id) ?? this.#create(message));
    const wanted: Node[] = first ? [first, ...elements] : elements;
    const same = wanted.length === this.#list.childElementCount && wanted.every((e, i) => this.#list.children[i] === e);
    if (!same) this.#list.replaceChildren(...wanted);
    const ids = new Set(messages.map(({ id }) => id));
    for (const id of this.#cards.keys()) if (!ids.has(id)) this.#cards.delete(id);
    for (const message of messages) this.#update(message);
  }

  /** Shows a message that is new or has changed. @param next id of the message after it, if it is not the last. */
  show(message: WireMessage, next: string | undefined): void {
    if (!this.#find(message.id)) {
      this.#list.insertBefore(this.#create(message), (next && this.#find(next)) || null);
      if (!this.#atEnd) this.#jump.hidden = false;
    }
    this.#update(message);
  }

  /** Goes to the latest message and stays there. */
  toEnd(): void {
    this.#atEnd = true;
    this.#jump.hidden = true;
    this.#follow();
  }

  #find(id: string): HTMLElement | undefined {
    return [...this.#list.children].find((child) => child instanceof HTMLElement && child.dataset.id === id) as
      | HTMLElement
      | undefined;
  }

  #create(message: WireMessage): HTMLElement {
    const { id, member, said, createdAt } = message;
    const name = this.nameOf(member);
    const card = new CardView(this.#ticker, (button) => this.#press(button, id));
    this.#cards.set(id, card);
    const private_ = h('span', { class: 'only-you', hidden: true }, icon('eye'), 'Only you can see this');
    return h(
      'li',
      { class: 'message', 'data-id': id, tabindex: '-1' },
      h(
        'div',
        { class: 'row' },
        avatar(member, name),
        h(
          'div',
          { class: 'row-body' },
          h(
            'div',
            { class: 'byline' },
            h('span', { class: 'name' }, name),
            timeElement(createdAt, 'moment', this.#ticker),
          ),
          saidElement(said, this.#commands),
        ),
      ),
      h(
        'div',
        { class: 'row' },
        botAvatar(),
        h(
          'div',
          { class: 'row-body' },
          h(
            'div',
            { class: 'byline' },
            h('span', { class: 'name' }, 'Dailies'),
            h('span', { class: 'badge' }, 'Bot'),
            private_,
          ),
          card.element,
        ),
      ),
    );
  }

  #update(message: WireMessage): void {
    this.#cards.get(message.id)?.show(message);
    const note = this.#find(message.id)?.querySelector<HTMLElement>('.only-you');
    if (note) note.hidden = !message.onlyYou;
  }

  #noteScroll(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (this.#atEnd) this.#jump.hidden = true;
  }

  #follow(): void {
    if (this.#atEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}

/** What somebody said, with the names of its options set apart from their values. */
function saidElement(said: string, commands: readonly WireCommand[]): HTMLElement {
  const parsed = said.startsWith('/') ? parseLine(said, commands) : undefined;
  if (!parsed?.command || parsed.stray) return h('p', { class: 'said', dir: 'auto' }, said);
  const options = [...parsed.texts].flatMap(([name, text]) => [
    ' ',
    h('span', { class: 'said-option' }, h('span', { class: 'said-name' }, `${name}:`), h('bdi', {}, text)),
  ]);
  return h('p', { class: 'said' }, h('span', { class: 'said-command' }, `/${parsed.command.name}`), ...options);
}
