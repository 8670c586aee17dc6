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
  /** Text in the corner, beside "SANDBOX". */
  label: string;
}

/** Frames a second: few, because they are encoded on the newcomer's own processor; enough for slow movements. */
export const FRAME_RATE = 12;

/** A clip's short side in pixels, by resolution: half of what it asks for, a third for 4k, which would take too long. */
const SHORT_SIDES: Readonly<Record<string, number>> = { '480p': 240, '720p': 360, '1080p': 540, '4k': 720 };

/**
 * The frame of a clip in pixels, even numbers (the encoder's need).
 * @param resolution such as `720p`. @param aspectRatio such as `16:9`, width first; `adaptive` is 16:9.
 * @param shortSide replaces the short side that the resolution gives.
 */
export function frameOf(
  resolution: string,
  aspectRatio: string,
  shortSide = SHORT_SIDES[resolution] ?? 360,
): { width: number; height: number } {
  const [wide, high] = /^\d+:\d+$/.test(aspectRatio)
    ? (aspectRatio.split(':').map(Number) as [number, number])
    : [16, 9];
  const short = even(shortSide);
  const long = even((short * Math.max(wide, high)) / Math.min(wide, high));
  return wide < high ? { width: short, height: long } : { width: long, height: short };
}

function even(value: number): number {
  return Math.max(2, Math.round(value / 2) * 2);
}
