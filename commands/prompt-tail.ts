import { readValue } from './option-values.ts';
import type { CommandOption, OptionValue } from './options.ts';

/** Words at the end of a prompt that look like options, with the rest of the prompt. */
export interface PromptTail {
  /** The prompt without them. */
  rest: string;
  /** The words, as they were typed. */
  words: string;
  /** Values that they give, by option name. */
  options: Record<string, OptionValue>;
}

/** Dependencies of {@link findTail}. */
export interface TailParts {
  options: readonly CommandOption[];
  /** Names of options that were given already: their bare words are only words. */
  given: readonly string[];
  /** Values that need no name to be understood, such as `1080p`, by option name. */
  telling: Readonly<Record<string, readonly OptionValue[]>>;
}

/** More words than this are a list, not options. */
const MOST_OPTIONS = 6;

const QUOTE = /["'“”„«»‘’()[\]{}*_~`「」『』（）【】]/u.source;
const NAME = /(aspect ratio|\p{L}[\p{L}\p{N}_-]*)/u.source;
/** Also `10 s`, `10 seconds`. */
const VALUE = /(\S+(?:\ss(?:ec(?:onds?|s)?)?)?)/u.source;
const MARKED = new RegExp(`(?:^|\\s)${QUOTE}*[-–—]*${NAME}\\s?[:=：＝]\\s?${VALUE}$`, 'iu');
const NAMED = new RegExp(`(?:^|\\s)${QUOTE}*(--|[-–—])?${NAME}\\s${VALUE}$`, 'iu');
const BARE = new RegExp(`(?:^|\\s)${QUOTE}*(--|[-–—])?(\\S+)$`, 'iu');

/** Separators between options, meaningless in themselves: `a dog, duration 10, private`. */
const BETWEEN = /[\s,;.!|/&+–—-]+$/u;
/** Characters that may follow an option: `(private)`, `private?`, `private 🐶`. */
const BEHIND = new RegExp(`(?:${QUOTE}|[\\s,;.!?|/&+–—:。、，！？…\\p{Extended_Pictographic}\\uFE0F-])+$`, 'u');
const PLEASE = /\s(?:please|pls)$/i;
/** Words that lead to an option and mean nothing without it: `a dog in 1080p`. */
const LEADING = /\s(?:in|at|with|as|and|make it)$/i;
/** Words before a ratio that is mentioned, not requested, in every language the bot speaks: `a score of 1:1`. */
const TELLING_RATIO =
  /(?:^|\s)(?:of|at|to|by|from|is|was|scores?|scored|draws?|drawn|tied?|ends?|ended|won|lost|leads?|odds|scale|von|bei|um|steht|endet|endete|endstand|spielstand|maßstab|a las|por|de|marcador|empate|empatan|escala)$/iu;

/**
 * Finds options without their marks at the end of a prompt: `duration 10`, `private`, `model pro`, `1080p`; and with
 * their marks where they were not read as options: `model:pro` in a prompt that is a field of its own.
 * @returns undefined if there is none, or if nothing else is left.
 */
export function findTail(prompt: string, parts: TailParts): PromptTail | undefined {
  let rest = prompt.trim();
  let start = rest.length;
  const options: Record<string, OptionValue> = {};
  for (let found = 0; found < MOST_OPTIONS; found++) {
    const trimmed = rest.replace(BEHIND, '').replace(PLEASE, '').replace(BEHIND, '');
    const last = lastOption(trimmed, { ...parts, given: [...parts.given, ...Object.keys(options)] });
    if (!last) break;
    options[last.name] ??= last.value;
    start = last.start;
    rest = trimmed.slice(0, start).replace(BETWEEN, '').replace(LEADING, '');
  }
  if (Object.keys(options).length === 0) return undefined;
  const kept = rest.replace(BETWEEN, '');
  if (kept === '') return undefined;
  const words = prompt.trim().slice(start).replace(/\s+/g, ' ').trim();
  return { rest: kept, words, options };
}

interface Found {
  name: string;
  value: OptionValue;
  start: number;
}

function lastOption(text: string, { options, given, telling }: TailParts): Found | undefined {
  // Only the end is looked at, so that a long prompt costs no time.
  const from = Math.max(0, text.length - 100);
  const end = text.slice(from);
  const find = (typed: string) => {
    const name = typed.normalize('NFKC').toLowerCase().replaceAll(/[- ]/g, '_');
    return options.find((one) => one.name === name || one.aliases?.includes(name));
  };
  const take = (match: RegExpExecArray, one: CommandOption | undefined, typed: string, isCertain: boolean) => {
    if (!one || (!isCertain && given.includes(one.name))) return undefined;
    // With its mark it is certainly meant, so a value that does not fit is refused instead of left in the prompt.
    const value = valueFor(one, typed) ?? (isCertain ? typed : undefined);
    return value === undefined ? undefined : { name: one.name, value, start: from + match.index };
  };
  const marked = MARKED.exec(end);
  const named = NAMED.exec(end);
  const bare = BARE.exec(end);
  const whole =
    (marked && take(marked, find(marked[1] ?? ''), marked[2] ?? '', true)) ??
    (named && take(named, find(named[2] ?? ''), named[3] ?? '', named[1] !== undefined));
  if (whole || !bare) return whole ?? undefined;
  const [, dash, word = ''] = bare;
  const one = find(word);
  // "Without watermark" is a sentence; nobody writes camera_fixed or a lonely "private" in one.
  if (one?.type === 'boolean' && (dash !== undefined || one.name === 'private' || word.includes('_'))) {
    return take(bare, one, 'true', false);
  }
  if (word.includes(':') && TELLING_RATIO.test(end.slice(0, bare.index))) return undefined;
  const teller = options.find(({ name }) =>
    telling[name]?.some((value) => String(value) === word.normalize('NFKC').toLowerCase()),
  );
  return take(bare, teller, word, false);
}

/** `10s` and `10 seconds` are 10 where a number is wanted. */
function valueFor(one: CommandOption, typed: string): OptionValue | undefined {
  const strict = { ...one, suggested: false };
  const value = readValue(strict, typed);
  if (value !== undefined || one.type !== 'integer') return value;
  return readValue(strict, typed.replace(/\s?s(?:ec(?:onds?|s)?)?$/i, ''));
}
