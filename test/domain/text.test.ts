import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  at,
  compose,
  isPlain,
  join,
  mapWords,
  mention,
  shortenTo,
  type Text,
  writeParts,
} from '../../src/domain/text.ts';
import { readText } from '../support/read-text.ts';

/** What a member may type to make a moment or a mention. */
const TYPED = ['\u0002member:discord:1\u0003', '\u00025:relative\u0003', '<@1>', '<!channel>', '<time:5:date>', '🦊 '];

const words = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom(...TYPED));
const moment = fc.constantFrom(at(5, 'relative'), at(60_000, 'date'));
const named = fc.constantFrom(mention('member', 'discord:1'), mention('role', 'S1'), mention('channel', 'C1'));
const texts = fc.oneof(words, fc.array(fc.oneof(words, moment, named)));

/** Moments and mentions, in their order. */
const partsIn = (text: Text) => [text].flat().filter((part) => typeof part !== 'string');

describe('texts in a row', () => {
  it('keep every part as it is, whatever the words around them hold', () => {
    fc.assert(
      fc.property(fc.array(texts), words, (all, separator) => {
        const joined = join(all, separator);
        expect(partsIn(joined)).toEqual(all.flatMap(partsIn));
        expect(readText(joined)).toBe(all.map(readText).join(separator));
      }),
    );
  });

  it('are the same however they were put together', () => {
    fc.assert(
      fc.property(texts, texts, texts, (a, b, c) => {
        expect(join([join([a, b]), c])).toEqual(join([a, join([b, c])]));
        expect(compose`${a}${b}${c}`).toEqual(join([a, b, c]));
      }),
    );
  });

  it('of words only are a string', () => {
    expect(join(['a', ['b', 'c']], ', ')).toBe('a, bc');
    expect(join([])).toBe('');
    expect(compose`${1}. ${'a'}`).toBe('1. a');
    expect(isPlain(['a', 'b'])).toBe(true);
    expect(isPlain(['a', at(5, 'date')])).toBe(false);
  });

  it('change in their words alone', () => {
    const ada = mention('member', 'web:ada');
    expect(mapWords(['a\n', ada, '\n b'], (one) => one.replace(/\s+/g, ' '))).toEqual(['a ', ada, ' b']);
  });
});

describe('a text that is cut', () => {
  const render = (text: Text) =>
    writeParts(text, { plain: String, time: () => '<a time>', mention: () => '@somebody' }).join('');

  it('fits, begins as the whole does, and has its moments and mentions whole or not at all', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: -1, max: 40 }), (text, room) => {
        const cut = shortenTo(text, room, render);
        expect(render(cut).length).toBeLessThanOrEqual(Math.max(room, 0));
        expect(partsIn(cut)).toEqual(partsIn(text).slice(0, partsIn(cut).length));
        if (render(text).length <= room) expect(cut).toEqual(text);
        else if (cut !== '') {
          expect(render(cut)).toMatch(/…$/);
          expect(render(text).startsWith(render(cut).slice(0, -1))).toBe(true);
        }
      }),
    );
  });

  it('is as long as there is room for', () => {
    expect(shortenTo('a dragon', 8)).toBe('a dragon');
    expect(shortenTo('a dragon over', 9)).toBe('a dragon…');
    expect(shortenTo('a dragon over', 10)).toBe('a dragon…');
    expect(shortenTo('🦊🦊', 3)).toBe('🦊…');
    const ada = mention('member', 'web:ada');
    expect(shortenTo(['by ', ada, ' and more'], 13, render)).toEqual(['by ', ada, '…']);
    expect(shortenTo(['by ', ada, ' and more'], 12, render)).toBe('by…');
    expect(shortenTo('a dragon', 0)).toBe('');
  });
});
