import { mix, PALETTES, type Palette, type Yuv } from './palettes.ts';
import { hash, randomFrom } from './random.ts';
import type { ClipSpec } from './spec.ts';

/** One sine of a range's outline. Lengths are shares of the frame's height. */
interface Wave {
  length: number;
  height: number;
  phase: number;
}

/** One range of hills. */
interface Range {
  /** Where its outline swings about, from the top, as a share of the frame's height. */
  level: number;
  waves: readonly Wave[];
  ridge: Yuv;
  foot: Yuv;
  /** How far it moves to the left in a second, as a share of the frame's height. */
  drift: number;
}

/** A star or a firefly. Places are shares of the frame's width and height. */
export interface Light {
  x: number;
  y: number;
  size: number;
  phase: number;
  /** Twinkles a second. */
  pace: number;
}

/** Hills under a sky, with a low sun: all that is drawn, as numbers. */
export interface ClipScene {
  palette: Palette;
  /** Far to near. */
  ranges: readonly Range[];
  /** Place and radius as shares of the frame; `rise` is what it climbs in a second, as a share of the height. */
  sun: { x: number; y: number; radius: number; rise: number };
  stars: readonly Light[];
  fireflies: readonly Light[];
}

const RANGES = 5;
const STARS = 90;
const FIREFLIES = 16;

/** The scene of a clip; the prompt and the seed choose everything in it. */
export function sceneOf(spec: ClipSpec): ClipScene {
  const random = randomFrom(hash(spec.prompt) ^ Math.imul(spec.seed + 1, 0x9e3779b1));
  const between = (low: number, high: number) => low + (high - low) * random();
  const palette = PALETTES[Math.floor(random() * PALETTES.length)] as Palette;
  const direction = random() < 0.5 ? -1 : 1;
  const ranges = Array.from({ length: RANGES }, (_, index): Range => {
    const nearness = index / (RANGES - 1);
    const ridge = mix(palette.far, palette.near, nearness ** 0.8);
    return {
      level: 0.5 + 0.4 * nearness + between(-0.03, 0.03),
      waves: [
        { length: between(1.1, 1.8), height: between(0.05, 0.09), phase: between(0, 7) },
        { length: between(0.4, 0.7), height: between(0.02, 0.045), phase: between(0, 7) },
        { length: between(0.12, 0.24), height: between(0.003, 0.012) * (1.4 - nearness), phase: between(0, 7) },
      ],
      ridge,
      foot: mix(ridge, palette.sky[2], 0.42 * (1 - nearness)),
      drift: spec.cameraFixed ? 0 : direction * (0.012 + 0.075 * nearness ** 1.5),
    };
  });
  const lights = (count: number, top: number, bottom: number) =>
    Array.from({ length: count }, () => ({
      x: random(),
      y: between(top, bottom),
      size: between(0.5, 1),
      phase: between(0, 7),
      pace: between(0.2, 0.7),
    }));
  return {
    palette,
    ranges,
    sun: {
      x: between(0.22, 0.78),
      y: between(0.26, 0.46),
      radius: between(0.055, 0.11),
      rise: between(0.008, 0.016) * direction,
    },
    stars: lights(Math.round(STARS * palette.stars), 0.02, 0.5),
    fireflies: lights(FIREFLIES, 0.6, 0.95),
  };
}

/** The outline of a range: its height from the frame's top, as a share of the height, at `x` in the same measure. */
export function outlineAt(range: Range, x: number, seconds: number): number {
  let level = range.level;
  for (const wave of range.waves) {
    level -= wave.height * Math.sin(((x + range.drift * seconds) / wave.length) * 2 * Math.PI + wave.phase);
  }
  return level;
}
