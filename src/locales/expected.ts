import type { Expected } from '../domain/failure.ts';

/** A language (BCP 47), and how it says a range of whole numbers. */
export interface RangeWords {
  language: string;
  whole(range: { minimum: number; maximum: number }): string;
}

/** From this many consecutive numbers on, a list is written as a range. */
const LONG_ROW = 4;

/** Describes the values that fit an option. */
export function writeExpected(expected: Expected, { language, whole }: RangeWords): string {
  if (typeof expected === 'string') return expected;
  if ('minimum' in expected) return whole(expected);
  const first = Number(expected[0]);
  const inRow = expected.length >= LONG_ROW && expected.every((value, index) => value === first + index);
  return inRow ? whole({ minimum: first, maximum: first + expected.length - 1 }) : writeEither(expected, language);
}

/** "5 or 10". @param language a BCP 47 tag. */
export function writeEither(values: readonly (string | number)[], language: string): string {
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(values.map(String));
}
