import { DailiesError } from '../domain/failure.ts';
import { MODELS, type Model, type ModelPrices, RESOLUTIONS, type Resolution, shapeOf } from '../domain/models.ts';
import { type OfferedModel, offeredModels, priceOf, type UsableModels } from '../domain/offered-model.ts';
import type { Asker } from '../domain/origin.ts';
import type { Changes } from './door.ts';

/** The most that a clip of 5 s may cost, in credits. */
export const MOST_CREDITS_FOR_MODEL = 1000;

/** A model as a community has it. */
export interface CommunityModel {
  /** With the community's own prices. */
  model: OfferedModel;
  enabled: boolean;
}

/** The models as a community has them. */
export interface CommunityModels {
  /** Those that can be used, if they are not turned off. */
  usable: CommunityModel[];
  /** The ids of those that the provider has withdrawn. */
  gone: readonly string[];
}

/** Which models may be used in a community, and what they cost there. */
export class ModelOffer {
  readonly #changes: Changes;
  readonly #models: UsableModels;

  /** @param models those that can be used at all. */
  constructor(changes: Changes, models: UsableModels) {
    this.#changes = changes;
    this.#models = models;
  }

  /**
   * Turns a model on or off; one always stays on.
   * @param id of a model that can be used.
   * @returns `last` when nothing was changed, as no other model is on.
   * @throws {DailiesError} `moderators_only`, `model_unknown`, `model_withdrawn`.
   */
  async set(asker: Asker, id: string, enabled: boolean): Promise<'done' | 'last'> {
    const { community } = asker;
    return await this.#changes.make(asker, async ({ communitySettings }, note) => {
      this.#mustBeThere(id);
      const settings = await communitySettings.get(community);
      const offered = offeredModels(this.#models.available(), settings);
      if (!enabled && offered.every((model) => model.id === id)) return 'last';
      const before = settings.disabledModels ?? [];
      const disabled = [...before.filter((one) => one !== id), ...(enabled ? [] : [id])];
      await communitySettings.set(community, 'disabledModels', disabled.length > 0 ? disabled : undefined);
      await note({
        action: enabled ? 'model.enable' : 'model.disable',
        subject: { kind: 'text', text: id },
        before: before.includes(id) ? 'off' : 'on',
        after: enabled ? 'on' : 'off',
      });
      return 'done';
    });
  }

  /**
   * Sets what a model costs; generations that were accepted keep their price.
   * @param credits for a clip of 5 s, a whole number from 0 to {@link MOST_CREDITS_FOR_MODEL}.
   * @param resolution the only one that it counts for. @default every one that has no price of its own
   * @throws {DailiesError} `moderators_only`, `model_unknown`, `model_withdrawn`, `option_value`.
   */
  async setCost(asker: Asker, id: string, credits: number, resolution?: Resolution): Promise<void> {
    const { community } = asker;
    await this.#changes.make(asker, async ({ communitySettings }, note) => {
      const model = this.#mustBeThere(id);
      const resolutions = resolutionsOf(model);
      if (resolution && !resolutions.includes(resolution)) {
        throw new DailiesError('option_value', {
          option: 'resolution',
          value: resolution,
          expected: resolutions,
        });
      }
      if (!Number.isInteger(credits) || credits < 0 || credits > MOST_CREDITS_FOR_MODEL) {
        throw new DailiesError('option_value', {
          option: 'credits',
          value: String(credits),
          expected: { minimum: 0, maximum: MOST_CREDITS_FOR_MODEL },
        });
      }
      const { prices = {} } = await communitySettings.get(community);
      const own: ModelPrices = prices[id] ?? {};
      const before = priceOf(
        { ...model, prices: own },
        { ...shapeOf(model), seconds: 5, ...(resolution && { resolution }) },
      );
      const after: ModelPrices = { ...own, [resolution ?? 'any']: credits };
      await communitySettings.set(community, 'prices', { ...prices, [id]: after });
      const subject = { kind: 'text', text: resolution ? `${id} ${resolution}` : id } as const;
      await note({ action: 'model.cost', subject, before: String(before), after: String(credits) });
    });
  }

  /** All models, those that are turned off as well. @throws {DailiesError} `moderators_only`. */
  async list(asker: Asker): Promise<CommunityModels> {
    const settings = await this.#changes.read(asker, ({ communitySettings }) => communitySettings.get(asker.community));
    const usable = offeredModels(this.#models.available(), { ...settings, disabledModels: [] });
    return {
      usable: usable.map((model) => ({ model, enabled: !settings.disabledModels?.includes(model.id) })),
      gone: MODELS.map(({ id }) => id).filter((id) => this.#models.isWithdrawn(id)),
    };
  }

  /** The model of this id, if it can be used at all. */
  #mustBeThere(id: string): Model {
    const available = this.#models.available();
    const model = available.find((one) => one.id === id);
    if (model) return model;
    if (this.#models.isWithdrawn(id)) {
      throw new DailiesError('model_withdrawn', { model: id, successor: null, credits: null, draft: null });
    }
    throw new DailiesError('model_unknown', { model: id.slice(0, 50), models: available.map((one) => one.id) });
  }
}

/** The resolutions that a model has, from the smallest to the largest. */
export function resolutionsOf({ options }: Pick<Model, 'options'>): readonly Resolution[] {
  const option = options.find(({ name }) => name === 'resolution');
  return RESOLUTIONS.filter((one) => option?.type === 'choice' && option.values.includes(one));
}
