/** Everything in Discord's markup that is more than a character; what comes first wins. */
const PIECES = new RegExp(
  [
    '\\\\(?<plain>[^\\p{L}\\p{N}\\s])',
    '<t:(?<time>\\d+):[tTdDfFR]>',
    '<(?<sign>@|@&|#)(?<id>\\d+)>',
    '(?<active><[@#:/a-z][^>\\n]*>|@everyone|@here|https?://\\S+|[*~|`[<]+|(?<![\\p{L}\\p{N}])_+|_+(?![\\p{L}\\p{N}]))',
  ].join('|'),
  'gu',
);

const SIGNS: Readonly<Record<string, string>> = { '@': 'member:discord:', '@&': 'role:', '#': 'channel:' };

/**
 * Discord's markup as somebody reads it in the chat: escaped characters are themselves, a timestamp is
 * `time:<seconds>`, a mention `member:<id>`, `role:<id>` or `channel:<id>`, small print is its text, and anything else that would have an effect is `ACTIVE(…)`.
 */
export function readMarkdown(markdown: string): { text: string; quoted: string | undefined } {
  const text: string[] = [];
  const quoted: string[] = [];
  for (const line of markdown.split('\n')) {
    const [, mark = '', rest = ''] = /^((?:> |-# )?)(.*)$/su.exec(line) ?? [];
    const read = readLine(rest);
    if (mark === '> ') quoted.push(read);
    else text.push(read);
  }
  return { text: text.join('\n'), quoted: quoted.length === 0 ? undefined : quoted.join('\n') };
}

function readLine(line: string): string {
  const start = /^\s*(?:#{1,3} |>>> |> |[-+*] |-# )/u.exec(line)?.[0] ?? '';
  const read = line.slice(start.length).replace(PIECES, (piece, ...rest) => {
    const { plain, time, sign, id, active } = rest.at(-1) as Record<string, string | undefined>;
    if (time !== undefined) return `time:${time}`;
    // The bodies of all messages forbid Discord to notify anybody; the fake looks at that.
    if (sign !== undefined) return `${SIGNS[sign]}${id}`;
    return plain ?? (active === undefined ? piece : `ACTIVE(${active})`);
  });
  return (start === '' ? read : `ACTIVE(${start})${read}`).replaceAll('\u200b', '');
}
