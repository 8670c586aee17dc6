import type { Card } from '../../src/domain/card.ts';
import { join, type Text } from '../../src/domain/text.ts';
import type { Texts } from '../../src/locales/texts.ts';
import type { ButtonContext } from '../command.ts';
import { turnButtons } from '../turning.ts';

/** A list that is too long for one card. */
export interface LongList {
  /** Name that its buttons use for it. */
  name: string;
  title: string;
  /** Instead of lines when there are none. */
  empty: string;
  lines: readonly Text[];
  notes?: readonly Text[];
}

/** Needed to build a list, for a command and for its buttons. */
export type ListContext = Pick<ButtonContext, 'community' | 'member' | 'roles' | 'moderator' | 'moderation' | 'texts'>;

/** The name of the action of the buttons that turn pages. */
export const TURN_LIST = 'list';

/** Characters of a card's text that every chat shows, even if half of them have to be escaped. */
const ROOM = 480;

/** How much of it a moment or a mention takes. */
const PART_LENGTH = 25;

/** One page of a list. @param page from 1 on; anything else means the first page, a number too high the last. */
export function pageOf(texts: Texts, { name, title, empty, lines, notes = [] }: LongList, page = 1): Card {
  const pages = fill(lines);
  const shown = Number.isInteger(page) ? Math.min(Math.max(page, 1), Math.max(pages.length, 1)) : 1;
  return {
    tone: 'info',
    title: pages.length > 1 ? `${title} · ${texts.conduct.page({ page: shown, of: pages.length })}` : title,
    text: join(pages[shown - 1] ?? [empty], '\n'),
    fields: [],
    notes: [...notes],
    buttons: turnButtons({
      action: TURN_LIST,
      page: shown,
      more: shown < pages.length,
      labels: [texts.buttons.previousPage, texts.buttons.nextPage],
      targetOf: (to) => `${name}:${to}`,
    }),
  };
}

function fill(lines: readonly Text[]): Text[][] {
  const pages: Text[][] = [];
  let left = 0;
  for (const line of lines) {
    const length = [line].flat().reduce((sum, part) => sum + (typeof part === 'string' ? part.length : PART_LENGTH), 1);
    left -= length;
    const last = pages.at(-1);
    if (last && left >= 0) {
      last.push(line);
    } else {
      pages.push([line]);
      left = ROOM - length;
    }
  }
  return pages;
}
