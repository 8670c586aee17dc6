import { Temporal } from 'temporal-polyfill';
import { MOST_CREDITS } from '../src/domain/rule.ts';
import { LANGUAGES } from '../src/locales/languages.ts';
import type { Texts } from '../src/locales/texts.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const UNITS_MS = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS };

/** The words for "without limit", in every language in which people write to the bot. */
const UNLIMITED = typed('unlimited');

/** Units that may follow a number, in ms, in every language that people use with the bot. */
const UNITS = new Map(
  (Object.keys(UNITS_MS) as (keyof typeof UNITS_MS)[]).flatMap((unit) =>
    typed(unit).map((word) => [word, UNITS_MS[unit]] as const),
  ),
);

/** The longest time that is taken, in ms: about ten years. Who means longer means for good. */
export const LONGEST_MS = 3653 * DAY_MS;

/** Words that people may type for something, in any language. */
function typed(what: keyof Texts['typed']): string[] {
  return Object.values(LANGUAGES).flatMap((texts) => texts.typed[what].split(' '));
}

/**
 * Credits as a moderator writes them: a whole number from 0 to {@link MOST_CREDITS}, or null for `unlimited`; undefined
 * for anything else.
 */
export function parseCredits(text: string): number | null | undefined {
  const plain = tidy(text);
  if (UNLIMITED.includes(plain)) return null;
  if (!/^\d{1,12}$/.test(plain)) return undefined;
  return Number(plain) <= MOST_CREDITS ? Number(plain) : undefined;
}

/**
 * The end of a length of time that begins now: `30m`, `12h`, `7d`, `2w`, `1d 12h`, `1 day`, `2 weeks`.
 * @param now in ms since 1970 UTC, like the result.
 * @returns undefined if it is not a length of time, is zero or exceeds {@link LONGEST_MS}.
 */
export function parseLength(text: string, now: number): number | undefined {
  const plain = tidy(text);
  if (!/^(?:\d{1,7}\s?\p{L}+[\s,]*)+$/u.test(plain) || plain.length > 100) return undefined;
  let length = 0;
  for (const [, value, unit = ''] of plain.matchAll(/(\d+)\s?(\p{L}+)/gu)) {
    length += Number(value) * (UNITS.get(unit) ?? Number.NaN);
  }
  return length > 0 && length <= LONGEST_MS ? now + length : undefined;
}

/**
 * An end in the future: a length of time as {@link parseLength} takes it, or a date such as `2026-12-31`, which means
 * the last second of that day.
 * @param timeZone IANA name of the zone of the date.
 * @returns ms since 1970 UTC; undefined for anything else, the past and more than {@link LONGEST_MS} ahead.
 */
export function parseEnd(text: string, now: number, timeZone: string): number | undefined {
  const plain = tidy(text);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(plain)) return parseLength(plain, now);
  const end = lastSecondOf(plain, timeZone);
  return end !== undefined && end > now && end - now <= LONGEST_MS ? end : undefined;
}

function lastSecondOf(date: string, timeZone: string): number | undefined {
  try {
    return Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds - 1000;
  } catch {
    return undefined;
  }
}

/** Full-width digits and letters, capitals and spaces at the ends make no difference. */
function tidy(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
