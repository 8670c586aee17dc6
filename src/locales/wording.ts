import type { Expected } from '../domain/failure.ts';

/** What the languages share: how numbers, counts and durations are put together. */

/** Numbers and counts as one language writes them. */
export interface Formats {
  /** "1234.5", "12,345"; "1234,5", "12.345": at most one decimal, grouped from five digits on. */
  number(value: number): string;
  /** The number and what is counted, in the form that goes with it: "1 video", "2 videos". */
  count(value: number, one: string, other: string): string;
  /** "5 or 10". */
  either(values: readonly (string | number)[]): string;
  /** A file's size, in MB of 1024 × 1024 bytes, as chats state their limits. */
  bytes(value: number): string;
}

/** @param language a BCP 47 tag. */
export function formatsFor(language: string): Formats {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1, useGrouping: 'min2' });
  const lists = new Intl.ListFormat(language, { type: 'disjunction' });
  const plurals = new Intl.PluralRules(language);
  return {
    number: (value) => numbers.format(value),
    count: (value, one, other) => `${numbers.format(value)} ${plurals.select(value) === 'one' ? one : other}`,
    either: (values) => lists.format(values.map(String)),
    bytes: (value) => `${numbers.format(value / 1024 / 1024)} MB`,
  };
}

/** From this many consecutive numbers on, a list is written as a range. */
const LONG_ROW = 4;

/** Words for the values that fit an option. @param whole writes a range of whole numbers. */
export function writeExpected(
  expected: Expected,
  either: Formats['either'],
  whole: (minimum: number, maximum: number) => string,
): string {
  if (typeof expected === 'string') return expected;
  if ('minimum' in expected) return whole(expected.minimum, expected.maximum);
  const first = Number(expected[0]);
  const inRow = expected.length >= LONG_ROW && expected.every((value, index) => value === first + index);
  return inRow ? whole(first, first + expected.length - 1) : either(expected);
}

/** How a language writes minutes and seconds, and what stands between the two. */
export interface DurationWords {
  minutes: (value: number) => string;
  seconds: (value: number) => string;
  between: string;
}

/** "40 s", "2 min", "2 min 5 s": in whole seconds, at least one. */
export function writeDuration(ms: number, words: DurationWords): string {
  const total = Math.max(1, Math.round(ms / 1000));
  const [minutes, seconds] = [Math.floor(total / 60), total % 60];
  return [...(minutes > 0 ? [words.minutes(minutes)] : []), ...(seconds > 0 ? [words.seconds(seconds)] : [])].join(
    words.between,
  );
}

/** "1 min 5 s", as most languages write it. */
export const shortDuration = (ms: number): string =>
  writeDuration(ms, { minutes: (value) => `${value} min`, seconds: (value) => `${value} s`, between: ' ' });

/** The words for options whose values do not speak for themselves. */
export interface OptionWords {
  duration: (seconds: number) => string;
  cameraFixed: string;
  watermark: string;
  sound: string;
  silent: string;
}

/** An option's value in the row of options on a card; undefined where it has no place there. */
export function writeOption(name: string, value: string | number | boolean, words: OptionWords): string | undefined {
  if (name === 'seed') return undefined;
  if (name === 'duration') return words.duration(Number(value));
  if (typeof value !== 'boolean') return String(value);
  if (name === 'generate_audio') return value ? words.sound : words.silent;
  if (!value) return undefined;
  if (name === 'camera_fixed') return words.cameraFixed;
  return name === 'watermark' ? words.watermark : undefined;
}

/** A label with what it spends, as long as both fit: "Make it · 2 credits". */
export function withCost(label: string, costs: string | undefined, longest: number): string {
  const whole = costs === undefined ? label : `${label} · ${costs}`;
  return whole.length <= longest ? whole : label;
}

/** Why a generation in this state can't be cancelled. */
export function whyTooLate(state: string): 'cancelled' | 'running' | 'finished' {
  if (state === 'cancelled') return 'cancelled';
  return ['submitting', 'generating', 'delivering'].includes(state) ? 'running' : 'finished';
}

/** Words from outside as a sentence, so that another one can follow. */
export function sentence(words: string): string {
  return /[.!?…。！？]$/.test(words) ? words : `${words}.`;
}
