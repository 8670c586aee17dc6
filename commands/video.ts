import { findModel, MAX_PROMPT_LENGTH, MODELS, type ModelOption, type OptionName } from '../src/domain/models.ts';
import type { OfferedModel } from '../src/domain/offered-model.ts';
import type { Texts } from '../src/locales/texts.ts';
import { writeOption } from '../src/locales/wording.ts';
import { submitOrAsk } from './asking.ts';
import { atUsualPrice, describeModel, modelChoices, PRICED, valueChoices } from './choices.ts';
import { type Command, createCommand } from './command.ts';
import { readValue } from './option-values.ts';
import { type Choice, type CommandOption, type OptionValue, option } from './options.ts';

/** Other names that people use for the options. */
const ALIASES: Readonly<Partial<Record<OptionName, readonly string[]>>> = {
  aspect_ratio: ['ratio', 'ar'],
  duration: ['length'],
};

/** The option `prompt`. */
export const PROMPT = option.words('prompt', {
  description: (texts) => texts.options.prompt,
  required: true,
  minimumLength: 1,
  maximumLength: MAX_PROMPT_LENGTH,
});

/** The option `model`. */
export const MODEL = option.model('model', {
  description: (texts) => texts.options.model,
  choices: MODELS.map((model) => ({
    value: model.id,
    name: (texts: Texts) => describeModel(atUsualPrice(model), texts),
  })),
  complete: (_, texts, models) => modelChoices(texts, models),
  steers: true,
});

const PRIVATE = option.boolean('private', { description: (texts) => texts.options.private });

/** `/video`: makes a video. Its options are all that some model of the catalogue takes. */
export const video: Command = createCommand({
  name: 'video',
  description: (texts) => texts.commands.video,
  who: 'members',
  audience: ({ private: alone }) =>
    alone !== undefined && readValue(PRIVATE, alone) === true ? 'requester' : 'everyone',
  options: [PROMPT, MODEL, ...catalogueOptions(), PRIVATE],
  async run(context) {
    const { prompt, model, private: alone = false, ...options } = context.options;
    return await submitOrAsk(context, { prompt, model, options, alone }, video.options);
  },
});

/** One command option for each option name of the catalogue, with the values of all models that have it. */
function catalogueOptions(): CommandOption<OptionName>[] {
  const byName = new Map<OptionName, ModelOption[]>();
  for (const { options } of MODELS) {
    for (const option of options) byName.set(option.name, [...(byName.get(option.name) ?? []), option]);
  }
  return [...byName].map(([name, variants]) => toCommandOption(name, variants));
}

function toCommandOption(name: OptionName, variants: readonly ModelOption[]): CommandOption<OptionName> {
  const aliases = ALIASES[name];
  const about = {
    description: (texts: Texts) => texts.options[name],
    steers: PRICED.includes(name),
    ...(aliases && { aliases }),
  };
  const complete: CommandOption['complete'] = (given, texts, models) => completeFor(name, given, texts, models);
  const choices = [...new Set(variants.flatMap((variant) => (variant.type === 'choice' ? variant.values : [])))];
  if (choices.length > 0) {
    const numbers = choices.every((value) => typeof value === 'number');
    return option.choice(name, {
      ...about,
      complete,
      values: numbers ? choices.toSorted((a, b) => Number(a) - Number(b)) : choices,
      nameOf: (value, texts) => writeOption(texts, name, value) ?? String(value),
    });
  }
  const ranges = variants.filter((variant) => variant.type === 'integer');
  if (ranges.length === 0) return option.boolean(name, { ...about, complete });
  return option.integer(name, {
    ...about,
    minimum: Math.min(...ranges.map(({ minimum }) => minimum)),
    maximum: Math.max(...ranges.map(({ maximum }) => maximum)),
  });
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
