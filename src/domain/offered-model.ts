import type { CommunitySettings } from './community.ts';
import { type ClipShape, creditsOf, type Model, type ModelPrices, shapeOf } from './models.ts';
import type { VideoRequest } from './request.ts';

/** The models that can be used at all, as operator and provider have it. */
export interface UsableModels {
  /** In the operator's order; the first is the default. */
  available(): readonly Model[];
  /** Whether the provider has withdrawn this one. */
  isWithdrawn(id: string): boolean;
}

/** A model as a community has it. */
export interface OfferedModel extends Model {
  /** The community's own prices, where it has set any. */
  prices: ModelPrices;
}

/**
 * The models that a community offers, with its own prices; the default first.
 * @param available those that can be used at all, in the operator's order.
 */
export function offeredModels(
  available: readonly Model[],
  { prices = {}, disabledModels = [] }: CommunitySettings,
): readonly OfferedModel[] {
  return available
    .filter(({ id }) => !disabledModels.includes(id))
    .map((model) => ({ ...model, prices: prices[model.id] ?? {} }));
}

/** Reckons the price of a clip of this shape in the community, in whole credits. */
export function priceOf(model: OfferedModel, shape: ClipShape): number {
  return creditsOf(model, shape, model.prices);
}

/** Reckons the price of a request in the community with this model, in whole credits. */
export function priceOfRequest(model: OfferedModel, { options }: Pick<VideoRequest, 'options'>): number {
  return priceOf(model, shapeOf(model, options));
}
