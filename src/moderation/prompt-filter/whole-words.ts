import { I_OR_L } from './lookalikes.ts';
import { lookalikeWords, normaliseWords, shorten } from './normalise.ts';

/** A gap that may be between two letters of a word: how many characters, and of which kind. */
interface Gap {
  kind: 'sign' | 'other';
  least: number;
  most: number;
}

/** The same letter once or several times. */
interface Run {
  character: string;
  count: number;
  /** Before the first one, and between the others. */
  before: Gap;
  within: Gap;
}

/** One way to write a word, and whether it may begin and end inside another one. */
interface Shape {
  runs: readonly Run[];
  bounded: { before: boolean; after: boolean };
}

/** A text's readings, one a line, cut into characters whose kinds are known. */
export interface Characters {
  characters: readonly string[];
  kinds: readonly Kind[];
  /** Where each character stands. */
  places: ReadonlyMap<string, readonly number[]>;
}

/** `letter`: of a script with spaces between words, or a number. `unspaced`: of one without. `end`: of a reading. */
type Kind = 'letter' | 'unspaced' | 'mark' | 'sign' | 'other' | 'end';

const KINDS: readonly [Kind, RegExp][] = [
  ['mark', /\p{M}/u],
  [
    'unspaced',
    /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}ー]/u,
  ],
  ['letter', /[\p{L}\p{N}]/u],
  ['sign', /[\p{P}\p{S}]/u],
];

/** Inside a word: `ba.d`. */
const SIGNS: Gap = { kind: 'sign', least: 0, most: 2 };

/** Between words, and between the letters of one that is spelled out: `b a d`. */
const SPACES: Gap = { kind: 'other', least: 1, most: 5 };

/** In two letters ("a b"), a space between them means nothing. */
const LEAST_SPELLED_OUT = 3;

/** A letter that stands once or twice in a word may stand three times and more in a text, but not two for one: "good". */
const LEAST_STRETCHED = 3;
const MOST_STRETCHED = 8;

/** Cuts a text's readings into characters. */
export function charactersOf(readings: readonly string[]): Characters {
  const characters = readings.flatMap((reading) => [...reading.replace(/\s/gu, ' '), '\n']);
  const known = new Map<string, Kind>([['\n', 'end']]);
  const places = new Map<string, number[]>();
  const kinds = characters.map((character, place) => {
    const there = places.get(character);
    if (there) there.push(place);
    else places.set(character, [place]);
    const kind = known.get(character) ?? KINDS.find(([, pattern]) => pattern.test(character))?.[0] ?? 'other';
    known.set(character, kind);
    return kind;
  });
  return { characters, kinds, places };
}

/**
 * Finds a word or phrase as whole words, also with its letters stretched, spelled out or with signs between them. It
 * takes time by the text's length times the word's.
 */
export function wholeWord(word: string): (text: Characters) => boolean {
  const forms = new Set([normaliseWords(word), lookalikeWords(word)].map((form) => shorten(form).trim()));
  const shapes = [...forms].flatMap(shapesOf);
  return (text) => shapes.some((shape) => findsShape(shape, text));
}

function shapesOf(form: string): Shape[] {
  const parts = form.split(/\s+/u).map((part) => [...part]);
  const all = parts.flat();
  const { kinds } = charactersOf([all.join('')]);
  const bounded = {
    before: kinds[0] === 'letter',
    after: kinds[all.length - 1] === 'letter' || kinds.includes('mark'),
  };
  const phrase = parts.flatMap((part) =>
    runsOf(part, SIGNS).map((run, index) => (index === 0 ? { ...run, before: SPACES } : run)),
  );
  const shapes = [{ runs: phrase, bounded }];
  return all.length < LEAST_SPELLED_OUT ? shapes : [...shapes, { runs: runsOf(all, SPACES), bounded }];
}

function runsOf(characters: readonly string[], gap: Gap): Run[] {
  const runs: Run[] = [];
  for (const character of characters) {
    const last = runs.at(-1);
    if (last?.character === character) last.count += 1;
    else runs.push({ character, count: 1, before: gap, within: gap });
  }
  return runs;
}

/** Goes through the word once, for all the places at which it may have begun: where it can be after each run. */
function findsShape({ runs, bounded }: Shape, text: Characters): boolean {
  const [first, ...others] = runs;
  if (!first) return false;
  const starts = startsOf(first.character, text).filter((place) => !bounded.before || !isWord(text.kinds[place - 1]));
  let ends = afterRun(first, starts, text);
  for (const run of others) {
    if (ends.size === 0) return false;
    const next = [...ends].map((end) => afterGap(run.before, run.character, end, text)).filter((place) => place >= 0);
    ends = afterRun(run, next, text);
  }
  const mayFollow = (kind: Kind | undefined) => kind !== 'mark' && (!bounded.after || !isWord(kind));
  return [...ends].some((end) => mayFollow(text.kinds[end]));
}

function isWord(kind: Kind | undefined): boolean {
  return kind === 'letter' || kind === 'mark';
}

function startsOf(character: string, { places }: Characters): readonly number[] {
  const either = isIOrL(character) ? (places.get(I_OR_L) ?? []) : [];
  return [...(places.get(character) ?? []), ...either];
}

/** The places after a run that begins at one of the places. */
function afterRun({ character, count, within }: Run, starts: readonly number[], text: Characters): Set<number> {
  const ends = new Set<number>();
  const stretches = /\p{L}/u.test(character);
  for (const start of starts) {
    let place = start;
    for (let seen = 1; place >= 0 && seen <= Math.max(count, stretches ? MOST_STRETCHED : 0); seen += 1) {
      if (seen === count || (stretches && seen >= Math.max(count, LEAST_STRETCHED))) ends.add(place + 1);
      place = afterGap(within, character, place + 1, text);
    }
  }
  return ends;
}

/** Where the character stands after a gap from a place on; -1 if it does not. */
function afterGap(gap: Gap, character: string, from: number, { characters, kinds }: Characters): number {
  for (let skipped = 0; skipped <= gap.most; skipped += 1) {
    const place = from + skipped;
    if (skipped >= gap.least && isRead(characters[place], character)) return place;
    const kind = kinds[place];
    if (kind !== 'sign' && (gap.kind === 'sign' || kind !== 'other')) return -1;
  }
  return -1;
}

function isRead(found: string | undefined, wanted: string): boolean {
  return found === wanted || (found === I_OR_L && isIOrL(wanted));
}

function isIOrL(character: string): boolean {
  return character === 'i' || character === 'l';
}
