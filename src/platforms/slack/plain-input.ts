/** Slack's control sequences in incoming text (Slack documentation, "Formatting text for app surfaces"). */
const SEQUENCE = /<(?:(@|#|!)([^>|]*)|((?:https?|mailto|tel):[^>|]*))(?:\|([^>]*))?>/g;

/** Turns Slack's incoming text into readable text: mentions and links become words, entities characters. */
export function toPlain(text: string): string {
  return decodeEntities(
    text.replace(SEQUENCE, (_, sign: string | undefined, id: string | undefined, url: string | undefined, label) => {
      const words = typeof label === 'string' && label !== '' ? label : undefined;
      if (url !== undefined) return words ?? url.replace(/^(mailto|tel):/, '');
      if (sign === '#') return `#${words ?? id}`;
      if (sign === '@') return `@${words ?? id}`;
      // `<!here>`, `<!subteam^S1|@crew>`, `<!date^…|noon>`
      return words ?? `@${id?.split('^')[0] ?? ''}`;
    }),
  );
}

/** The only three characters that Slack sends as entities. */
function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
