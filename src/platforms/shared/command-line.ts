import { isFreeText, type LineOption, readLine } from './line.ts';
import { isDouble, quote, unquote } from './quotations.ts';

/** A command as a line: `/video prompt:a dragon over the peaks model:pro duration:10`. */

interface LineCommand {
  name: string;
  options: readonly LineOption[];
}

/** A line that begins with a command, taken apart. */
export interface ParsedLine<C extends LineCommand> {
  /** Name of the command as typed, if no command has it. */
  name: string;
  command: C | undefined;
  /** Text typed for each option. */
  texts: Map<string, string>;
  /** Names that are no option, as typed. */
  unknown: string[];
  /** Text that belongs to no option. */
  stray: string;
}

/**
 * Reads a line that begins with `/`. Text outside all options belongs to the first free-text option, if that is not
 * named itself.
 */
export function parseLine<C extends LineCommand>(line: string, commands: readonly C[]): ParsedLine<C> {
  const said = line.trim().replace(/^\//, '');
  const found = findCommand(said, commands);
  if (!found) {
    return { name: said.split(/\s/, 1)[0] ?? '', command: undefined, texts: new Map(), unknown: [], stray: '' };
  }
  const { command, rest } = found;
  const { given: texts, unknown, loose } = readLine(rest, command.options);
  const main = command.options.find(isFreeText);
  const { name } = command;
  if (!main || texts.has(main.name) || loose === '') return { name, command, texts, unknown, stray: loose };
  return { name, command, texts: new Map([[main.name, withoutQuotes(loose)], ...texts]), unknown, stray: '' };
}

/** Removes the double quotes around a text that is quoted as a whole. */
export function withoutQuotes(text: string): string {
  return isDouble(text[0] ?? '') ? unquote(text) : text;
}

/** The command with the longest name that a text begins with: `moderate quota set` before `moderate`. */
export function findCommand<C extends { name: string }>(
  text: string,
  commands: readonly C[],
): { command: C; rest: string } | undefined {
  const trimmed = text.trimStart();
  let best: { command: C; rest: string } | undefined;
  for (const command of commands) {
    const length = new RegExp(`^${command.name.replaceAll(' ', '\\s+')}(?=\\s|$)`, 'i').exec(trimmed)?.[0].length;
    if (length === undefined || (best && best.command.name.length >= command.name.length)) continue;
    best = { command, rest: trimmed.slice(length) };
  }
  return best;
}

/** Writes a command as a line that `parseLine` reads back. */
export function formatLine(
  command: string,
  values: Readonly<Record<string, string | number | boolean>>,
  options: readonly LineOption[],
): string {
  const parts = Object.entries(values).map(([name, value]) => writeOption(name, String(value), options));
  return [`/${command}`, ...parts].join(' ');
}

/** In quotation marks only where it would be read as something else without them. */
function writeOption(name: string, text: string, options: readonly LineOption[]): string {
  const plain = `${name}:${text}`;
  if (!options.some((option) => option.name === name) && /^[^\s"“„«]+$/.test(text)) return plain;
  const { given, unknown, loose } = readLine(plain, options);
  const same = given.size === 1 && given.get(name) === text && unknown.length === 0 && loose === '';
  // A quotation that is open here would take in what follows.
  if (same && !/["“„«]/.test(text)) return plain;
  return `${name}:${quote(text)}`;
}
