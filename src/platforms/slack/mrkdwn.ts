import { hasMark, renderText, type TimeStyle } from '../../texts/marks.ts';

/**
 * Text made harmless: no mention, link or date comes out of it (Slack documentation, "Escaping text"). Control
 * characters of ours are gone by the time a text gets here.
 */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A card's text with its moments in the reader's own time zone. */
export function mrkdwn(text: string): string {
  return renderText(text, escapeText, dateToken);
}

/** A card's text where Slack takes no markup: moments are in UTC. */
export function plainText(text: string): string {
  return renderText(text, String, (ms) => utc(ms));
}

/** Slack's formats: "in 5 minutes", "2:05 PM", "November 21st, 2025 2:05 PM". */
const FORMATS: Record<TimeStyle, string> = { relative: '{ago}', time: '{time}', date: '{date} {time}' };

function dateToken(ms: number, style: TimeStyle): string {
  return `<!date^${Math.floor(ms / 1000)}^${FORMATS[style]}|${utc(ms)}>`;
}

function utc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Literal text and dates as elements of a rich text, where nothing is markup. */
export function richElements(text: string, style?: { bold: true }): Record<string, unknown>[] {
  const elements: Record<string, unknown>[] = [];
  const plain = (piece: string) => {
    if (piece !== '') elements.push({ type: 'text', text: piece, ...(style && { style }) });
    return '';
  };
  renderText(text, plain, (ms, format) => {
    const date = { type: 'date', timestamp: Math.floor(ms / 1000), format: FORMATS[format], fallback: utc(ms) };
    elements.push({ ...date, ...(style && { style }) });
    return '';
  });
  return elements;
}

/** Characters that mrkdwn makes bold, italic, struck, code or a quotation of; Slack has no way to escape them. */
const FORMATTING = /[*_~`>]/;

/**
 * A card's text as a piece of small print, where there is no rich text: plain text, so that nothing in it is markup;
 * mrkdwn for a moment in the reader's own time zone, if nothing else in the text could be taken for markup.
 */
export function smallPrint(text: string) {
  if (hasMark(text) && !FORMATTING.test(text)) {
    return { type: 'mrkdwn', text: mrkdwn(text), verbatim: true } as const;
  }
  return { type: 'plain_text', text: plainText(text), emoji: false } as const;
}

/**
 * The longest beginning of `text` that is at most `room` characters long once it is rendered, with an ellipsis where
 * it was cut.
 */
export function shortenTo(text: string, room: number, render: (text: string) => string = String): string {
  const whole = render(text);
  if (whole.length <= room) return whole;
  const characters = [...text];
  let low = 0;
  let high = Math.min(characters.length, room);
  let best = '';
  while (low <= high) {
    const middle = (low + high) >> 1;
    const rendered = render(`${characters.slice(0, middle).join('').trimEnd()}…`);
    if (rendered.length <= room) {
      best = rendered;
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}
