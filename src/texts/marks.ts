/**
 * A moment in time inside a text: platforms show it in the reader's own time zone and language, so a text carries a mark
 * in its place. The marks are control characters, which no text from outside may hold (prompts that hold any are refused).
 */
export type TimeStyle = 'relative' | 'time' | 'date';

/** The last moment that a `Date` can hold (ECMA-262, "Time Values and Time Range"). */
const LAST_MS = 8.64e15;

const MARK = /\u0002(\d+):(relative|time|date)\u0003/g;

/** A mark for the moment `ms` (since 1970 UTC): "in 5 minutes", "14:05", "21 November 14:05". */
export function at(ms: number, style: TimeStyle): string {
  return `\u0002${Math.round(ms)}:${style}\u0003`;
}

/**
 * Turns a card's text into a platform's own: everything outside marks goes through `plain`, marks through `time`.
 * What looks like a mark but is no moment is plain text.
 */
export function renderText(
  text: string,
  plain: (text: string) => string,
  time: (ms: number, style: TimeStyle) => string,
): string {
  let out = '';
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    const ms = Number(match[1]);
    if (ms > LAST_MS) continue;
    out += plain(text.slice(end, match.index)) + time(ms, match[2] as TimeStyle);
    end = match.index + match[0].length;
  }
  return out + plain(text.slice(end));
}

/** Whether a text holds a mark. */
export function hasMark(text: string): boolean {
  return text.search(MARK) >= 0;
}
