import { parseLine } from '../../shared/command-line.ts';
import type { WireCommand, WireOption } from '../wire.ts';
import { itemsOf } from './fields.ts';
import { fill, words } from './page-words.ts';
import type { PopupItem } from './popup.ts';
import { namesSomebody } from './values.ts';

/** A value at the end of a line that is being typed. */
export interface OpenValue {
  command: WireCommand;
  option: WireOption;
  /** Part of it typed so far. */
  typed: string;
  /** The line up to it. */
  before: string;
}

/** The value that is being typed at the end of a line, if it is one to choose. */
export function openValueOf(line: string, commands: readonly WireCommand[]): OpenValue | undefined {
  const { command } = parseLine(line, commands);
  const end = /\s([\w-]+):([^\s"]*)$/.exec(line);
  const option = command?.options.find(({ name }) => name === end?.[1]?.toLowerCase());
  if (!command || !end || !option || !itemsOf(option)) return undefined;
  const typed = end[2] ?? '';
  return { command, option, typed, before: line.slice(0, line.length - typed.length) };
}

/**
 * Items that may complete the typed value; none if it is complete already.
 * @param items those there are to choose from.
 */
export function completionsOf({ option, typed }: OpenValue, items: readonly PopupItem[]): PopupItem[] {
  const wanted = typed.replace(/^[@#]/, '').toLowerCase();
  const namesOf = ({ value, label }: PopupItem) => [value.toLowerCase(), label.toLowerCase()];
  if (items.some((item) => namesOf(item).includes(wanted))) return [];
  return items
    .filter((item) => namesOf(item).some((name) => name.startsWith(wanted)))
    .map((item) => (namesSomebody(option.type) ? { ...item, value: item.label } : item));
}

/** Hints at the options still missing from a line with a complete command; undefined for any other line. */
export function missingOptions(line: string, commands: readonly WireCommand[]): string | undefined {
  const { command, texts } = parseLine(line, commands);
  if (!command || !line.toLowerCase().startsWith(`/${command.name} `)) return undefined;
  const missing = command.options.filter(({ name }) => !texts.has(name)).map(({ name }) => `${name}:`);
  return missing.length > 0 ? fill(words.canAdd, { options: missing.join(' ') }) : command.description;
}
