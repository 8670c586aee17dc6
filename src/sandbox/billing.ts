import type { SandboxModel } from './catalogue.ts';

/** The AI/ML API's credits for a US dollar. */
const CREDITS_PER_USD = 2_000_000;

/** Factor that the AI/ML API applies to ByteDance's price. */
const MARKUP = 1.3;

/** Frames a second of the real videos. */
const REAL_FRAME_RATE = 24;

/** Options that determine a price. */
export interface Ordered {
  resolution: string;
  seconds: number;
  audio: boolean;
}

/** Price of a video in US dollars: ByteDance's price for its tokens, plus the AI/ML API's markup. */
export function usdFor(model: SandboxModel, { resolution, seconds, audio }: Ordered): number {
  const [width, height] = model.frames[resolution] ?? [0, 0];
  const tokens = (width * height * REAL_FRAME_RATE * seconds) / 1024;
  const perMillion = (model.usdPerMillion[resolution] ?? 0) * (audio ? 1 : (model.silentShare ?? 1));
  return roundUsd((tokens / 1_000_000) * perMillion * MARKUP);
}

/** Credits for so many US dollars. */
export function creditsFor(usd: number): number {
  return Math.round(usd * CREDITS_PER_USD);
}

/** The nine decimals that the API gives. */
function roundUsd(usd: number): number {
  return Math.round(usd * 1e9) / 1e9;
}
