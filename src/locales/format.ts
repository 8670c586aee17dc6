import { IntlMessageFormat } from 'intl-messageformat';
import { at, isPlain, join, type Text } from '../domain/text.ts';
import { type Derived, hasParameters, type ParsedMessage, type PlaceName, parseMessage } from './icu.ts';

/** Words in a message, or several that are listed; a message with nothing else in it is a string. */
export type Words = string | readonly string[];

/** The messages of a language as its file has them: by keys, in groups. */
export interface Messages {
  readonly [key: string]: string | Messages;
}

/** Values of a message's parameters, by name. An array of strings is a list, any other array a text. */
export type Values = Readonly<Record<string, Text | number | boolean | null | undefined>>;

/** Messages that can be read: a message with parameters is a function of them. */
export interface Readable {
  readonly [key: string]: string | ((values: Values) => Text) | Readable;
}

/** At most one decimal, grouped from five digits on: "1234.5", "12,345"; "1234,5", "12.345". */
const NUMBER = { maximumFractionDigits: 1, useGrouping: 'min2' } as const;

const FORMATS = { number: { signed: { ...NUMBER, signDisplay: 'exceptZero' } } } as const;

/** Keeps what is made, as an `Intl` object takes far longer to make than to use. There are a few a language. */
function kept<Given extends unknown[], Made>(make: (...given: Given) => Made): (...given: Given) => Made {
  const made = new Map<string, Made>();
  return (...given) => {
    const key = JSON.stringify(given);
    const known = made.get(key) ?? make(...given);
    made.set(key, known);
    return known;
  };
}

const FORMATTERS = {
  getNumberFormat: kept(
    (locale: string | string[] | undefined, options: object = NUMBER) => new Intl.NumberFormat(locale, options),
  ),
  getDateTimeFormat: kept(
    (...given: ConstructorParameters<typeof Intl.DateTimeFormat>) => new Intl.DateTimeFormat(...given),
  ),
  getPluralRules: kept((...given: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...given)),
};

/** How messages are put into words. */
export interface Writing {
  /** A BCP 47 tag. */
  language: string;
  /** Stands between the words of a list. */
  separator: string;
  place: PlaceName;
}

/** Makes the messages of a language readable. Messages without parameters stay plain strings. */
export function readable(messages: Messages, writing: Writing): Readable {
  return Object.fromEntries(
    Object.entries(messages).map(([key, message]) => {
      if (typeof message !== 'string') return [key, readable(message, writing)];
      if (hasParameters(message)) return [key, formatter(message, writing)];
      return [key, message.includes('{') ? formatter(message, writing)({}) : message];
    }),
  );
}

/** Read when it is first used, as most messages of most languages never are. */
function formatter(message: string, { language, separator, place }: Writing): (values: Values) => Text {
  let ready: { parsed: ParsedMessage; format: IntlMessageFormat } | undefined;
  return (values) => {
    if (!ready) {
      const parsed = parseMessage(message, place);
      const format = new IntlMessageFormat(parsed.elements, language, FORMATS, { formatters: FORMATTERS });
      ready = { parsed, format };
    }
    const parts = ready.format.formatToParts<Text>(filled(ready.parsed, values, separator));
    return join(parts.map(({ value }) => value));
  };
}

function filled(
  { parameters, derived }: ParsedMessage,
  values: Values,
  separator: string,
): Record<string, Text | number> {
  const plain = [...parameters.keys()].map((name) => [name, fillingOf(values[name], separator)]);
  return Object.fromEntries([...plain, ...derived.map((one) => [one.name, deriveFrom(values[one.from], one.as)])]);
}

function fillingOf(value: Values[string], separator: string): Text | number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return '';
  return isPlain(value) ? [value].flat().join(separator) : value;
}

function deriveFrom(value: Values[string], as: Derived['as']): Text {
  if (as !== 'presence') return typeof value === 'number' ? at(value, as) : '';
  const absent = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return absent ? 'none' : 'other';
}
