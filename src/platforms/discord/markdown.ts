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
