import type { OptionValue } from './options.ts';

/** The part of an option that values are checked against, in dispatch and while they are typed. */
export interface ValueShape {
  type: string;
  choices?: readonly { value: string | number }[];
  /** The choices are only suggestions; the command checks other values. */
  suggested?: boolean;
  minimum?: number;
  maximum?: number;
}

/** The values that fit: words, a list, or a range of whole numbers. */
export type Fitting = readonly (string | number)[] | { minimum: number; maximum: number };

const YES = ['true', 'yes', 'on', '1'];
const NO = ['false', 'no', 'off', '0'];

/**
 * Converts a value from a chat or a member's typing to its option's type; undefined when it does not fit. Ids of
 * members, roles and channels stay as they are.
 */
export function readValue(shape: ValueShape, given: OptionValue): OptionValue | undefined {
  const { type, choices, suggested, minimum, maximum } = shape;
  // Full-width digits and letters, capitals and spaces at the ends make no difference.
  const word = String(given).normalize('NFKC').trim().toLowerCase();
  const choice = choices?.find(({ value }) => String(value).toLowerCase() === word);
  if (choice) return choice.value;
  if (choices && !suggested) return undefined;
  if (type === 'boolean') return YES.includes(word) ? true : NO.includes(word) ? false : undefined;
  if (type !== 'integer') return String(given);
  const number = /^[+-]?\d{1,15}$/.test(word) ? Number(word) : Number.NaN;
  return number >= (minimum ?? Number.MIN_SAFE_INTEGER) && number <= (maximum ?? Number.MAX_SAFE_INTEGER)
    ? number
    : undefined;
}

/** Values that fit; undefined where any text does. */
export function fittingOf({ type, choices, minimum, maximum }: ValueShape): Fitting | undefined {
  if (choices) return choices.map(({ value }) => value);
  if (type === 'boolean') return ['true', 'false'];
  if (type !== 'integer') return undefined;
  return { minimum: minimum ?? Number.MIN_SAFE_INTEGER, maximum: maximum ?? Number.MAX_SAFE_INTEGER };
}
