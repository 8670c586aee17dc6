import { readFileSync } from 'node:fs';
import { type Messages, readable } from './format.ts';
import type { PlaceName } from './icu.ts';
import type { Texts } from './texts.ts';

/** The languages that people can read, as BCP 47 writes them: each is a file beside this one. */
const TAGS = ['en', 'de', 'es', 'ja'] as const;

/** A language that people can read. */
export type Language = (typeof TAGS)[number];

type AllTexts = Readonly<Record<Language, Texts>>;

/** All languages, where a community is a server. */
export const LANGUAGES = inAll('server');

/** The same where people call a community otherwise, by platform. */
const OF_PLATFORMS: Readonly<Record<string, AllTexts>> = { slack: inAll('workspace') };

function inAll(place: PlaceName): AllTexts {
  return Object.fromEntries(TAGS.map((tag) => [tag, textsOf(tag, messagesOf(tag), place)])) as AllTexts;
}

/** The messages of a language as they stand in its file. */
export function messagesOf(language: Language): Messages {
  return JSON.parse(readFileSync(new URL(`${language}.json`, import.meta.url), 'utf8'));
}

/** The texts that a language's messages make. @param language a BCP 47 tag. */
export function textsOf(language: string, messages: Messages, place: PlaceName = 'server'): Texts {
  return readable(messages, { language, separator: String(messages.separator), place }) as unknown as Texts;
}

/**
 * The texts for a reader's language.
 * @param locale a BCP 47 tag in any case (`de`, `es-419`), also with `_`; the region does not matter. What is unknown
 *   or malformed is English.
 * @param platform where it is read.
 */
export function textsFor(locale: string, platform?: string): Texts {
  return (OF_PLATFORMS[platform ?? ''] ?? LANGUAGES)[languageFor(locale)];
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
