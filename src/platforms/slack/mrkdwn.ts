import { parseId } from '../../domain/ids.ts';
import { isPlain, type MentionKind, type Text, type TimeStyle, writeParts } from '../../domain/text.ts';

/** Readers of a message, and the known names of the people in it. */
export interface Reading {
  /** The workspace. */
  teamId: string;
  /** Others read it as well, so a mention would notify whom it names. */
  shared: boolean;
  /** The names of people, by their ids in Slack; without one, the id is shown. */
  names?: ReadonlyMap<string, string> | undefined;
}

/** For words that name nobody. */
const NAMELESS: Reading = { teamId: '', shared: true };

/**
 * Text made harmless: no mention, link or date comes out of it (Slack documentation, "Escaping text").
 */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A card's text with its moments in the reader's own time zone. */
export function mrkdwn(text: Text, reading: Reading = NAMELESS): string {
  const mention = (kind: MentionKind, id: string) => {
    const { element, label } = mentionOf(kind, id, reading);
    if (!element) return escapeText(label);
    if (element.type === 'user') return `<@${element.user_id}>`;
    if (element.type === 'usergroup') return `<!subteam^${element.usergroup_id}>`;
    if (element.type === 'channel') return `<#${element.channel_id}>`;
    return `<${escapeText(element.url)}|${escapeText(label)}>`;
  };
  return writeParts(text, { plain: escapeText, time: dateToken, mention }).join('');
}

/** A card's text where Slack takes no markup: moments are in UTC, and mentions are names. */
export function plainText(text: Text, reading: Reading = NAMELESS): string {
  const mention = (kind: MentionKind, id: string) => mentionOf(kind, id, reading).label;
  return writeParts(text, { plain: String, time: utc, mention }).join('');
}

/** A mention as an element of a rich text (Slack documentation, "Rich text block"). */
type MentionElement =
  | { type: 'user'; user_id: string }
  | { type: 'usergroup'; usergroup_id: string }
  | { type: 'channel'; channel_id: string }
  | { type: 'link'; url: string };

const MENTIONED: Record<MentionKind, RegExp> = {
  member: /^[UW][A-Z0-9]+$/,
  role: /^S[A-Z0-9]+$/,
  channel: /^[CG][A-Z0-9]+$/,
};

/**
 * How somebody or something is named. Where others read along, a mention would ring: a person is a link to their profile
 * there, and a user group only a name.
 */
function mentionOf(kind: MentionKind, id: string, { teamId, shared, names }: Reading) {
  const { team = teamId, own: bare } = parseId(id) ?? { own: id };
  const own = team === teamId ? bare : `${team}/${bare}`;
  const label = `${kind === 'channel' ? '#' : '@'}${names?.get(own) ?? own}`;
  const element = MENTIONED[kind].test(own) ? elementOf(kind, own, teamId, shared) : undefined;
  return { element, label };
}

function elementOf(kind: MentionKind, id: string, teamId: string, shared: boolean): MentionElement | undefined {
  if (kind === 'channel') return { type: 'channel', channel_id: id };
  if (kind === 'role') return shared ? undefined : { type: 'usergroup', usergroup_id: id };
  // Slack documentation, "Deep linking".
  return shared ? { type: 'link', url: `slack://user?team=${teamId}&id=${id}` } : { type: 'user', user_id: id };
}

/** The people mentioned in texts, by their ids in Slack. */
export function namedIn(texts: readonly Text[], teamId: string): string[] {
  const none = () => [];
  const mention = (kind: MentionKind, id: string) => {
    const { team, own = '' } = parseId(id) ?? {};
    return kind === 'member' && team === teamId && MENTIONED.member.test(own) ? [own] : [];
  };
  return [...new Set(texts.flatMap((text) => writeParts<string[]>(text, { plain: none, time: none, mention }).flat()))];
}

/** Slack's formats: "in 5 minutes", "2:05 PM", "November 21st, 2025 2:05 PM". */
const FORMATS: Record<TimeStyle, string> = { relative: '{ago}', time: '{time}', date: '{date} {time}' };

function dateToken(ms: number, style: TimeStyle): string {
  return `<!date^${Math.floor(ms / 1000)}^${FORMATS[style]}|${utc(ms)}>`;
}

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Literal text, dates and mentions as elements of a rich text, where nothing is markup. */
export function richElements(
  text: Text,
  { reading = NAMELESS, style }: { reading?: Reading; style?: { bold: true } | undefined } = {},
): Record<string, unknown>[] {
  const plain = (words: string): Record<string, unknown> => ({ type: 'text', text: words });
  const time = (ms: number, format: TimeStyle) => {
    return { type: 'date', timestamp: Math.floor(ms / 1000), format: FORMATS[format], fallback: utc(ms) };
  };
  const mention = (kind: MentionKind, id: string) => {
    const { element, label } = mentionOf(kind, id, reading);
    return element ? { ...element, ...(element.type === 'link' && { text: label }) } : plain(label);
  };
  return writeParts(text, { plain, time, mention })
    .filter((element) => element.text !== '')
    .map((element) => ({ ...element, ...(style && { style }) }));
}

/** Characters that mrkdwn makes bold, italic, struck, code or a quotation of; Slack has no way to escape them. */
const FORMATTING = /[*_~`>]/;

/**
 * A card's text as a piece of small print, where there is no rich text: plain text, so that nothing in it is markup;
 * mrkdwn for a moment in the reader's own time zone or a mention, if nothing else in the text could be taken for markup.
 */
export function smallPrint(text: Text, reading: Reading) {
  if (!isPlain(text) && !FORMATTING.test(plainText(text, reading))) {
    return { type: 'mrkdwn', text: mrkdwn(text, reading), verbatim: true } as const;
  }
  return { type: 'plain_text', text: plainText(text, reading), emoji: false } as const;
}
