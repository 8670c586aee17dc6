import { DailiesError } from '../domain/failure.ts';
import { MODELS, type Model, type ModelPrices, RESOLUTIONS, type Resolution, shapeOf } from '../domain/models.ts';
import { type OfferedModel, offeredModels, priceOf, type UsableModels } from '../domain/offered-model.ts';
import type { Moderating } from './door.ts';

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

/**
 * Turns a model on or off; one always stays on.
 * @param id of a model that can be used.
 * @returns `same` when it was so before; `last` when nothing was changed, as no other model is on.
 * @throws {DailiesError} `moderators_only`, `model_unknown`, `model_withdrawn`.
 */
export async function setModel(context: Moderating, id: string, enabled: boolean): Promise<'done' | 'same' | 'last'> {
  const { moderation, community } = context;
  const { models } = moderation.tools;
  return await moderation.change(context, async ({ communitySettings, note }) => {
    usable(models, id);
    const settings = await communitySettings.get(community);
    const before = settings.disabledModels ?? [];
    if (enabled === !before.includes(id)) return 'same';
    const offered = offeredModels(models.available(), settings);
    if (!enabled && offered.every((model) => model.id === id)) return 'last';
    const disabled = [...before.filter((one) => one !== id), ...(enabled ? [] : [id])];
    await communitySettings.set(community, 'disabledModels', disabled.length > 0 ? disabled : undefined);
    const [action, after] = enabled ? (['model.enable', 'on'] as const) : (['model.disable', 'off'] as const);
    await note(action, { kind: 'text', text: id }, enabled ? 'off' : 'on', after);
    return 'done';
  });
}

/**
 * Sets what a model costs; generations that were accepted keep their price.
 * @param credits for a clip of 5 s, a whole number from 0 to {@link MOST_CREDITS_FOR_MODEL}.
 * @param resolution the only one that it counts for. @default every one that has no price of its own
 * @returns whether it was not set to that before.
 * @throws {DailiesError} `moderators_only`, `model_unknown`, `model_withdrawn`, `option_value`.
 */
export async function setModelPrice(
  context: Moderating,
  id: string,
  credits: number,
  resolution?: Resolution,
): Promise<boolean> {
  const { moderation, community } = context;
  return await moderation.change(context, async ({ communitySettings, note }) => {
    const model = usable(moderation.tools.models, id);
    checkPrice(model, credits, resolution);
    const { prices = {} } = await communitySettings.get(community);
    const own: ModelPrices = prices[id] ?? {};
    if (own[resolution ?? 'any'] === credits) return false;
    const shape = { ...shapeOf(model), seconds: 5, ...(resolution && { resolution }) };
    const before = priceOf({ ...model, prices: own }, shape);
    await communitySettings.set(community, 'prices', { ...prices, [id]: { ...own, [resolution ?? 'any']: credits } });
    const text = resolution ? `${id} ${resolution}` : id;
    // One that costs that anyway will cost it from now on whatever the provider asks for.
    return await note('model.cost', { kind: 'text', text }, before === credits ? undefined : `${before}`, `${credits}`);
  });
}

/** All models, those that are turned off as well. @throws {DailiesError} `moderators_only`. */
export async function listModels(context: Moderating): Promise<CommunityModels> {
  const { moderation, community } = context;
  const { models } = moderation.tools;
  const settings = await moderation.read(context, ({ communitySettings }) => communitySettings.get(community));
  const all = offeredModels(models.available(), { ...settings, disabledModels: [] });
  return {
    usable: all.map((model) => ({ model, enabled: !settings.disabledModels?.includes(model.id) })),
    gone: MODELS.map(({ id }) => id).filter((id) => models.isWithdrawn(id)),
  };
}

/** The resolutions that a model has, from the smallest to the largest. */
export function resolutionsOf({ options }: Pick<Model, 'options'>): readonly Resolution[] {
  const option = options.find(({ name }) => name === 'resolution');
  return RESOLUTIONS.filter((one) => option?.type === 'choice' && option.values.includes(one));
}

/** The model of this id, if it can be used at all. */
function usable(models: UsableModels, id: string): Model {
  const available = models.available();
  const model = available.find((one) => one.id === id);
  if (model) return model;
  if (models.isWithdrawn(id)) {
    throw new DailiesError('model_withdrawn', { model: id, successor: null, credits: null, draft: null });
  }
  throw new DailiesError('model_unknown', { model: id.slice(0, 50), models: available.map((one) => one.id) });
}

function checkPrice(model: Model, credits: number, resolution: Resolution | undefined): void {
  const resolutions = resolutionsOf(model);
  if (resolution && !resolutions.includes(resolution)) {
    throw new DailiesError('option_value', { option: 'resolution', value: resolution, expected: resolutions });
  }
  if (!Number.isInteger(credits) || credits < 0 || credits > MOST_CREDITS_FOR_MODEL) {
    const expected = { minimum: 0, maximum: MOST_CREDITS_FOR_MODEL };
    throw new DailiesError('option_value', { option: 'credits', value: String(credits), expected });
  }
}
