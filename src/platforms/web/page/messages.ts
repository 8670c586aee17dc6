import type { CardButton } from '../../../domain/card.ts';
import type { MessagePart, WireChannel, WireCommand, WireMessage, WireMessageCommand } from '../wire.ts';
import { CardView } from './card-view.ts';
import { messageElement, updateMessageElement } from './message-element.ts';
import type { PageReading } from './rich-text.ts';

/** Somebody does something with a text of a message. */
type MessageAct = (command: WireMessageCommand, message: string, part: MessagePart) => void;

/** How near to the end of the list counts as reading the latest, in px. */
const NEAR_PX = 120;

/** The list of messages. It stays at its end while new ones come, unless somebody is reading further up. */
export class MessageList {
  readonly #scroller: HTMLElement;
  readonly #list: HTMLElement;
  readonly #jump: HTMLElement;
  readonly #reading: PageReading;
  readonly #press: (button: CardButton, message: string) => void;
  readonly #act: MessageAct;
  readonly #cards = new Map<string, CardView>();
  #commands: readonly WireCommand[] = [];
  #messageCommands: readonly WireMessageCommand[] = [];
  #atEnd = true;
  #lastTop = 0;

  constructor(parts: {
    /** The element that scrolls. */
    scroller: HTMLElement;
    list: HTMLElement;
    /** The button that leads to the latest message. */
    jump: HTMLElement;
    reading: PageReading;
    press: (button: CardButton, message: string) => void;
    act: MessageAct;
  }) {
    this.#scroller = parts.scroller;
    this.#list = parts.list;
    this.#jump = parts.jump;
    this.#reading = parts.reading;
    this.#press = parts.press;
    this.#act = parts.act;
    this.#scroller.addEventListener('scroll', () => this.#noteScroll(), { passive: true });
    this.#jump.addEventListener('click', () => this.toEnd());
    // Clips and progress bars change the height of messages after they were added.
    new ResizeObserver(() => this.#follow()).observe(this.#list);
    new ResizeObserver(() => this.#follow()).observe(this.#scroller);
  }

  /** Sets the commands that messages refer to. */
  know({ commands, messageCommands }: Pick<WireChannel, 'commands' | 'messageCommands'>): void {
    this.#commands = commands;
    this.#messageCommands = messageCommands;
  }

  /**
   * Shows these messages. Those that are shown already stay as they are, as far as they have not changed.
   * @param first the introduction before the first message.
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

  /** Takes a message away. A focus that was in it goes to the next one. */
  remove(id: string): void {
    const element = this.#find(id);
    if (!element) return;
    const next = element.nextElementSibling ?? element.previousElementSibling;
    const focused = element.contains(document.activeElement);
    this.#cards.delete(id);
    element.remove();
    if (focused && next instanceof HTMLElement) next.focus({ preventScroll: true });
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
    const card = new CardView(this.#reading, (button) => this.#press(button, message.id));
    this.#cards.set(message.id, card);
    return messageElement(message, {
      commands: this.#commands,
      messageCommands: this.#messageCommands,
      reading: this.#reading,
      card: card.element,
      act: (command, part) => this.#act(command, message.id, part),
    });
  }

  #update(message: WireMessage): void {
    this.#cards.get(message.id)?.show(message);
    const element = this.#find(message.id);
    if (element) updateMessageElement(element, message);
  }

  #noteScroll(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    // A card that has grown moves the end further away as well; only scrolling up leaves it.
    if (near) this.#atEnd = true;
    else if (scrollTop < this.#lastTop) this.#atEnd = false;
    this.#lastTop = scrollTop;
    if (near) this.#jump.hidden = true;
  }

  #follow(): void {
    if (this.#atEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}
