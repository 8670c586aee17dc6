import type en from '../../../locales/en.json';

/** Words of the page itself, in the reader's language. */
export type PageWords = typeof en.page;

/** The page's words; nothing until {@link useWords} was called. */
export const words = {} as PageWords;

/** Lets the page speak with these words. */
export function useWords(given: PageWords): void {
  Object.assign(words, given);
}

/** A message with its parameters filled in. The page's messages have plain ones only: `{name}`. */
export function fill(message: string, values: Readonly<Record<string, string | number>>): string {
  return message.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
