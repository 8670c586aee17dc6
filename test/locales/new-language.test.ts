import { expect, it } from 'vitest';
import type { Messages } from '../../src/locales/format.ts';
import { messagesOf, textsOf } from '../../src/locales/languages.ts';
import { formsOf, pluralsIn } from './plurals.ts';
import { messagesIn, writtenOf } from './samples.ts';

/** A language that nobody speaks, which counts as Polish does: its words are English ones in capitals. */
const LANGUAGE = 'pl';

it('a language is one file, with as many plural forms as it has', () => {
  const messages = { ...inCapitals(messagesOf('en')), language: LANGUAGE };
  const texts = textsOf(LANGUAGE, messages);
  expect([1, 2, 5, 22, 12].map((credits) => texts.credits({ credits }))).toEqual([
    '1 KREDYT',
    '2 KREDYTY',
    '5 KREDYTÓW',
    '22 KREDYTY',
    '12 KREDYTÓW',
  ]);
  expect(texts.cards.cancelled).toBe('CANCELLED');
  expect(texts.bytes({ megabytes: 12.34 })).toBe('12,3 MB');
  for (const forms of [...messagesIn(messages).values()].flatMap(pluralsIn)) {
    expect(forms).toEqual(expect.arrayContaining(formsOf(LANGUAGE)));
  }
  const written = writtenOf(messages, LANGUAGE);
  expect(written.filter(({ text }) => /[{}]|undefined|NaN/.test(text))).toEqual([]);
});

/** The words between the braces in capitals, and every `one`/`other` with `few` and `many` beside them. */
function inCapitals(messages: Messages): Messages {
  return Object.fromEntries(
    Object.entries(messages).map(([key, message]) => {
      if (typeof message !== 'string') return [key, inCapitals(message)];
      if (key === 'credits')
        return [key, '{credits, plural, one {# KREDYT} few {# KREDYTY} other {# KREDYTÓW} many {# KREDYTÓW}}'];
      if (!message.includes('{')) return [key, message.toUpperCase()];
      return [key, message.replaceAll(/(plural, (?:=0 \{[^{}]*\} )?)one \{/g, '$1few {#} many {#} one {')];
    }),
  );
}
