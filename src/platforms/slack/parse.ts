import type { Command, CommandOption, OptionValue } from '../../../commands/command.ts';
import { nearest } from './nearest.ts';
import { toPlain, toPlainValue } from './plain.ts';

/** What is wrong with a typed option. */
export type ParseProblem =
  | { kind: 'unknown'; key: string; nearest: string | undefined; known: readonly string[] }
  | { kind: 'value'; option: string; value: string; expected: string };

/** A typed line, understood. */
export interface Parsed {
  options: Record<string, OptionValue>;
  problems: ParseProblem[];
}

/** A slash command, understood: what to run, or that nothing was said. */
export type Spoken = { kind: 'nothing' } | ({ kind: 'command'; command: string } & Parsed);

/** Openings of quotations with what ends them; several, because keyboards make them curly. */
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"“”',
  '“': '”"',
  '„': '“”"',
  '«': '»',
  "'": "'’",
  '‘': "’'",
};
const DOUBLE = '"“„«';
const YES = ['true', 'yes', 'on', '1'];
const NO = ['false', 'no', 'off', '0'];

/**
 * Understands what was typed after a slash command.
 * @param slash the command's own name without the slash: `video`, `video-queue`.
 * @param text as Slack sends it, with its encodings.
 */
export function parseSlash(slash: string, text: string, commands: readonly Command[]): Spoken {
  const named = (name: string) => commands.find((command) => command.name === name);
  const [first = '', ...rest] = slash.split('-');
  const subcommand = rest.join(' ');
  if (subcommand === '') {
    const sub = findSubcommand(text, commands, first);
    if (sub) return sub;
    if (text.trim() === '') return { kind: 'nothing' };
    return { kind: 'command', command: first, ...parseOptions(text, named(first)?.options ?? []) };
  }
  const found = longestName(`${subcommand} ${text}`, commands);
  if (found)
    return { kind: 'command', command: found.command.name, ...parseOptions(found.rest, found.command.options) };
  const words = [subcommand, ...toPlain(text).trim().split(/\s+/)].filter(Boolean).join(' ');
  return { kind: 'command', command: words.slice(0, 50), options: {}, problems: [] };
}

/** `/video quota` is the command, `/video quota of herring` a prompt: a subcommand leaves no words over. */
function findSubcommand(text: string, commands: readonly Command[], main: string): Spoken | undefined {
  const found = longestName(
    text,
    commands.filter(({ name }) => name !== main),
  );
  if (!found) return undefined;
  const { command, rest } = found;
  const parsed = parseOptions(rest, command.options);
  const takesWords = command.name.includes(' ') || parsed.left === '';
  return takesWords ? { kind: 'command', command: command.name, ...parsed } : undefined;
}

function longestName(text: string, commands: readonly Command[]) {
  const trimmed = text.trimStart();
  return commands
    .map((command) => {
      const pattern = new RegExp(`^${command.name.split(' ').join('\\s+')}(?=\\s|$)`, 'i');
      const match = pattern.exec(trimmed);
      return match ? { command, rest: trimmed.slice(match[0].length) } : undefined;
    })
    .filter((match) => match !== undefined)
    .sort((a, b) => b.command.name.length - a.command.name.length)[0];
}

/**
 * Takes options out of free text: `key:value` and `--key value` anywhere, values in quotes or not. What is left is the
 * prompt. Text in double quotes is never looked into; `12:30`, addresses and `note: this` are text too.
 * @returns also `left`: the words that no option took.
 */
function parseOptions(text: string, options: readonly CommandOption[]): Parsed & { left: string } {
  const line = new Line(text, options);
  line.read();
  const free = options.find(({ type, required }) => type === 'string' && required);
  const words = (free?.mention ? toPlainValue : toPlain)(unquote(line.text.trim()));
  const said = line.values[free?.name ?? ''];
  if (free) {
    const whole = [said, words].filter((part) => part !== undefined && part !== '').join(' ');
    if (whole !== '') line.values[free.name] = whole;
    return { options: line.values, problems: line.problems, left: '' };
  }
  const [only] = options;
  if (words === '' || !only || only.name in line.values) {
    return { options: line.values, problems: line.problems, left: words };
  }
  const value = readValue(only, words);
  if (value === undefined) return { options: line.values, problems: line.problems, left: words };
  return { options: { ...line.values, [only.name]: value }, problems: line.problems, left: '' };
}

/** Text that is one quotation as a whole, without its quotation marks. */
function unquote(text: string): string {
  const first = text[0] ?? '';
  if (!DOUBLE.includes(first) || text.length < 2) return text;
  const end = endOfQuotation(text, 0);
  return end === text.length - 1 ? text.slice(1, -1) : text;
}

/** Where the quotation that begins at `start` ends, or -1. */
function endOfQuotation(text: string, start: number): number {
  const closing = QUOTES[text[start] ?? ''];
  if (!closing) return -1;
  for (let index = start + 1; index < text.length; index++) if (closing.includes(text[index] ?? '')) return index;
  return -1;
}

/** One pass over a line. */
class Line {
  readonly #source: string;
  readonly #options: readonly CommandOption[];
  readonly values: Record<string, OptionValue> = {};
  readonly problems: ParseProblem[] = [];
  /** What no option took. */
  text = '';
  #at = 0;

  constructor(source: string, options: readonly CommandOption[]) {
    this.#source = source;
    this.#options = options;
  }

