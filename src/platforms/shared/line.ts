import { nearest } from '../../lib/nearest.ts';
import { isDouble, Quotations, unquote } from './quotations.ts';

/**
 * The text form of a command's options: `a dragon over the peaks model:pro duration:10`. Slack and the playground read
 * it with this one parser; the playground's page gets this file as it is.
 */

/** Properties of an option that matter for reading a line. */
export interface LineOption {
  name: string;
  type: string;
  required?: boolean | undefined;
  /** The values allowed, or objects that hold them as `value`. */
  choices?: readonly unknown[] | undefined;
  /** Other names, understood where they are typed. */
  aliases?: readonly string[] | undefined;
  /** Text that is one word, or a length of time such as `2 weeks, 3 days`. */
  brief?: 'word' | 'length' | undefined;
}

/** A line, taken apart. */
export interface ReadLine {
  /** Text typed for each option, without quotation marks; '' for an option that was named and left empty. */
  given: Map<string, string>;
  /** Names that are no option, as typed: `--sparkles`, `modle`. */
  unknown: string[];
  /** Text that belongs to no option. */
  loose: string;
}

/** Syntax peculiar to one chat. */
export interface Dialect {
  /** One word; sticky. A mention may have spaces in it. */
  word: RegExp;
  /** Whether a word names somebody or something of the chat. */
  isMention: (word: string) => boolean;
}

const PLAIN: Dialect = { word: /\S+/y, isMention: () => false };

/** A name with its marks as an option, if any: dashes before it, or a colon or equals sign after it. */
const NAME = /(--|[-–—])?(\p{L}[\p{L}\p{N}_-]*)(\s*)([:=：＝])?(\s*)/uy;
const SPACES = /\s*/y;
const LENGTH = /(?:\d{1,7}\s?\p{L}+[\s,]*)+(?=\s|$)/uy;
const SWITCH = /^(?:true|yes|on|1|false|no|off|0)$/i;
const WHOLE_NUMBER = /^[+-]?\d+$/;

/** Whether an option takes words as they come; the others take a single word. */
export function isFreeText(option: LineOption): boolean {
  return option.type === 'string' && option.choices === undefined && !option.brief;
}

/** An option's name as it is typed, in the form in which it is known. */
export function normal(name: string): string {
  return name.toLowerCase().replaceAll('-', '_');
}

/**
 * Takes options out of a line: `name:value`, `name=value`, `--name value` and `--switch`, with a colon or dashes of any
 * keyboard. Free text goes on until the next option. Double quotes protect what is in them; a value may stand in quotes,
 * with `\"` and `\\` inside straight ones. An option counts once; named again, it is text.
 *
 * With spaces around its mark, or after a short dash, a name is an option only if its value fits: "the model: a tall
 * woman" is a sentence, "model: pro" is not.
 */
export function readLine(text: string, options: readonly LineOption[], dialect: Dialect = PLAIN): ReadLine {
  return new Reader(text, options, dialect).read();
}

class Reader {
  readonly #text: string;
  readonly #options: readonly LineOption[];
  readonly #dialect: Dialect;
  /** The option that takes the text of no other. */
  readonly #main: LineOption | undefined;
  readonly #given = new Map<string, string>();
  readonly #unknown: string[] = [];
  readonly #quotations: Quotations;
  #loose = '';
  #at = 0;
  /** The free text that continues here. */
  #open: LineOption | undefined;

  constructor(text: string, options: readonly LineOption[], dialect: Dialect) {
    this.#text = text;
    this.#options = options;
    this.#dialect = dialect;
    this.#quotations = new Quotations(text);
    this.#main = options.find((option) => option.required && isFreeText(option));
  }

