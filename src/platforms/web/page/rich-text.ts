import { type Text, writeParts } from '../../../domain/text.ts';
import { h } from './dom.ts';
import type { Names } from './names.ts';
import type { Ticker } from './ticker.ts';
import { momentText, timeElement } from './times.ts';

/** Dependencies for reading a card's texts. */
export interface PageReading {
  ticker: Ticker;
  names: Names;
}

/** A card's text with its moments and names. */
export function richText(text: Text, { ticker, names }: PageReading): (Node | string)[] {
  return writeParts<Node | string>(text, {
    plain: String,
    time: (ms, style) => timeElement(ms, style, ticker),
    mention: (kind, id) => {
      const name = names.mentionOf(kind, id);
      return name === undefined ? id : h('span', { class: 'mention' }, name);
    },
  });
}

/** A card's text as words only, for where nothing else can stand. @param now ms since 1970 UTC. */
export function plainText(text: Text, now: number, names: Names): string {
  return writeParts(text, {
    plain: String,
    time: (ms, style) => momentText(ms, style, now),
    mention: (kind, id) => names.mentionOf(kind, id) ?? id,
  }).join('');
}
