import { withoutHalfMark } from '../../domain/marks.ts';

/**
 * Text from outside, made harmless for Discord: no markup, no mention, no link comes out of it, and a reader sees what
 * was typed. Discord takes a backslash before any punctuation as "this character, plainly"; that covers the backslash
 * itself, which a formatter that knows only whole constructs leaves alone.
 */
export function escapeText(text: string): string {
  return (
    text
      .replace(/[\\*_~|`[\]<]/g, '\\$&')
      // Lists, headings, quotes and small print count at the beginning of a line only.
      .replace(/^(\s*)([-+#>])/gm, '$1\\$2')
      .replace(/^(\s*\d+)\./gm, '$1\\.')
      .replace(/:(?=\/\/)/g, '\\:')
      .replace(/@(?=everyone|here)/g, '@\u200b')
  );
}

/** The text as a quotation, escaped. */
export function quote(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${escapeText(line)}`)
    .join('\n');
}

/**
 * The longest beginning of `text` that is at most `room` characters long once it is rendered, with an ellipsis where
 * it was cut; '' when there is no room at all.
 */
export function shortenTo(text: string, room: number, render: (text: string) => string): string {
  const whole = render(text);
  if (whole.length <= room) return whole;
  const characters = [...text];
  let best = '';
  let low = 0;
  let high = Math.min(characters.length, Math.max(room, 0));
  while (low <= high) {
    const middle = (low + high) >> 1;
    const rendered = render(`${withoutHalfMark(characters.slice(0, middle).join('')).trimEnd()}…`);
    if (rendered.length <= room) {
      best = rendered;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return best;
}
