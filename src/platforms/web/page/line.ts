import type { WireOption } from '../wire.ts';

/** The text form of a command: `/video prompt:a dragon over the peaks model:pro duration:10`. */

/** What has to be known about an option to read and write lines. */
interface LineOption {
  name: string;
  type: WireOption['type'];
  choices?: readonly unknown[] | undefined;
}

interface LineCommand {
  name: string;
  options: readonly LineOption[];
}

/** A line, taken apart. */
export interface ParsedLine<C extends LineCommand> {
  /** Name of the command as typed, if it is none of the known ones. */
  name: string;
  command: C | undefined;
  /** What was typed for each option, as text. */
  texts: Map<string, string>;
  /** What belongs to no option. */
  stray: string;
}

/** Whether an option takes words as they come; the others take a single word. */
export function isFreeText(option: LineOption): boolean {
  return option.type === 'string' && option.choices === undefined;
}

/**
 * Reads a line that begins with `/`. Free text goes on until the next known `option:`; what stands before or between
 * options belongs to the first free-text option, if that is not named itself. A value may stand in double quotes, with
 * `\"` and `\\` inside. An option counts once; named again, it is part of the text.
 */
export function parseLine<C extends LineCommand>(line: string, commands: readonly C[]): ParsedLine<C> {
  const said = line.trim().replace(/^\//, '');
  const command = findCommand(said, commands);
  if (!command) return { name: said.split(/\s/, 1)[0] ?? '', command: undefined, texts: new Map(), stray: '' };

  const rest = said.slice(command.name.length);
  const texts = new Map<string, string>();
  const loose: string[] = [];
  let next = findMarker(rest, 0, command.options, texts);
  loose.push(rest.slice(0, next?.start));
  while (next) {
    texts.set(next.option.name, '');
    const value = readValue(rest, next.end, next.option, command.options, texts);
    texts.set(next.option.name, value.text);
    next = findMarker(rest, value.end, command.options, texts);
    loose.push(rest.slice(value.end, next?.start));
  }
  const stray = loose
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ');
  const main = command.options.find(isFreeText);
  if (!main || texts.has(main.name) || stray === '') return { name: command.name, command, texts, stray };
  return { name: command.name, command, texts: new Map([[main.name, stray], ...texts]), stray: '' };
}

/** The command with the longest name that the text begins with: `moderate quota set` before `moderate`. */
function findCommand<C extends LineCommand>(said: string, commands: readonly C[]): C | undefined {
  const lower = `${said.toLowerCase().replace(/\s/g, ' ')} `;
  return commands
    .filter(({ name }) => lower.startsWith(`${name} `))
    .reduce<C | undefined>((best, one) => (best && best.name.length >= one.name.length ? best : one), undefined);
}

interface Marker {
  option: LineOption;
  start: number;
  end: number;
}

/** The first `option:` from a position on whose option has no value yet. */
function findMarker(
  rest: string,
  from: number,
  options: readonly LineOption[],
  taken: ReadonlyMap<string, string>,
): Marker | undefined {
  const words = /(^|\s)([\w-]+):/g;
  words.lastIndex = from;
  for (let match = words.exec(rest); match; match = words.exec(rest)) {
    const name = match[2]?.toLowerCase();
    const option = options.find((one) => one.name === name);
    if (option && !taken.has(option.name)) return { option, start: match.index, end: words.lastIndex };
    // The white space after this word may belong to the next marker.
    words.lastIndex = match.index + Math.max(match[0].length - 1, 1);
  }
  return undefined;
}

function readValue(
  rest: string,
  from: number,
  option: LineOption,
  options: readonly LineOption[],
  taken: ReadonlyMap<string, string>,
): { text: string; end: number } {
  const tail = rest.slice(from);
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"(?=\s|$)/s.exec(tail);
  if (quoted) {
    const end = from + quoted[0].length;
    const unquoted = { text: (quoted[1] ?? '').replace(/\\(["\\])/g, '$1'), end };
    if (!isFreeText(option)) return unquoted;
    const next = findMarker(rest, end, options, taken)?.start ?? rest.length;
    // “"Hello," she says” is a text with quotation marks in it, not one in quotation marks.
    return rest.slice(end, next).trim() === '' ? unquoted : { text: rest.slice(from, next).trim(), end: next };
  }
  const next = findMarker(rest, from, options, taken)?.start ?? rest.length;
  if (isFreeText(option)) return { text: rest.slice(from, next).trim(), end: next };
  const word = /^\s*\S+/.exec(rest.slice(from, next))?.[0] ?? '';
  return { text: word.trim(), end: from + word.length };
}

/** Writes a command as a line that `parseLine` reads back. */
export function formatLine(
  command: string,
  values: Readonly<Record<string, string | number | boolean>>,
  options: readonly LineOption[],
): string {
  const parts = Object.entries(values).map(([name, value]) => {
    const option = options.find((one) => one.name === name);
    return `${name}:${quoteIfNeeded(String(value), option !== undefined && isFreeText(option), options)}`;
  });
  return [`/${command}`, ...parts].join(' ');
}

function quoteIfNeeded(text: string, freeText: boolean, options: readonly LineOption[]): string {
  const plain =
    text === text.trim() &&
    !text.startsWith('"') &&
    (freeText ? !findMarker(` ${text}`, 0, options, new Map()) : text !== '' && !/\s/.test(text));
  return plain ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
