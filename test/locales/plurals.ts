import { isPluralElement, isSelectElement, type MessageFormatElement, parse } from '@formatjs/icu-messageformat-parser';

/** The plural forms that a language has for counts of things: in English `one` and `other`. */
export function formsOf(language: string): string[] {
  const rules = new Intl.PluralRules(language);
  return [...new Set(Array.from({ length: 1000 }, (_, count) => rules.select(count)))];
}

/** The forms of each plural in a message; not of those that only tell certain numbers apart. */
export function pluralsIn(message: string): string[][] {
  return parse(message, { ignoreTag: true }).flatMap(formsIn);
}

function formsIn(element: MessageFormatElement): string[][] {
  if (!isPluralElement(element) && !isSelectElement(element)) return [];
  const forms = Object.keys(element.options).filter((form) => !form.startsWith('='));
  const inner = Object.values(element.options).flatMap(({ value }) => value.flatMap(formsIn));
  return isPluralElement(element) && forms.length > 1 ? [forms, ...inner] : inner;
}
