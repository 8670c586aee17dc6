import { Locale, type LocalizationMap } from 'discord.js';
import { shortenTo } from '../../domain/text.ts';
import type { Texts } from '../../locales/texts.ts';

/** The texts in each language; `en` counts where a reader's is not among them. */
export type Languages = Readonly<{ en: Texts } & Record<string, Texts>>;

/** Discord's rule for the names of commands and options (Discord documentation, "Application Command Naming"). */
const NAME = /^[-_\p{L}\p{N}]{1,32}$/u;

/** A text in the default language, and in the others where it differs. */
interface Localised {
  text: string;
  others: LocalizationMap;
}

/** A text in all languages, each cut to `length`. */
export function localise(languages: Languages, of: (texts: Texts) => string | undefined, length: number): Localised {
  const text = shortenTo(of(languages.en) ?? '', length);
  const others: LocalizationMap = {};
  for (const [language, texts] of Object.entries(languages)) {
    const other = shortenTo(of(texts) ?? '', length);
    if (!other || other === text) continue;
    for (const locale of localesOf(language)) others[locale] = other;
  }
  return { text, others };
}

/** A command's word in languages other than the default, where Discord accepts it as a name. */
export function localiseName(languages: Languages, word: string): LocalizationMap {
  const words = (texts: Texts) => (texts.commandWords as Record<string, string | undefined>)[word];
  const { others } = localise(languages, words, Number.POSITIVE_INFINITY);
  return Object.fromEntries(
    Object.entries(others).filter(
      ([, name]) => name && NAME.test(name) && name === name.toLowerCase() && name !== word,
    ),
  );
}

/** Discord's names for a language: `es-ES` and `es-419` for Spanish. */
function localesOf(language: string): Locale[] {
  return Object.values(Locale).filter((locale) => new Intl.Locale(locale).language === language);
}
