import type { CommandOption, OptionValue } from '../../../commands/options.ts';
import { nearest } from './nearest.ts';
import { fits, type ParseProblem, readValue, valueProblem } from './values.ts';

/** Openings of quotations with what ends them; several, because keyboards make them curly. */
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"“”',
  '“': '”"',
  '„': '“”"',
  '«': '»',
  "'": "'’",
  '‘': "’'",
};
export const DOUBLE = '"“„«';

/** Text that is one quotation as a whole, without its quotation marks. */
export function unquote(text: string): string {
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
export class Line {
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
      const said = value && readValue(option, value.text);
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
      if (apart && !fits(option, value.text)) return false;
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
    const value = readValue(option, raw);
    if (value !== undefined) this.values[option.name] = value;
    else this.problems.push(valueProblem(option, raw));
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

/** An option's name as it is typed, in the form in which it is known. */
export function normal(key: string): string {
  return key.toLowerCase().replaceAll('-', '_');
}
