import { costOf, MAX_PROMPT_LENGTH, MODELS, type ModelOption, type OptionName } from '../src/generation/models.ts';
import type { Texts } from '../src/texts/texts.ts';
import type { Command, CommandOption } from './command.ts';

/** `/video`: makes a video. Its options are all that some model of the catalogue takes. */
export const video: Command = {
  name: 'video',
  description: (texts) => texts.commands.video,
  who: 'members',
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
        name: (texts: Texts) => texts.modelChoice(model.id, model.label, costOf(model, 5), 5),
      })),
    },
    ...catalogueOptions(),
  ],
  async run(context) {
    const { prompt, model, ...options } = context.options;
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