  read(): ReadLine {
    while (this.#at < this.#text.length) {
      const spaces = matchAt(SPACES, this.#text, this.#at);
      this.#add(spaces);
      if (this.#at < this.#text.length && !this.#readOption()) this.#readWords();
    }
    for (const option of this.#options.filter(isFreeText)) {
      const said = this.#given.get(option.name);
      if (said !== undefined) this.#given.set(option.name, unquote(said.trim()));
    }
    return { given: this.#given, unknown: this.#unknown, loose: this.#loose.trim() };
  }

  /** A quotation with any text attached to it, or a word. */
  #readWords(): void {
    const start = this.#at;
    const opening = this.#text[start] ?? '';
    const end = isDouble(opening) && /\S/.test(this.#text[start + 1] ?? '') ? this.#quotations.endOf(start) : -1;
    if (end > start) this.#add(this.#text.slice(start, end + 1));
    const word = matchAt(this.#dialect.word, this.#text, this.#at);
    const other = this.#open && this.#open !== this.#main;
    if (other && end < 0 && this.#dialect.isMention(word)) this.#close();
    this.#add(word || (end < 0 ? opening : ''));
  }

  /** @returns whether an option begins here; if so, reading continues after it. */
  #readOption(): boolean {
    const [whole = '', dash = '', name = '', gap = '', mark = '', space = ''] =
      execAt(NAME, this.#text, this.#at) ?? [];
    if (dash === '' && mark === '') return false;
    const start = this.#at + whole.length;
    if (mark && this.#text.startsWith('//', start)) return false;
    const apart = gap !== '' || (mark !== '' && space !== '');
    const option = this.#find(name);
    if (!option) return this.#readUnknown(dash, name, mark, mark !== '' && apart);
    if (this.#given.has(option.name)) return false;
    // Only two plain dashes, or a mark right after the name, cannot mean anything else.
    const certain = dash === '--' || (mark !== '' && !apart) || !this.#main;
    if (isFreeText(option)) {
      if (!certain && !(mark && option === this.#main && this.#loose.trim() === '')) return false;
      this.#given.set(option.name, '');
      this.#close();
      this.#open = option;
      this.#at = start;
      return true;
    }
    return this.#readValue(option, { start, nameEnd: this.#at + dash.length + name.length, mark, certain, apart });
  }

  #readValue(
    option: LineOption,
    at: { start: number; nameEnd: number; mark: string; certain: boolean; apart: boolean },
  ): boolean {
    const { start, mark, certain } = at;
    const value = at.apart && this.#isMarked(start) ? undefined : this.#valueAt(start, option);
    const isSwitch = option.type === 'boolean' && mark === '';
    if (isSwitch && !(value && SWITCH.test(value.text))) {
      this.#take(option, 'true', at.nameEnd);
      return true;
    }
    // A name with its mark and nothing after it is an option that was left empty.
    if (!certain && !(value ? this.#couldBe(option, value.text) : mark !== '')) return false;
    this.#take(option, value?.text ?? '', value?.end ?? start);
    return true;
  }

  /** `--sparkles`, and `modle:pro`, which is near an option; anything else is text. */
  #readUnknown(dash: string, name: string, mark: string, apart: boolean): boolean {
    const start = this.#at + dash.length + name.length + mark.length;
    if (dash === '--') {
      this.#unknown.push(`--${name}`);
      this.#skipTo(start);
      return true;
    }
    const value = mark === '' || apart ? undefined : this.#valueAt(start, undefined);
    const names = this.#options.map((option) => option.name);
    if (!value || name.length < 3 || nearest(normal(name), names) === undefined) return false;
    this.#unknown.push(name);
    this.#skipTo(value.end);
    return true;
  }

  #valueAt(start: number, option: LineOption | undefined): { text: string; end: number } | undefined {
    const end = this.#quotations.endOf(start);
    if (end > start && (end + 1 === this.#text.length || /\s/.test(this.#text[end + 1] ?? ''))) {
      return { text: unquote(this.#text.slice(start, end + 1)), end: end + 1 };
    }
    const word =
      (option?.brief === 'length' && matchAt(LENGTH, this.#text, start)) ||
      matchAt(this.#dialect.word, this.#text, start);
    return word === '' ? undefined : { text: word.trim(), end: start + word.length };
  }

  /** Whether a value could be meant for this option. */
  #couldBe({ type, choices }: LineOption, typed: string): boolean {
    const word = typed.toLowerCase();
    if (choices?.some((choice) => String(choiceValue(choice)).toLowerCase() === word)) return true;
    if (type === 'boolean') return SWITCH.test(word);
    return type === 'integer' ? WHOLE_NUMBER.test(word) : this.#dialect.isMention(typed);
  }

  /** Whether the name of an option, with its mark, comes next. */
  #isMarked(at: number): boolean {
    const [, , name, , mark] = execAt(NAME, this.#text, at) ?? [];
    return mark !== undefined && name !== undefined && this.#find(name) !== undefined;
  }

  #find(typed: string): LineOption | undefined {
    const name = normal(typed);
    return (
      this.#options.find((option) => option.name === name) ??
      this.#options.find(({ aliases }) => aliases?.includes(name))
    );
  }

  #take(option: LineOption, value: string, end: number): void {
    this.#given.set(option.name, value);
    this.#close();
    this.#skipTo(end);
  }

  /** Ends the current option: the following text belongs to none, set apart by a space from the loose text before. */
  #close(): void {
    if (this.#open && this.#loose !== '' && !/\s$/.test(this.#loose)) this.#loose += ' ';
    this.#open = undefined;
  }

  /** Continues after an option and one of the spaces around it. */
  #skipTo(end: number): void {
    this.#at = end;
    const before = this.#open ? (this.#given.get(this.#open.name) ?? '') : this.#loose;
    if (before === '' || /\s$/.test(before)) this.#at += matchAt(SPACES, this.#text, end).length;
  }

  #add(text: string): void {
    if (this.#open) this.#given.set(this.#open.name, (this.#given.get(this.#open.name) ?? '') + text);
    else this.#loose += text;
    this.#at += text.length;
  }
}

function choiceValue(choice: unknown): unknown {
  return typeof choice === 'object' && choice !== null && 'value' in choice ? choice.value : choice;
}

function execAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  return execAt(pattern, text, at)?.[0] ?? '';
}
