import type { Text } from './text.ts';

/** How a card feels: its colour or sign on a platform. */
export type Tone = 'waiting' | 'working' | 'done' | 'problem' | 'info';

/** A named fact on a card. */
export interface CardField {
  label: string;
  value: Text;
}

/** One of several things on a card: a line of its own with what is said of it. */
export interface CardItem {
  title: Text;
  /** The member's own words, or ours. */
  text: Text;
}

/** A button on a card. It carries action and target, so that it works after a restart and on any process. */
export interface CardButton {
  /** The name of one of `commands/buttons/`. */
  action: string;
  /** The object of the action: a generation's id, or whatever the action defines; at most 80 characters. */
  target: string;
  label: string;
  style: 'primary' | 'plain' | 'danger';
}

/** A file that belongs to a card: a picture is shown, anything else is there to be fetched. */
export interface CardFile {
  /** With its ending. */
  name: string;
  /** A picture is an SVG; a chat that shows none draws it as a PNG. */
  type: 'image/svg+xml' | 'image/png' | 'text/csv';
  /** Its content in Base64; at most 5 MB for all files of a card together. */
  base64: string;
  /** A description for those who can't see it. */
  alt: string;
}

/** The finished clip as a card shows it. */
export interface CardVideo {
  /** File name of the attachment. */
  name: string;
  /** Where it can be fetched when it could not be attached (too large). */
  link?: string;
}

/**
 * The content of a reply. It knows no platform: every string is plain words, without any markup, which a platform
 * escapes in its own way.
 */
export interface Card {
  tone: Tone;
  title: string;
  /** A sentence or two below the title. */
  text?: Text;
  /** The member's own words, to be shown as a quotation. */
  prompt?: string;
  /** Shown in this order; each is short. */
  fields: CardField[];
  /** A list, shown in this order; a card has at most 10. */
  items?: CardItem[];
  /**
   * Something is being made since `startedAt` (ms). `expected` is there only when it was measured: the span in which
   * most such generations ended (ms after `startedAt`), with the median. `tenths` is the time that had passed, in
   * tenths of that median, 0 to 9, for chats that cannot count by themselves; it is there with `expected` only.
   */
  progress?: { startedAt: number; expected?: { low: number; median: number; high: number }; tenths?: number };
  /** Small print: what was left out, what happens next. */
  notes: Text[];
  buttons: CardButton[];
  video?: CardVideo;
  /** At most one picture among them. Only answers and posts have files; a generation's card has none. */
  files?: CardFile[];
}

/** Where a clip can be fetched that was too large for the chat. */
export interface Link {
  url: string;
  expiresAt: number;
  bytes: number;
  limitBytes: number;
}
