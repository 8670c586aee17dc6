import { renderText } from '../../../domain/marks.ts';
import { h } from './dom.ts';
import type { Names } from './names.ts';
import type { Ticker } from './ticker.ts';
import { momentText, timeElement } from './times.ts';

/** What it takes to read a card's texts. */
export interface Reading {
  ticker: Ticker;
  names: Names;
}

/** A card's text with its marks turned into moments and names. */
export function richText(text: string, { ticker, names }: Reading): (Node | string)[] {
  const parts: (Node | string)[] = [];
  const keep = (part: Node | string) => {
    parts.push(part);
    return '';
  };
  renderText(text, {
    plain: keep,
    time: (ms, style) => keep(timeElement(ms, style, ticker)),
    mention: (kind, id) => {
      const name = names.mentionOf(kind, id);
      return keep(name === undefined ? id : h('span', { class: 'mention' }, name));
    },
  });
  return parts;
}

/** A card's text as words only, for where nothing else can stand. @param now ms since 1970 UTC. */
export function plainText(text: string, now: number, names: Names): string {
  return renderText(text, {
    plain: (plain) => plain,
    time: (ms, style) => momentText(ms, style, now),
    mention: (kind, id) => names.mentionOf(kind, id) ?? id,
  });
}
