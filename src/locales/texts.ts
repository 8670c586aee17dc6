import type { Failure } from '../domain/failure.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { ja } from './ja.ts';

/** The languages that people can read, as BCP 47 writes them. */
export type Language = 'en' | 'de' | 'es' | 'ja';

/** The same shape with any words in it: every key, and functions of the same parameters. */
type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => infer R
    ? (...args: A) => Widened<R>
    : T extends object
      ? { readonly [K in keyof T]: Widened<T[K]> }
      : T;

/** Everything that people read, in one language. English says what there is. */
export type Texts = Widened<typeof en>;

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
export function languageFor(locale: string): Language {
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

/** The sentence for a failure. What it holds from outside stays plain text: it cannot forge the mark of a moment. */
export function describeFailure(texts: Texts, failure: Failure): string {
  const describe = texts.errors[failure.code] as (params: Failure['params']) => string;
  const params = Object.entries(failure.params).map(([name, value]) => [name, plain(value)]);
  return describe(Object.fromEntries(params));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  }
  return typeof value === 'string' ? value.replace(/\p{Cc}+/gu, ' ') : value;
}
