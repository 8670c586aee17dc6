import {
  findModel,
  MAX_PROMPT_LENGTH,
  MODELS,
  type Model,
  type ModelOption,
  type OptionName,
} from '../src/generation/models.ts';
import type { Texts } from '../src/texts/texts.ts';
import { modelChoices, priceOf } from './choices.ts';
import type { Choice, Command, CommandOption, OptionValue } from './command.ts';

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
      choices: MODELS.map((model) => ({ value: model.id, name: (texts: Texts) => priceOf(model, texts) })),
      complete: (_, texts, models) => modelChoices(texts, models),
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
  const option = { name, description: (texts: Texts) => texts.options[name], required: false };
  const choices = variants.flatMap((variant) => (variant.type === 'choice' ? variant.values : []));
  if (choices.length > 0) {
    return {
      ...option,
      type: choices.every((value) => typeof value === 'number') ? 'integer' : 'string',
      choices: [...new Set(choices)].map((value) => ({
        value,
        name: (texts: Texts) => texts.optionValue(name, value) ?? String(value),
      })),
      complete: (given, texts, models) => completeFor(name, given, texts, models),
    };
  }
  const ranges = variants.filter((variant) => variant.type === 'integer');
  if (ranges.length === 0) return { ...option, type: 'boolean' };
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
  models: readonly Model[],
): Choice[] {
  const model = given.model === undefined ? models[0] : findModel(String(given.model));
  const option = model?.options.find((candidate) => candidate.name === name);
  if (option?.type !== 'choice') return [];
  return option.values.map((value) => ({ value, name: texts.optionValue(name, value) ?? String(value) }));
}
