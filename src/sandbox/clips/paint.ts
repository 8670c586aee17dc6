import { type ClipScene, type Light, outlineAt } from './clip-scene.ts';
import { mix } from './palettes.ts';

/** A frame in the encoder's form: one plane of luma, then two of colour at half the width and height. */
export interface Frame {
  width: number;
  height: number;
  data: Uint8Array;
}

/** One of the frame's planes; `scale` is 1 for luma and 2 for colour. */
interface Plane {
  width: number;
  height: number;
  scale: number;
  channel: 0 | 1 | 2;
  data: Uint8Array;
}

/** A frame without a picture yet. */
export function createFrame(width: number, height: number): Frame {
  return { width, height, data: new Uint8Array((width * height * 3) / 2) };
}

/** The planes of a frame: views of its data, not copies. */
export function planesOf({ width, height, data }: Frame): readonly [Plane, Plane, Plane] {
  const size = width * height;
  const half = { width: width / 2, height: height / 2, scale: 2 };
  return [
    { width, height, scale: 1, channel: 0, data: data.subarray(0, size) },
    { ...half, channel: 1, data: data.subarray(size, (size * 5) / 4) },
    { ...half, channel: 2, data: data.subarray((size * 5) / 4) },
  ];
}

/** Paints the sky as it is `seconds` after the start of the clip, over the whole frame. */
export function paintSky(frame: Frame, scene: ClipScene, seconds: number): void {
  for (const plane of planesOf(frame)) paintSkyPlane(plane, scene, seconds);
}

/** Paints everything in front of the sky as it is `seconds` after the start of the clip. */
export function paintLand(frame: Frame, scene: ClipScene, seconds: number): void {
  const outlines = scene.ranges.map((range) =>
    Float32Array.from({ length: frame.width }, (_, x) => outlineAt(range, x / frame.height, seconds) * frame.height),
  );
  const planes = planesOf(frame);
  for (const plane of planes) {
    for (const [index, outline] of outlines.entries()) paintRange(plane, scene, index, outline, outlines[index + 1]);
  }
  const [luma] = planes;
  const inTheSky = (x: number, y: number) => outlines.every((outline) => y < (outline[Math.round(x)] ?? 0) - 2);
  for (const star of scene.stars) {
    const [x, y] = [star.x * frame.width, star.y * frame.height];
    if (inTheSky(x, y)) paintLight(luma, x, y, star, 0.0022 * frame.height, 90, seconds);
  }
  for (const fly of scene.fireflies) {
    const x = (fly.x + 0.012 * Math.sin(seconds * 1.1 + fly.phase)) * frame.width;
    const y = (fly.y - 0.015 * Math.sin(seconds * 0.7 + fly.phase * 2)) * frame.height;
    paintLight(luma, x, y, fly, 0.006 * frame.height, 110, seconds);
  }
}

/** The hills cover everything below, as a share of the height. */
const SKY_DEPTH = 0.72;

/** Steps of the glow around the sun. */
const GLOW_STEPS = 2048;

function paintSkyPlane(plane: Plane, scene: ClipScene, seconds: number): void {
  const { width, height, channel, data } = plane;
  const { sky, sun } = scene.palette;
  const radius = scene.sun.radius * height;
  const sunX = scene.sun.x * width;
  const sunY = (scene.sun.y - scene.sun.rise * seconds) * height;
  const reach = 9 * radius;
  // By the square of the distance: a disc with a soft edge, and a glow that fades to nothing at `reach`.
  const glow = Float32Array.from({ length: GLOW_STEPS + 1 }, (_, step) => {
    const distance = Math.sqrt(step / GLOW_STEPS) * reach;
    const disc = Math.min(1, Math.max(0, (radius - distance) / (0.006 * height) + 0.5));
    return Math.max(disc, 0.55 * (1 - distance / reach) ** 3);
  });
  for (let y = 0; y < SKY_DEPTH * height; y += 1) {
    const depth = y / (0.62 * height);
    const row = (
      depth < 0.55 ? mix(sky[0], sky[1], depth / 0.55) : mix(sky[1], sky[2], Math.min(1, (depth - 0.55) / 0.45))
    )[channel];
    const bright = sun[channel] - row;
    const square = (y - sunY) ** 2;
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      const step = (((x - sunX) ** 2 + square) / (reach * reach)) * GLOW_STEPS;
      data[at] = step < GLOW_STEPS ? row + bright * (glow[step | 0] as number) + 0.5 : row + 0.5;
    }
  }
}

/** Paints a range down to where the next one covers it. */
function paintRange(plane: Plane, scene: ClipScene, index: number, outline: Float32Array, next?: Float32Array): void {
  const { width, height, channel, data, scale } = plane;
  const range = scene.ranges[index];
  if (!range) return;
  const fade = 0.28 * height;
  const shades = Float32Array.from(
    { length: height + 1 },
    (_, depth) => mix(range.ridge, range.foot, Math.min(1, depth / fade))[channel] + 0.5,
  );
  for (let x = 0; x < width; x += 1) {
    const top = Math.max(0, (outline[x * scale] as number) / scale);
    const bottom = next ? Math.min(height, Math.ceil((next[x * scale] as number) / scale) + 1) : height;
    const first = Math.floor(top);
    if (first >= bottom) continue;
    // The first dot is only partly covered: a smooth edge.
    const edge = first * width + x;
    data[edge] = (data[edge] as number) + ((shades[0] as number) - (data[edge] as number)) * (1 - top + first);
    for (let y = first + 1, at = edge + width; y < bottom; y += 1, at += width) data[at] = shades[y - first] as number;
  }
}

function paintLight(
  luma: Plane,
  x: number,
  y: number,
  light: Light,
  radius: number,
  strength: number,
  seconds: number,
): void {
  const size = Math.max(0.8, radius * light.size);
  const power = strength * (0.55 + 0.45 * Math.sin(seconds * light.pace * 2 * Math.PI + light.phase));
  const reach = Math.ceil(size * 2);
  for (let row = Math.round(y) - reach; row <= Math.round(y) + reach; row += 1) {
    for (let column = Math.round(x) - reach; column <= Math.round(x) + reach; column += 1) {
      if (row < 0 || column < 0 || row >= luma.height || column >= luma.width) continue;
      const at = row * luma.width + column;
      const near = Math.exp(-((column - x) ** 2 + (row - y) ** 2) / (size * size));
      luma.data[at] = Math.min(235, (luma.data[at] as number) + power * near);
    }
  }
}
