import { AMONG_LATIN, LETTERS, SPELLINGS, TYPED_LETTERS } from './lookalikes.ts';

/** Invisible characters: those that Unicode lets programs ignore, control characters, and annotation marks. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB[\p{Cc}--\s]]/gv;

/**
 * Marks on these scripts' letters, on digits and on signs are decoration, or an accent that people leave out. In other
 * scripts (Devanagari, Thai, Japanese) a mark makes another syllable, so it stays.
 */
const DECORATION = /([\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Common}])\p{M}+/gv;

/** More than three times the same letter says nothing more than three times. */
const LONG_RUN = /([\p{L}\uE000])\1{3,}/gu;

/** A word with the marks on it. */
const WORD = /[\p{L}\p{M}]+/gu;

/** Letters of the two alphabets that share shapes with Latin. */
const SHARING = /[\p{sc=Cyrillic}\p{sc=Greek}]/u;

/** A run without spaces, or single characters separated by spaces. */
const CHUNK = /(?<!\S)\S(?:\s{1,5}\S(?!\S))+|\S+/gu;

/** A text as it is read, without what is invisible; letters keep their case, as regular expressions may ask for it. */
export function visible(text: string): string {
  // Twice: without what was invisible, letters and marks may stand together that did not before.
  return text.normalize('NFKC').replace(INVISIBLE, '').normalize('NFKC');
}

/**
 * A text with all that makes no difference to a reader taken out: compatibility forms (full width, mathematical letters,
 * ligatures), case, what is invisible, and accents. Applying it twice changes nothing more.
 */
export function normaliseWords(text: string): string {
  return settle(visible(text).normalize('NFD'));
}

/** The same with letters that look Latin as Latin letters, whatever alphabet the text is in. */
export function lookalikeWords(text: string): string {
  return settle(replaceFrom(LETTERS, visible(text).normalize('NFD')));
}

/**
 * The ways in which a text can be read, without repetitions: as it is; with letters that look Latin as Latin; and with
 * digits and signs as letters, where `I_OR_L` stands for what may be either. Runs of a letter are cut to three, and any
 * word that should be found in a reading has to allow for those (see `whole-words.ts`).
 */
export function readingsOf(text: string): readonly string[] {
  const plain = normaliseWords(text);
  const alike = settle(replaceLookalikes(visible(text).normalize('NFD')));
  const typed = settle(replaceTyped(alike));
  return [...new Set([plain, alike, typed].map(shorten))];
}

/** Runs of more than three of a letter cut to three. */
export function shorten(text: string): string {
  return text.replace(LONG_RUN, '$1$1$1');
}

/** From decomposed text to the form in which it is compared. */
function settle(decomposed: string): string {
  const lower = decomposed.toLowerCase().normalize('NFD');
  const bare = replaceFrom(SPELLINGS, lower).replace(DECORATION, '$1');
  return bare.normalize('NFC');
}

function replaceFrom(table: ReadonlyMap<string, string>, text: string): string {
  let replaced = '';
  for (const character of text) replaced += table.get(character) ?? character;
  return replaced;
}

/**
 * In a text that is really Greek or Russian, words of only such letters stay as they are: the Russian word for "mouth"
 * looks like "pot". A letter with no Latin twin shows that it is.
 */
function replaceLookalikes(decomposed: string): string {
  const sharing = (character: string) => SHARING.test(character);
  const genuine = [...decomposed].some(
    (character) => /\p{L}/u.test(character) && sharing(character) && !LETTERS.has(character),
  );
  if (!genuine) return replaceFrom(LETTERS, decomposed);
  return replaceFrom(LETTERS_ALONE, decomposed).replace(WORD, (word) =>
    /\p{sc=Latin}/u.test(word) ? replaceFrom(AMONG_LATIN, replaceFrom(LETTERS, word)) : word,
  );
}

/** Look-alikes from outside the two alphabets, which no text consists of. */
const LETTERS_ALONE = new Map([...LETTERS].filter(([character]) => !SHARING.test(character)));

/** Where there is no letter, digits are digits: "4 5 6" and "455". */
function replaceTyped(text: string): string {
  return text.replace(CHUNK, (chunk) => (/\p{L}/u.test(chunk) ? replaceFrom(TYPED_LETTERS, chunk) : chunk));
}
