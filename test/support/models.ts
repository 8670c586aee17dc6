import { atUsualPrice } from '../../commands/choices.ts';
import { MODELS } from '../../src/domain/models.ts';

/** All models of the catalogue, at the provider's prices. */
export const OFFERED = MODELS.map(atUsualPrice);

/** A list of models in which all can be used but these, which are withdrawn. */
export function listWithout(...gone: string[]) {
  return {
    available: () => MODELS.filter(({ id }) => !gone.includes(id)),
    isWithdrawn: (id: string) => gone.includes(id),
  };
}
