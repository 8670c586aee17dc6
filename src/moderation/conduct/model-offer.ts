import { DailiesError } from '../../errors.ts';
import { findModel, MODELS, type Model } from '../../generation/models.ts';
import type { Asker } from '../../limits/moderators.ts';
import { offeredModels } from '../../limits/offer.ts';
import type { Changes } from '../changes.ts';

/** The most that a clip of 5 s may cost, in credits. */
export const MOST_WEIGHT = 1000;

/** A model as a community has it. */
export interface CommunityModel {
  /** With the community's own weight. */
  model: Model;
  enabled: boolean;
}

/** Which models may be used in a community, and what they cost there. */
export class ModelOffer {
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /**
   * Turns a model on or off; one always stays on.
   * @param id of a model of the catalogue.
   * @returns `last` when nothing was changed, as no other model is on.
   * @throws {DailiesError} `moderators_only`, `model_unknown`.
   */
  async set(asker: Asker, id: string, enabled: boolean): Promise<'done' | 'last'> {
    const { community } = asker;
    return await this.#changes.make(asker, async ({ communitySettings }, note) => {
      mustBeKnown(id);
      const settings = await communitySettings.get(community);
      const offered = offeredModels(settings);
      if (!enabled && offered.every((model) => model.id === id)) return 'last';
      const others = MODELS.filter((model) => model.id !== id && !offered.some((one) => one.id === model.id));
      const disabled = [...others.map((model) => model.id), ...(enabled ? [] : [id])];
      await communitySettings.set(community, 'disabledModels', disabled.length > 0 ? disabled : undefined);
      await note({
        action: enabled ? 'model.enable' : 'model.disable',
        subject: { kind: 'text', text: id },
        before: offered.some((model) => model.id === id) ? 'on' : 'off',
        after: enabled ? 'on' : 'off',
      });
      return 'done';
    });
  }

  /**
   * Sets what a model costs; generations that were accepted keep their price.
   * @param weight credits for a clip of 5 s, a whole number from 0 to {@link MOST_WEIGHT}.
   * @throws {DailiesError} `moderators_only`, `model_unknown`, `option_value`.
   */
  async setCost(asker: Asker, id: string, weight: number): Promise<void> {
    const { community } = asker;
    await this.#changes.make(asker, async ({ communitySettings }, note) => {
      const { weight: usual } = mustBeKnown(id);
      if (!Number.isInteger(weight) || weight < 0 || weight > MOST_WEIGHT) {
        throw new DailiesError('option_value', {
          option: 'credits',
          value: String(weight),
          expected: `0 … ${MOST_WEIGHT}`,
        });
      }
      const { weights = {} } = await communitySettings.get(community);
      await communitySettings.set(community, 'weights', { ...weights, [id]: weight });
      const subject = { kind: 'text', text: id } as const;
      await note({ action: 'model.cost', subject, before: String(weights[id] ?? usual), after: String(weight) });
    });
  }

  /** All models of the catalogue. @throws {DailiesError} `moderators_only`. */
  async list(asker: Asker): Promise<CommunityModel[]> {
    const settings = await this.#changes.read(asker, ({ communitySettings }) => communitySettings.get(asker.community));
    const offered = offeredModels(settings);
    return offeredModels({ ...settings, disabledModels: [] }).map((model) => ({
      model,
      enabled: offered.some(({ id }) => id === model.id),
    }));
  }
}

function mustBeKnown(id: string): Model {
  const model = findModel(id);
  if (!model) throw new DailiesError('model_unknown', { model: id.slice(0, 50), models: MODELS.map((one) => one.id) });
  return model;
}
