/**
 * A moment in time inside a text: platforms show it in the reader's own time zone and language, so a text carries a mark
 * in its place; so it does for members, roles and channels. The marks are control characters, which no text from outside may hold (prompts that hold any are refused).
 */
export type TimeStyle = 'relative' | 'time' | 'date';

/** The last moment that a `Date` can hold (ECMA-262, "Time Values and Time Range"). */
const LAST_MS = 8.64e15;

/** Whom or what a mention names. */
export type MentionKind = 'member' | 'role' | 'channel';

const MARK = /\u0002(?:(\d+):(relative|time|date)|(member|role|channel):([\w:/-]+))\u0003/g;

/** A mark for the moment `ms` (since 1970 UTC): "in 5 minutes", "14:05", "21 November 14:05". */
export function at(ms: number, style: TimeStyle): string {
  return `\u0002${Math.round(ms)}:${style}\u0003`;
}

/**
 * A mark for somebody or something in the chat; a platform shows it as its own mention, which notifies nobody.
 * @param id a member's id as in `Origin.member`; of a role or channel the platform's own.
 */
export function mention(kind: MentionKind, id: string): string {
  return `\u0002${kind}:${id}\u0003`;
}

/** How a platform writes what stands between and in marks; called in the order in which it stands there. */
export interface MarkWriters {
  /** Everything outside marks, and what looks like a mark but is none. */
  plain(text: string): string;
  time(ms: number, style: TimeStyle): string;
  mention(kind: MentionKind, id: string): string;
}

/** Turns a card's text into a platform's own. */
export function renderText(text: string, writers: MarkWriters): string {
  let out = '';
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    const [mark, ms, style, kind, id = ''] = match;
    if (Number(ms) > LAST_MS) continue;
    out += writers.plain(text.slice(end, match.index));
    out += kind ? writers.mention(kind as MentionKind, id) : writers.time(Number(ms), style as TimeStyle);
    end = match.index + mark.length;
  }
  return out + writers.plain(text.slice(end));
}

/** A text that was cut somewhere, without the beginning of a mark that the cut went through. */
export function withoutHalfMark(text: string): string {
  return text.replace(/\u0002[^\u0003]*$/, '');
}

/** Whether a text holds a mark. */
export function hasMark(text: string): boolean {
  return text.search(MARK) >= 0;
}
