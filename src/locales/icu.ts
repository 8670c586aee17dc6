import {
  isArgumentElement,
  isDateElement,
  isNumberElement,
  isPluralElement,
  isSelectElement,
  isTimeElement,
  type MessageFormatElement,
  parse,
  TYPE,
} from '@formatjs/icu-messageformat-parser';
import type { TimeStyle } from '../domain/text.ts';

/** Type of a message parameter. */
export interface Parameter {
  /** The values of a `select`, a number, a moment in ms, or words. */
  type: 'words' | 'number' | 'moment' | readonly string[];
  /** `{x, select, none {…} other {…}}`: it can be left out, or be null, '' or an empty list. */
  optional: boolean;
}

/**
 * A part of a message that is worked out from a parameter before the message is formatted: whether it is there, or how
 * a moment is shown (`{at, date}`, `{at, time}`, `{at, date, relative}`).
 */
export interface Derived {
  name: string;
  from: string;
  as: TimeStyle | 'presence';
}

/** A message that was read: ready for `intl-messageformat`. */
export interface ParsedMessage {
  elements: MessageFormatElement[];
  parameters: ReadonlyMap<string, Parameter>;
  derived: readonly Derived[];
}

/**
 * The platform's word for a community. A message that names it says `{place, select, workspace {…} other {…}}`: not a
 * parameter, but a choice made when the message is parsed.
 */
export type PlaceName = 'server' | 'workspace';

const PLACE = 'place';

/** Whether a message has parameters. */
export function hasParameters(message: string): boolean {
  if (!message.includes('{')) return false;
  return !message.includes(`{${PLACE},`) || parseMessage(message).parameters.size > 0;
}

/**
 * Reads an ICU message, in the words of one kind of community.
 * @throws {SyntaxError} when it is not a valid one.
 */
export function parseMessage(message: string, place: PlaceName = 'server'): ParsedMessage {
  const parameters = new Map<string, Parameter>();
  const derived = new Map<string, Derived>();
  const note = (name: string, type: Parameter['type'] | undefined, optional = false) => {
    const known = parameters.get(name);
    // A number that is also chosen by is a number; words say the least.
    const better = known && (type === undefined || type === 'words') ? known.type : (type ?? 'words');
    parameters.set(name, { type: better, optional: optional || (known?.optional ?? false) });
  };
  const derive = (from: string, as: Derived['as']) => {
    const name = `${from} ${as}`;
    derived.set(name, { name, from, as });
    return name;
  };
  const read = (element: MessageFormatElement): MessageFormatElement | MessageFormatElement[] => {
    if (isArgumentElement(element)) note(element.value, 'words');
    if (isNumberElement(element)) note(element.value, 'number');
    if (isDateElement(element) || isTimeElement(element)) {
      note(element.value, 'moment');
      const style = isTimeElement(element) ? 'time' : element.style === 'relative' ? 'relative' : 'date';
      return { type: TYPE.argument, value: derive(element.value, style) };
    }
    if (isPluralElement(element)) {
      note(element.value, 'number');
      return { ...element, options: readOptions(element.options) };
    }
    if (isSelectElement(element) && element.value === PLACE) {
      return (element.options[place] ?? element.options.other)?.value.flatMap(read) ?? [];
    }
    if (isSelectElement(element)) {
      const values = Object.keys(element.options).filter((value) => value !== 'other');
      const presence = values.length === 1 && values[0] === 'none';
      note(element.value, presence ? undefined : values, presence);
      const value = presence ? derive(element.value, 'presence') : element.value;
      return { ...element, value, options: readOptions(element.options) };
    }
    return element;
  };
  const readOptions = <T extends Record<string, { value: MessageFormatElement[] }>>(options: T): T =>
    Object.fromEntries(
      Object.entries(options).map(([key, option]) => [key, { ...option, value: option.value.flatMap(read) }]),
    ) as T;
  const elements = parse(message, { ignoreTag: true }).flatMap(read);
  return { elements, parameters, derived: [...derived.values()] };
}
