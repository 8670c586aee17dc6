import { RE2JS } from 're2js';
import { DailiesError } from '../../domain/failure.ts';
import { BoundedMap } from '../../lib/bounded-map.ts';
import { I_OR_L } from './lookalikes.ts';
import { normaliseWords, readingsOf, visible } from './normalise.ts';
import { type Characters, charactersOf, wholeWord } from './whole-words.ts';

/** The longest word or pattern of a list, in characters, without the slashes and the flag. */
export const MAX_WORD_LENGTH = 100;

/** The largest program that a pattern may become, in RE2's instructions: the time to match grows with it. */
export const MAX_PROGRAM_SIZE = 120;

/** The time to compile grows with length times repetitions, so this is checked before it. */
const MAX_EXPANDED_LENGTH = 2000;

/** The most compiled words kept: more than the lists of a busy process hold. */
const MOST_COMPILED = 2000;

/** Why an entry cannot be on a list. */
export type WordProblem = 'empty' | 'long' | 'regex' | 'matches everything';

/** One compiled entry of a word list. */
export interface WordRule {
  /** As the moderator wrote it. */
  word: string;
  /** Whether it is in a text. */
  matches(text: WordText): boolean;
}

/** A text in the forms in which it is searched. */
export interface WordText {
  /** For words. */
  characters: Characters;
  /** For patterns: the text with its letters' case, and its readings. */
  lines: readonly string[];
}

const MEANINGFUL = /[\p{L}\p{N}\p{S}]/u;
const PATTERN = /^\/(.*)\/([a-z]*)$/su;
const REPETITION = /\{(\d+)(?:,(\d*))?\}/g;

/** A pattern that finds all of these finds any prompt. */
const PROBES = ['a', 'Q', '7', 'é', 'ж', '語', 'ह'];

const compiled = new BoundedMap<string, WordRule>(MOST_COMPILED);

/**
 * An entry of a word list: a word or phrase, found as whole words in any reading of a text, or `/pattern/` or
 * `/pattern/i` in RE2's syntax, found anywhere in it.
 * @throws {DailiesError} `word_invalid`.
 */
export function compileWord(input: string): WordRule {
  const word = input.trim();
  const rule = compiled.get(word) ?? compile(word);
  // Put at the end: the first one is the one unused for longest.
  compiled.set(word, rule);
  return rule;
}

/** The first rule that a text breaks. */
export function matchWords(rules: readonly WordRule[], text: string): WordRule | undefined {
  if (rules.length === 0) return undefined;
  const readings = readingsOf(text);
  const either = ['i', 'l'].flatMap((letter) => readings.map((reading) => reading.replaceAll(I_OR_L, letter)));
  const searched = { characters: charactersOf(readings), lines: [...new Set([visible(text), ...either])] };
  return rules.find((rule) => rule.matches(searched));
}

function compile(word: string): WordRule {
  const [, pattern, flags = ''] = PATTERN.exec(word) ?? [];
  if ([...(pattern ?? word)].length > MAX_WORD_LENGTH) throw invalid(word, 'long');
  if (pattern !== undefined) return regularExpression(word, pattern, flags);
  if (!MEANINGFUL.test(normaliseWords(word))) throw invalid(word, 'empty');
  const finds = wholeWord(word);
  return { word, matches: ({ characters }) => finds(characters) };
}

function regularExpression(word: string, pattern: string, flags: string): WordRule {
  if (pattern === '') throw invalid(word, 'empty');
  if ((flags !== '' && flags !== 'i') || expandedLength(pattern) > MAX_EXPANDED_LENGTH) throw invalid(word, 'regex');
  const expression = compilePattern(word, pattern, flags);
  if (expression.programSize() > MAX_PROGRAM_SIZE) throw invalid(word, 'regex');
  if (expression.test('') || PROBES.every((probe) => expression.test(probe))) throw invalid(word, 'matches everything');
  return { word, matches: ({ lines }) => lines.some((line) => expression.test(line)) };
}

function compilePattern(word: string, pattern: string, flags: string): RE2JS {
  try {
    return RE2JS.compile(pattern, flags === 'i' ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    throw invalid(word, 'regex', error);
  }
}

/** At most how long the pattern is with its repetitions written out. */
function expandedLength(pattern: string): number {
  let length = pattern.length;
  for (const [, least, most] of pattern.matchAll(REPETITION)) length *= Math.max(1, Number(least), Number(most || 0));
  return length;
}

function invalid(word: string, reason: WordProblem, cause?: unknown): DailiesError {
  return new DailiesError('word_invalid', { word, reason }, { cause });
}
