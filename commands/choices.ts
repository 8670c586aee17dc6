import { costOf, type Model } from '../src/generation/models.ts';
import type { Texts } from '../src/texts/texts.ts';
import type { Choice } from './command.ts';

/** Seconds of the clip that a model's price is named for. */
export const PRICED_SECONDS = 5;

/** The models as choices, each with its price. */
export function modelChoices(texts: Texts, models: readonly Model[]): Choice[] {
  return models.map((model) => ({ value: model.id, name: priceOf(model, texts) }));
}

/** "pro: Seedance 1.0 Pro, 3 credits for 5 s". */
export function priceOf(model: Model, texts: Texts): string {
  return texts.modelChoice(model.id, model.label, costOf(model, PRICED_SECONDS), PRICED_SECONDS);
}
