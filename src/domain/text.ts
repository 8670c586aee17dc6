/** How a moment is shown: "in 5 minutes", "14:05", "21 November 14:05". */
export type TimeStyle = 'relative' | 'time' | 'date';

/** Whom or what a mention names. */
export type MentionKind = 'member' | 'role' | 'channel';

/** A moment in a text, in ms since 1970 UTC; platforms show it in the reader's own time zone and language. */
export interface Moment {
  readonly time: number;
  readonly style: TimeStyle;
}

/** Somebody or something in the chat, named in a text; a platform shows its own mention, which notifies nobody. */
export interface Mention {
  readonly mention: MentionKind;
  /** A member's id as in `Origin.member`; of a role or channel the platform's own. */
  readonly id: string;
}

/** A string is plain words, whatever it holds: no moment, no mention and no markup ever comes out of it. */
export type TextPart = string | Moment | Mention;

/** Text for people: one part, or several that follow one another. */
export type Text = TextPart | readonly TextPart[];

/** The last moment that a `Date` can hold (ECMA-262, "Time Values and Time Range"). */
const LAST_MS = 8.64e15;

/** The moment `ms` (since 1970 UTC); no later than a `Date` can hold. */
export function at(ms: number, style: TimeStyle): TextPart {
  return { time: Math.min(Math.round(ms), LAST_MS), style };
}

/** Names somebody or something in the chat. @param id see {@link Mention}. */
export function mention(kind: MentionKind, id: string): TextPart {
  return { mention: kind, id };
}

/** The texts in a row. Neighbouring words become one string, so that texts that read the same are the same. */
export function join(texts: readonly Text[], separator = ''): Text {
  const parts: TextPart[] = [];
  for (const part of texts.flatMap((text, index) => (index > 0 ? [separator, text].flat() : text))) {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  }
  return parts.length > 1 ? parts : (parts[0] ?? '');
}

/** A template whose values may be texts: compose`${mention('member', id)}: ${reason}`. */
export function compose(words: TemplateStringsArray, ...values: readonly (Text | number)[]): Text {
  return join(
    words.flatMap((word, index): Text[] => {
      const value = values[index] ?? '';
      return [word, typeof value === 'number' ? String(value) : value];
    }),
  );
}

/** How a platform writes the parts of a text. */
export interface PartWriters<T> {
  plain(words: string): T;
  time(ms: number, style: TimeStyle): T;
  mention(kind: MentionKind, id: string): T;
}

/** Writes each part of a text, in their order. */
export function writeParts<T>(text: Text, { plain, time, mention }: PartWriters<T>): T[] {
  return [text].flat().map((part) => {
    if (typeof part === 'string') return plain(part);
    return 'time' in part ? time(part.time, part.style) : mention(part.mention, part.id);
  });
}

/** Whether a text is words only. */
export function isPlain(text: Text): boolean {
  return [text].flat().every((part) => typeof part === 'string');
}

/** The text with other words around its moments and mentions. */
export function mapWords(text: Text, change: (words: string) => string): Text {
  return join([text].flat().map((part) => (typeof part === 'string' ? change(part) : part)));
}

/**
 * The longest beginning of `text` that is at most `room` characters long once it is rendered, with an ellipsis where it
 * was cut; '' when there is no room at all. Moments and mentions stay whole.
 */
export function shortenTo(text: string, room: number, render?: (text: string) => string): string;
export function shortenTo(text: Text, room: number, render: (text: Text) => string): Text;
export function shortenTo(text: Text, room: number, render: (text: never) => string = String): Text {
  const fits = (shown: Text) => render(shown as never).length <= room;
  if (fits(text)) return text;
  const pieces = [text].flat().flatMap((part): TextPart[] => (typeof part === 'string' ? [...part] : [part]));
  let best: Text = '';
  let low = 0;
  let high = Math.min(pieces.length, Math.max(room, 0));
  while (low <= high) {
    const middle = (low + high) >> 1;
    const end = pieces.findLastIndex(
      (piece, index) => index < middle && (typeof piece !== 'string' || piece.trim() !== ''),
    );
    const shown = join([...pieces.slice(0, end + 1), '…']);
    if (fits(shown)) {
      best = shown;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}