  read(): void {
    while (this.#at < this.#source.length) {
      const atWord = this.#at === 0 || /\s/.test(this.#source[this.#at - 1] ?? '');
      if (atWord && (this.#readQuotation() || this.#readFlag() || this.#readPair())) continue;
      this.text += this.#source[this.#at];
      this.#at += 1;
    }
  }

  #readQuotation(): boolean {
    if (!DOUBLE.includes(this.#source[this.#at] ?? '')) return false;
    const end = endOfQuotation(this.#source, this.#at);
    if (end < 0) return false;
    this.text += this.#source.slice(this.#at, end + 1);
    this.#at = end + 1;
    return true;
  }

  /** `--key value`, `--key=value`, `--key`; some keyboards make one long dash of two. */
  #readFlag(): boolean {
    const match = /^(?:--|—)([A-Za-z][\w-]*)(=|:)?/.exec(this.#source.slice(this.#at));
    if (!match?.[1]) return false;
    const option = this.#find(match[1]);
    if (!option) {
      this.#unknown(`--${match[1]}`, match[1]);
      this.#skip(match[0].length);
      return true;
    }
    const start = this.#at + match[0].length;
    const value = this.#valueAt(match[2] ? start : start + spacesAt(this.#source, start));
    if (option.type === 'boolean' && !match[2]) {
      // What follows a switch is its value only if it says so.
      const said = value && readValue(option, toPlainValue(value.text));
      this.values[option.name] = said ?? true;
      this.#skip(said === undefined || !value ? match[0].length : value.end - this.#at);
      return true;
    }
    this.#take(option, value?.text ?? '');
    this.#skip((value?.end ?? start) - this.#at);
    return true;
  }

  #readPair(): boolean {
    const match = /^([A-Za-z][\w-]*):(\s*)/.exec(this.#source.slice(this.#at));
    if (!match?.[1]) return false;
    const start = this.#at + match[0].length;
    const value = this.#valueAt(start);
    if (!value || value.text.startsWith('//')) return false;
    const option = this.#find(match[1]);
    const apart = match[2] !== '';
    if (!option) {
      const meant = apart ? undefined : nearest(normal(match[1]), this.#names());
      if (!meant) return false;
      this.#unknown(match[1], match[1]);
    } else {
      // "the model: a tall woman" is a sentence; "model: pro" is an option.
      if (apart && !fits(option, toPlainValue(value.text))) return false;
      this.#take(option, value.text);
    }
    this.#skip(value.end - this.#at);
    return true;
  }

  #valueAt(start: number): { text: string; end: number } | undefined {
    const quoteEnd = endOfQuotation(this.#source, start);
    if (quoteEnd > 0) return { text: this.#source.slice(start + 1, quoteEnd), end: quoteEnd + 1 };
    const run = /^(?:<[^>]*>|[^\s])+/.exec(this.#source.slice(start))?.[0];
    return run === undefined ? undefined : { text: run, end: start + run.length };
  }

  #take(option: CommandOption, raw: string): void {
    const text = toPlainValue(raw);
    const value = readValue(option, text);
    if (value !== undefined) this.values[option.name] = value;
    else
      this.problems.push({
        kind: 'value',
        option: option.name,
        value: text.slice(0, 50),
        expected: expectedOf(option),
      });
  }

  #unknown(shown: string, key: string): void {
    const known = this.#names();
    this.problems.push({ kind: 'unknown', key: shown.slice(0, 50), nearest: nearest(normal(key), known), known });
  }

  #find(key: string): CommandOption | undefined {
    return this.#options.find(({ name }) => name === normal(key));
  }

  #names(): string[] {
    return this.#options.map(({ name }) => name);
  }

  /** Goes on behind an option and one of the spaces around it. */
  #skip(length: number): void {
    this.#at += length;
    if (this.text === '' || /\s$/.test(this.text)) this.#at += spacesAt(this.#source, this.#at);
  }
}

function spacesAt(text: string, index: number): number {
  return /^\s*/.exec(text.slice(index))?.[0].length ?? 0;
}

function normal(key: string): string {
  return key.toLowerCase().replaceAll('-', '_');
}

/** Whether a value is certainly one of this option's. */
function fits(option: CommandOption, text: string): boolean {
  const value = readValue(option, text);
  if (value === undefined) return false;
  if (option.choices) return option.choices.some((choice) => choice.value === value);
  return option.type !== 'string';
}

/** The value as its type says, or undefined when it is none; of words any will do, which the command judges. */
function readValue(option: CommandOption, text: string): OptionValue | undefined {
  const word = text.trim();
  const choice = option.choices?.find(({ value }) => String(value).toLowerCase() === word.toLowerCase());
  if (choice) return choice.value;
  if (option.type === 'boolean') {
    if (YES.includes(word.toLowerCase())) return true;
    return NO.includes(word.toLowerCase()) ? false : undefined;
  }
  if (option.type === 'integer') {
    const value = Number(word);
    return /^[+-]?\d{1,15}$/.test(word) && !option.choices ? value : undefined;
  }
  return word === '' ? undefined : text;
}

function expectedOf({ type, choices, minimum, maximum }: CommandOption): string {
  if (choices) return choices.map(({ value }) => value).join(', ');
  if (type === 'boolean') return 'true, false';
  return type === 'integer' ? `${minimum ?? ''} … ${maximum ?? ''}` : '…';
}
