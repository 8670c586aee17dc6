/** Opening quotation marks with their closing ones; several, because keyboards make them curly. */
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"“”',
  '“': '”"',
  '„': '“”"',
  '«': '»',
  "'": "'’",
  '‘': "’'",
};

/** Whether this opens a quotation in double quotes, or in guillemets. */
export function isDouble(opening: string): boolean {
  return opening !== '' && '"“„«'.includes(opening);
}

/** The quotations of a text. However many are never closed, the text is looked through a few times at most. */
export class Quotations {
  readonly #text: string;
  /** Openings that nothing closes any more. */
  readonly #endless = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the quotation that opens at `start` is closed, or -1. */
  endOf(start: number): number {
    const opening = this.#text[start] ?? '';
    const closing = QUOTES[opening];
    if (!closing || this.#endless.has(opening)) return -1;
    for (let index = start + 1; index < this.#text.length; index++) {
      const character = this.#text[index] ?? '';
      if (character === '\\' && opening === '"') index += 1;
      else if (closing.includes(character)) return index;
    }
    this.#endless.add(opening);
    return -1;
  }
}

/** Text that is one quotation as a whole, without its quotation marks. */
export function unquote(text: string): string {
  if (text.length < 2 || new Quotations(text).endOf(0) !== text.length - 1) return text;
  const inner = text.slice(1, -1);
  return text.startsWith('"') ? inner.replace(/\\(["“”\\])/g, '$1') : inner;
}

/** Text in quotation marks, as `unquote` takes it. */
export function quote(text: string): string {
  return `"${text.replace(/["“”\\]/g, '\\$&')}"`;
}
