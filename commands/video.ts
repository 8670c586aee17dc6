import { findModel, MAX_PROMPT_LENGTH, MODELS, type ModelOption, type OptionName } from '../src/domain/models.ts';
import type { OfferedModel } from '../src/domain/offered-model.ts';
import type { Texts } from '../src/locales/texts.ts';
import { atUsualPrice, describeModel, modelChoices, PRICED, valueChoices } from './choices.ts';
import type { Command } from './command.ts';
import type { Choice, CommandOption, OptionValue } from './options.ts';

/** What people also call them. */
const ALIASES: Readonly<Partial<Record<OptionName, readonly string[]>>> = {
  aspect_ratio: ['ratio', 'ar'],
  duration: ['length'],
};

/** `/video`: makes a video. Its options are all that some model of the catalogue takes. */
export const video: Command = {
  name: 'video',
  description: (texts) => texts.commands.video,
  who: 'members',
  audience: ({ private: alone }) => (alone === true ? 'requester' : 'everyone'),
  options: [
    {
      name: 'prompt',
      description: (texts) => texts.options.prompt,
      type: 'string',
      required: true,
      minimumLength: 1,
      maximumLength: MAX_PROMPT_LENGTH,
    },
    {
      name: 'model',
      description: (texts) => texts.options.model,
      type: 'string',
      required: false,
      choices: MODELS.map((model) => ({
        value: model.id,
        name: (texts: Texts) => describeModel(atUsualPrice(model), texts),
      })),
      complete: (_, texts, models) => modelChoices(texts, models),
      steers: true,
    },
    ...catalogueOptions(),
    { name: 'private', description: (texts) => texts.options.private, type: 'boolean', required: false },
  ],
  async run(context) {
    const { prompt, model, private: _, ...options } = context.options;
    const generation = await context.service.submit(context, {
      prompt: String(prompt ?? ''),
      model: model === undefined ? undefined : String(model),
      options,
    });
    return { kind: 'generation', id: generation.id };
  },
};

/** One command option for each option name of the catalogue, with the values of all models that have it. */
function catalogueOptions(): CommandOption[] {
  const byName = new Map<OptionName, ModelOption[]>();
  for (const { options } of MODELS) {
    for (const option of options) byName.set(option.name, [...(byName.get(option.name) ?? []), option]);
  }
  return [...byName].map(([name, variants]) => toCommandOption(name, variants));
}

function toCommandOption(name: OptionName, variants: readonly ModelOption[]): CommandOption {
  const steers = PRICED.includes(name);
  const aliases = ALIASES[name];
  const option = {
    name,
    description: (texts: Texts) => texts.options[name],
    required: false,
    steers,
    ...(aliases && { aliases }),
  };
  const complete: CommandOption['complete'] = (given, texts, models) => completeFor(name, given, texts, models);
  const choices = variants.flatMap((variant) => (variant.type === 'choice' ? variant.values : []));
  if (choices.length > 0) {
    const all = [...new Set(choices)];
    const numbers = all.every((value) => typeof value === 'number');
    return {
      ...option,
      type: numbers ? 'integer' : 'string',
      choices: (numbers ? all.toSorted((a, b) => Number(a) - Number(b)) : all).map((value) => ({
        value,
        name: (texts: Texts) => texts.optionValue(name, value) ?? String(value),
      })),
      complete,
    };
  }
  const ranges = variants.filter((variant) => variant.type === 'integer');
  if (ranges.length === 0) {
    return { ...option, type: 'boolean', complete };
  }
  return {
    ...option,
    type: 'integer',
    minimum: Math.min(...ranges.map(({ minimum }) => minimum)),
    maximum: Math.max(...ranges.map(({ maximum }) => maximum)),
  };
}

/** The values that the chosen model takes, or the first that is offered when none is chosen. */
function completeFor(
  name: OptionName,
  given: Readonly<Record<string, OptionValue>>,
  texts: Texts,
  models: readonly OfferedModel[],
): Choice[] {
  const { model: id = models[0]?.id } = given;
  const known = findModel(String(id));
  const model = models.find((offered) => offered.id === id) ?? (known && atUsualPrice(known));
  return model ? valueChoices(model, name, given, texts) : [];
}
