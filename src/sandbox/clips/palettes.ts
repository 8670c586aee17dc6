/** A colour as the encoder takes it: luma, blue and red difference (BT.601, limited range). */
export type Yuv = readonly [y: number, u: number, v: number];

/** The colours of one time of day. */
export interface Palette {
  /** From the top of the sky to the horizon. */
  sky: readonly [Yuv, Yuv, Yuv];
  sun: Yuv;
  /** The farthest and the nearest range of hills. */
  far: Yuv;
  near: Yuv;
  /** How many stars, from 0 to 1. */
  stars: number;
}

const palette = (top: string, middle: string, horizon: string, sun: string, far: string, near: string, stars: number) =>
  ({
    sky: [yuv(top), yuv(middle), yuv(horizon)],
    sun: yuv(sun),
    far: yuv(far),
    near: yuv(near),
    stars,
  }) satisfies Palette;

/** Times of day to choose from. */
export const PALETTES: readonly Palette[] = [
  palette('#2b1b54', '#b8487a', '#ffb36b', '#fff0c4', '#a8547f', '#1b1030', 0.35),
  palette('#3f7fc4', '#8fc1e3', '#fde8c8', '#fffbe6', '#86b0bf', '#1d4a45', 0),
  palette('#070b24', '#1b2a5e', '#5a6fb0', '#eef3ff', '#3d4f8f', '#080d22', 1),
  palette('#15323f', '#2f8c86', '#f6d58a', '#fff6d6', '#4f9a8c', '#0c2528', 0.2),
  palette('#3a1230', '#c43d4b', '#f9a03f', '#ffe9a8', '#9c3950', '#230a1f', 0.3),
  palette('#4a3f8f', '#d58fc0', '#ffe3dc', '#ffffff', '#a98bc0', '#35254f', 0.15),
];

function yuv(hex: string): Yuv {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255);
  return [
    16 + 65.481 * r + 128.553 * g + 24.966 * b,
    128 - 37.797 * r - 74.203 * g + 112 * b,
    128 + 112 * r - 93.786 * g - 18.214 * b,
  ];
}

/** The colour between two others; `share` 0 is the first, 1 the second. */
export function mix(from: Yuv, to: Yuv, share: number): Yuv {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}
