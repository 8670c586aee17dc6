import { fittingOf, readValue as readPlain } from '../../../../commands/option-values.ts';
import { writeEither, writeExpected } from '../../../locales/expected.ts';
import { isFreeText } from '../../shared/line.ts';
import type { WireCommand, WireOption, WireValue } from '../wire.ts';
import { fill, words } from './page-words.ts';

/** How ranges are said on this page. */
const ranges = () => ({
  language: globalThis.document?.documentElement.lang || 'en',
  whole: (range: { minimum: number; maximum: number }) => fill(words.whole, range),
});

/** Whether an option names somebody or something of the chat. */
export function namesSomebody(type: WireOption['type']): boolean {
  return type === 'member' || type === 'role' || type === 'channel' || type === 'mention';
}

/** A value that can be sent, or a sentence that says why there is none. */
export type Read = { value: WireValue } | { problem: string };

/** Reads the text typed for an option, as the server will. */
export function readValue(option: WireOption, text: string): Read {
  const name = text.trim().replace(/^[@#]/, '').toLowerCase();
  const named = namesSomebody(option.type) && option.choices?.find((one) => one.name.toLowerCase() === name);
  const value = named ? named.value : text.trim() === '' ? undefined : readPlain(option, text);
  return value === undefined
    ? { problem: fill(words.mustBe, { option: option.name, expected: expectation(option) }) }
    : { value };
}

/**
 * Reads all options of a command. A field that is empty was not given.
 * @param asLine whether they come from a typed line, where an option that is named needs a value.
 */
export function readValues(
  command: WireCommand,
  texts: ReadonlyMap<string, string>,
  asLine = false,
): { values: Record<string, WireValue>; problems: Map<string, string> } {
  const values: Record<string, WireValue> = {};
  const problems = new Map<string, string>();
  for (const option of command.options) {
    const text = texts.get(option.name) ?? '';
    const isOpen = asLine && texts.has(option.name) && !option.required && !isFreeText(option);
    if (text.trim() === '' && !isOpen) {
      if (option.required)
        problems.set(
          option.name,
          fill(words.isNeeded, { option: option.name, description: lowerFirst(option.description) }),
        );
      continue;
    }
    const read = readValue(option, text);
    if ('problem' in read) problems.set(option.name, read.problem);
    else values[option.name] = read.value;
  }
  return { values, problems };
}

/** Predicts the server's objection to a value while it is being typed. */
export function foresee(option: WireOption, text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const read = readValue(option, text);
  if ('problem' in read) return read.problem;
  const length = [...text.trim()].length;
  if (option.maximumLength === undefined || length <= option.maximumLength) return undefined;
  return fill(words.tooLong, { option: option.name, length, most: option.maximumLength });
}

function expectation(option: WireOption): string {
  if (namesSomebody(option.type))
    return writeEither(
      (option.choices ?? []).map(({ name }) => name),
      ranges().language,
    );
  return writeExpected(fittingOf(option) ?? words.text, ranges());
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
