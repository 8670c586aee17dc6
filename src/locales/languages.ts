import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { ja } from './ja.ts';
import type { Texts } from './texts.ts';

/** The languages that people can read, as BCP 47 writes them. */
export type Language = 'en' | 'de' | 'es' | 'ja';

/** All languages. */
export const LANGUAGES: Readonly<Record<Language, Texts>> = { en, de, es, ja };

/**
 * The texts for a reader's language.
 * @param locale a BCP 47 tag in any case (`de`, `es-419`), also with `_`; the region does not matter. What is unknown
 *   or malformed is English.
 */
export function textsFor(locale: string): Texts {
  return LANGUAGES[languageFor(locale)];
}

/** The language of those texts. */
function languageFor(locale: string): Language {
  const language = languageOf(locale);
  return Object.hasOwn(LANGUAGES, language) ? (language as Language) : 'en';
}

function languageOf(locale: string): string {
  try {
    return new Intl.Locale(locale.replaceAll('_', '-')).language;
  } catch {
    return '';
  }
}
