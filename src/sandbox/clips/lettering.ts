import { dotsOf, GLYPH_ADVANCE, GLYPH_HEIGHT, inCapitals, widthOf } from './font.ts';
import { type Frame, planesOf } from './paint.ts';
import type { ClipSpec } from './spec.ts';

const WHITE = 232;
const BLACK = 20;
const NO_COLOUR = 128;

/** The prompt without `[triggers]`: those are for the machine. */
const TRIGGERS = /\[[\w-]+\]/g;

/** One rectangle of dots to set. */
interface Dot {
  x: number;
  y: number;
  width: number;
  height: number;
  luma: number;
  /** 0 leaves what is there, 1 covers it. */
  cover: number;
}

/** Everything that is written over the picture; made once, set in every frame. */
export type Lettering = readonly Dot[];

/** Marks the clip as one of the sandbox, writes the beginning of the prompt below, and the watermark if asked for. */
export function letteringOf(spec: ClipSpec): Lettering {
  const short = Math.min(spec.width, spec.height);
  const small = Math.max(1, Math.round(short / 240));
  const large = Math.max(1, Math.round(short / 150));
  const margin = Math.round(short / 20);
  const room = spec.width - 2 * margin;
  const lines = wrap(caption(spec.prompt), Math.floor(room / (GLYPH_ADVANCE * small)), 2);
  const lineHeight = (GLYPH_HEIGHT + 4) * small;
  const captionTop = spec.height - margin - lines.length * lineHeight;
  const mark = `SANDBOX · ${spec.label.toUpperCase()}`;
  const dots = [
    ...plate(widthOf(mark) * large <= room ? mark : 'SANDBOX', margin, margin, large),
    ...lines.flatMap((line, index) => write(line, margin, captionTop + index * lineHeight, small)),
  ];
  if (!spec.watermark) return dots;
  const note = 'AI GENERATED';
  const x = spec.width - margin - widthOf(note) * small;
  return [...dots, ...plate(note, Math.max(margin, x), captionTop - 2 * lineHeight, small)];
}

/** The prompt in the alphabet's characters, or '' when the alphabet lacks most of them. */
function caption(prompt: string): string {
  const text = inCapitals(prompt.replace(TRIGGERS, ' '));
  return text.replace(/[^·]/g, '').length * 2 > text.length ? '' : text;
}

/** Sets the lettering into a frame. */
export function letter(frame: Frame, lettering: Lettering): void {
  const [luma, ...colours] = planesOf(frame);
  for (const dot of lettering) {
    blend(luma, dot.x, dot.y, dot.x + dot.width, dot.y + dot.height, dot.luma, dot.cover);
    for (const plane of colours) {
      const [right, bottom] = [Math.ceil((dot.x + dot.width) / 2), Math.ceil((dot.y + dot.height) / 2)];
      blend(plane, dot.x >> 1, dot.y >> 1, right, bottom, NO_COLOUR, dot.cover);
    }
  }
}

function blend(
  plane: { width: number; height: number; data: Uint8Array },
  left: number,
  top: number,
  right: number,
  bottom: number,
  value: number,
  cover: number,
): void {
  for (let y = Math.max(0, top); y < Math.min(plane.height, bottom); y += 1) {
    for (let x = Math.max(0, left); x < Math.min(plane.width, right); x += 1) {
      const at = y * plane.width + x;
      plane.data[at] = (plane.data[at] as number) * (1 - cover) + value * cover;
    }
  }
}

/** A text in a dark field. */
function plate(text: string, x: number, y: number, size: number): Dot[] {
  const pad = 3 * size;
  const field = { width: widthOf(text) * size + 2 * pad, height: GLYPH_HEIGHT * size + 2 * pad };
  return [{ x: x - pad, y: y - pad, ...field, luma: BLACK, cover: 0.6 }, ...glyphs(text, x, y, size, WHITE, 1)];
}

/** A text with a shadow, so that it can be read on any ground. */
function write(text: string, x: number, y: number, size: number): Dot[] {
  return [...glyphs(text, x + size, y + size, size, BLACK, 0.6), ...glyphs(text, x, y, size, WHITE, 0.95)];
}

function glyphs(text: string, x: number, y: number, size: number, luma: number, cover: number): Dot[] {
  return [...text].flatMap((character, index) =>
    dotsOf(character).map(([column, row]) => ({
      x: x + (index * GLYPH_ADVANCE + column) * size,
      y: y + row * size,
      width: size,
      height: size,
      luma,
      cover,
    })),
  );
}

/** Breaks a text at blanks into at most `most` lines of so many characters; `...` stands for the rest. */
function wrap(text: string, length: number, most: number): string[] {
  if (length < 8) return [];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').map((long) => long.slice(0, length))) {
    const longer = line ? `${line} ${word}` : word;
    if (longer.length <= length) {
      line = longer;
    } else if (lines.length === most - 1) {
      return [...lines, `${line.slice(0, length - 3)}...`];
    } else {
      lines.push(line);
      line = word;
    }
  }
  return line ? [...lines, line] : lines;
}
