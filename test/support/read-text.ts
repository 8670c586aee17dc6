import { type Text, writeParts } from '../../src/domain/text.ts';

/** A text in one string, to be looked through: moments as `<time:5000:relative>`, mentions as `<member:slack:T1/U1>`. */
export function readText(text: Text | undefined): string {
  return writeParts(text ?? '', {
    plain: String,
    time: (ms, style) => `<time:${ms}:${style}>`,
    mention: (kind, id) => `<${kind}:${id}>`,
  }).join('');
}
