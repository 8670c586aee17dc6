/** Slack's control sequences in a text that it hands over (Slack documentation, "Formatting text for app surfaces"). */
const SEQUENCE = /<(?:(@|#|!)([^>|]*)|((?:https?|mailto|tel):[^>|]*))(?:\|([^>]*))?>/g;

/** Text as Slack hands it over, as a person would read it: mentions and links become words, entities characters. */
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

/** The three characters that Slack hands over as entities; no others are. */
function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
