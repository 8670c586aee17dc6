import { MODELS, type Model } from '../generation/models.ts';

/** A generation takes this share of what it usually takes at the API: some seconds, for people who try things out. */
const TIME_SHARE = 1 / 9;

/** US dollars for a credit; made up, nothing is charged. */
const USD_PER_CREDIT = 0.1;

/** The model with this name at the API. */
export function findModelByApiName(apiModel: unknown): Model | undefined {
  return MODELS.find((model) => model.apiModel === apiModel);
}

/** How long a generation takes at speed 1, in ms: lite 4 s, pro about 6 s. */
export function durationOf(model: Model): number {
  return model.typicalMs * TIME_SHARE;
}

/** What a clip would cost, in US dollars. */
export function priceOf(model: Model | undefined, seconds: number): number {
  return Math.round((((model?.weight ?? 0) * seconds) / 5) * USD_PER_CREDIT * 100) / 100;
}
