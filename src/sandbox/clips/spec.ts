/** All that a clip depends on: the same spec gives the same bytes. Plain data, so that it can go to a worker. */
export interface ClipSpec {
  prompt: string;
  seed: number;
  /** Even numbers of pixels. */
  width: number;
  height: number;
  /** Whole seconds. */
  seconds: number;
  /** The hills stand still. */
  cameraFixed: boolean;
  watermark: boolean;
  /** What is marked in the corner, beside "SANDBOX". */
  label: string;
}

/** Frames a second: few, because they are encoded on the newcomer's own processor; enough for slow movements. */
export const FRAME_RATE = 12;

/** A clip's short side is this share of what the resolution asks for. */
const SCALE = 0.5;

/**
 * The frame of a clip in pixels, even numbers (the encoder's need).
 * @param resolution such as `720p`. @param aspectRatio such as `16:9`, width first.
 * @param shortSide replaces the short side that the resolution gives.
 */
export function frameOf(
  resolution: string,
  aspectRatio: string,
  shortSide = Number.parseInt(resolution, 10) * SCALE,
): { width: number; height: number } {
  const [wide = 16, high = 9] = aspectRatio.split(':').map(Number);
  const short = even(shortSide);
  const long = even((short * Math.max(wide, high)) / Math.min(wide, high));
  return wide < high ? { width: short, height: long } : { width: long, height: short };
}

function even(value: number): number {
  return Math.max(2, Math.round(value / 2) * 2);
}
