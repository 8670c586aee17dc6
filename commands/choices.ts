import { type Model, type ModelOption, type OptionName, shapeOf } from '../src/domain/models.ts';
import { type OfferedModel, priceOf } from '../src/domain/offered-model.ts';
import type { OptionValues } from '../src/domain/request.ts';
import type { Texts } from '../src/locales/texts.ts';
import { writeOption } from '../src/locales/wording.ts';
import type { Choice, OptionValue } from './options.ts';

/** The options on which a clip's price depends. */
export const PRICED: readonly OptionName[] = ['resolution', 'duration', 'generate_audio'];

/** The models as choices, each with its price. */
export function modelChoices(texts: Texts, models: readonly OfferedModel[]): Choice[] {
  return models.map((model) => ({ value: model.id, name: describeModel(model, texts) }));
}

/** The price of a plain request with a model, in credits, and the length of its clip in seconds. */
export function plainPrice(model: OfferedModel): { credits: number; seconds: number } {
  const shape = shapeOf(model);
  return { credits: priceOf(model, shape), seconds: shape.seconds };
}

/** "pro: Seedance 1.0 Pro · 2 credits for 5 s". */
export function describeModel(model: OfferedModel, texts: Texts): string {
  const { credits, seconds } = plainPrice(model);
  const silent = priceOf(model, { ...shapeOf(model), sound: false });
  return texts.modelChoice({
    model: model.id,
    label: model.label,
    credits,
    seconds,
    silent: silent < credits ? silent : undefined,
  });
}

/** A model of the catalogue at the provider's price. */
export function atUsualPrice(model: Model): OfferedModel {
  return { ...model, prices: {} };
}

/**
 * The values that a model accepts for an option, for a switch its default first; with their cost, if the price
 * depends on them.
 * @param given the other values chosen; options that the model does not have are ignored.
 */
export function valueChoices(
  model: OfferedModel,
  name: OptionName,
  given: Readonly<Record<string, OptionValue>>,
  texts: Texts,
): Choice[] {
  const option = model.options.find((candidate) => candidate.name === name);
  if (!option || option.type === 'integer') return [];
  const chosen = takenBy(model, given);
  const values = option.type === 'choice' ? option.values : [option.initial, !option.initial];
  return values.map((value) => {
    const label = writeOption(texts, name, value) ?? String(value);
    const priced = () => texts.priced({ label, credits: priceOf(model, shapeOf(model, { ...chosen, [name]: value })) });
    return {
      value: typeof value === 'boolean' ? String(value) : value,
      name: PRICED.includes(name) ? priced() : label,
    };
  });
}

function takenBy({ options }: Model, given: Readonly<Record<string, OptionValue>>): OptionValues {
  return Object.fromEntries(options.map((option) => [option.name, takenValue(option, given[option.name])]));
}

/** Forms hand everything over as text. */
function takenValue(option: ModelOption, given: OptionValue | undefined): OptionValue | undefined {
  const values = option.type === 'choice' ? option.values : option.type === 'boolean' ? [true, false] : [];
  return given === undefined ? undefined : values.find((value) => String(value) === String(given));
}
