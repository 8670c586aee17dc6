import type { LocalizationMap } from 'discord.js';
import type { Texts } from '../../locales/texts.ts';
import { shortenTo } from './markdown.ts';

/** The texts in each language; `en` counts where a reader's is not among them. */
export type Languages = Readonly<{ en: Texts } & Partial<Record<'de' | 'es' | 'ja', Texts>>>;

/** Discord's names for our languages (Discord documentation, "Locales"). */
const LOCALES = { de: ['de'], es: ['es-ES', 'es-419'], ja: ['ja'] } as const;

/** Discord's rule for the names of commands and options (Discord documentation, "Application Command Naming"). */
const NAME = /^[-_\p{L}\p{N}]{1,32}$/u;

/** A text in the default language, and in the others where it differs. */
interface Localised {
  text: string;
  others: LocalizationMap;
}

/** A text in all languages, each cut to `length`. */
export function localise(languages: Languages, of: (texts: Texts) => string | undefined, length: number): Localised {
  const text = shortenTo(of(languages.en) ?? '', length, String);
  const others: LocalizationMap = {};
  for (const [language, locales] of Object.entries(LOCALES)) {
    const texts = languages[language as keyof typeof LOCALES];
    const other = texts && shortenTo(of(texts) ?? '', length, String);
    if (!other || other === text) continue;
    for (const locale of locales) others[locale] = other;
  }
  return { text, others };
}

/** A command's word in the languages other than the default; only what Discord takes as a name. */
export function localiseName(languages: Languages, word: string): LocalizationMap {
  const words = (texts: Texts) => (texts.commandWords as Record<string, string | undefined>)[word];
  const { others } = localise(languages, words, Number.POSITIVE_INFINITY);
  return Object.fromEntries(
    Object.entries(others).filter(
      ([, name]) => name && NAME.test(name) && name === name.toLowerCase() && name !== word,
    ),
  );
}
