import { MODELS, type Model } from '../generation/models.ts';
import type { CommunitySettings } from './community.ts';

/** The models that a community offers, with its own prices; the default first. */
export function offeredModels({ weights = {}, disabledModels = [] }: CommunitySettings): readonly Model[] {
  return MODELS.filter(({ id }) => !disabledModels.includes(id)).map((model) => ({
    ...model,
    weight: weights[model.id] ?? model.weight,
  }));
}
