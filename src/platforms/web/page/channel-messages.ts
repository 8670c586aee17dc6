import { join } from '../../../domain/text.ts';
import type { WireMessage } from '../wire.ts';
import type { Names } from './names.ts';
import { fill, words } from './page-words.ts';
import { plainText } from './rich-text.ts';

/** The messages that the page knows, the oldest first. */
export class ChannelMessages {
  #messages: WireMessage[] = [];
  /** Messages that came by themselves since `expectAll`; they are newer than the list that is under way. */
  #fresh: Set<string> | undefined;
  /** Messages that went since `expectAll`; the list may still have them. */
  #gone = new Set<string>();

  get messages(): readonly WireMessage[] {
    return this.#messages;
  }

  /** A list of all messages has been asked for; messages that arrive from now on are not older than the list. */
  expectAll(): void {
    this.#fresh = new Set();
    this.#gone = new Set();
  }

  /**
   * Replaces the messages known before with the list that was asked for.
   * @param shown id of the channel the list is from.
   */
  setAll(messages: readonly WireMessage[], shown: string): void {
    const fresh = this.#messages.filter(({ id, channel }) => channel === shown && this.#fresh?.has(id));
    this.#messages = messages.filter(({ id }) => !this.#gone.has(id));
    this.#fresh = undefined;
    for (const message of fresh) this.put(message);
  }

  /** Adds or replaces a message. @returns the version before, if it was known, and its place. */
  put(message: WireMessage): { before: WireMessage | undefined; index: number } {
    this.#fresh?.add(message.id);
    const known = this.#messages.findIndex(({ id }) => id === message.id);
    if (known >= 0) {
      const before = this.#messages[known];
      this.#messages[known] = message;
      return { before, index: known };
    }
    const index = this.#messages.findLastIndex(({ createdAt }) => createdAt <= message.createdAt) + 1;
    this.#messages.splice(index, 0, message);
    return { before: undefined, index };
  }

  /** A message is gone. */
  remove(id: string): void {
    this.#gone.add(id);
    this.#fresh?.delete(id);
    this.#messages = this.#messages.filter((message) => message.id !== id);
  }
}

/**
 * Tells a screen reader about a change: each new state once, and never the passing of time.
 * @param now ms since 1970 UTC.
 */
export function announce(
  before: WireMessage | undefined,
  after: WireMessage,
  names: Names,
  now: number,
): string | undefined {
  const { card, member } = after;
  const name = member === undefined ? undefined : names.ofMember(member);
  if (!card) return before ? undefined : `${name}: ${after.said}`;
  if (before?.card?.title === card.title && before.card.tone === card.tone) return undefined;
  const told = card.tone === 'working' || !card.text ? card.title : join([card.title, card.text], '. ');
  const { toYou, to, toAll } = words.announce;
  const text = plainText(told, now, names);
  return fill(after.onlyYou ? toYou : name === undefined ? toAll : to, { name: name ?? '', text });
}
