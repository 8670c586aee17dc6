import type { Text } from '../../src/domain/text.ts';
import { type Messages, readable, type Values } from '../../src/locales/format.ts';
import { type Parameter, parseMessage } from '../../src/locales/icu.ts';
import { type Language, messagesOf } from '../../src/locales/languages.ts';
import { readText } from '../support/read-text.ts';

/** A moment in time, for messages that show one. */
const SOON = 1_900_000_000_000;

/** One text of a language: a message, or what becomes of it with sample values. */
export interface Written {
  /** Where it stands, with the number of the sample after it. */
  path: string;
  /** As `readText` writes it. */
  text: string;
  values: Values;
}

/** Every message of a language by its path, such as "cards.queued". */
export function messagesIn(messages: Messages, above = ''): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, message]): [string, string][] =>
      typeof message === 'string' ? [[above + key, message]] : [...messagesIn(message, `${above}${key}.`)],
    ),
  );
}

/** Everything that a language says, messages with parameters once for each sample of English. */
export function writtenIn(language: Language): Written[] {
  return writtenOf(messagesOf(language), language);
}

/** The same of messages that are in no file. */
export function writtenOf(messages: Messages, language: string): Written[] {
  const english = messagesIn(messagesOf('en'));
  const separator = String(messages.separator);
  return [...messagesIn(messages)].flatMap(([path, message]): Written[] => {
    const { said } = readable({ said: message }, { language, separator, place: 'server' });
    if (typeof said === 'string') return [{ path, text: said, values: {} }];
    const say = said as (values: Values) => Text;
    return samplesOf(english.get(path) ?? '').map((values, index) => ({
      path: `${path} #${index}`,
      text: readText(say(values)),
      values,
    }));
  });
}

/** Values for a message, which change one after the other. */
function samplesOf(message: string): Values[] {
  const samples = [...parseMessage(message).parameters].map(
    ([name, parameter], index) => [name, valuesFor(name, parameter, index)] as const,
  );
  const usual = Object.fromEntries(samples.map(([name, values]) => [name, values[0]]));
  return [usual, ...samples.flatMap(([name, [, ...others]]) => others.map((value) => ({ ...usual, [name]: value })))];
}

function valuesFor(name: string, { type, optional }: Parameter, index: number): Values[string][] {
  const absent = optional ? [undefined] : [];
  if (type === 'words') return [`<${name}>`, ...absent];
  if (type === 'number') return [12 + index, 0, 1, 2, ...absent];
  if (type === 'moment') return [SOON + index, ...absent];
  return [...type.map((value) => (value === 'true' ? true : value)), ...(type.includes('true') ? [false] : [])];
}
