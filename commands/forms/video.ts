import { MAX_PROMPT_LENGTH } from '../../src/domain/models.ts';
import type { OfferedModel } from '../../src/domain/offered-model.ts';
import type { Texts } from '../../src/locales/texts.ts';
import { submitOrAsk } from '../asking.ts';
import { modelChoices, plainPrice } from '../choices.ts';
import { createForm } from '../command.ts';
import type { Form } from '../form.ts';
import { MODEL, PROMPT, video } from '../video.ts';

/** A new request, filled in instead of typed. */
export const videoForm = createForm({
  name: 'video',
  options: [PROMPT, MODEL],
  async run(context) {
    const { prompt, model } = context.options;
    return await submitOrAsk(context, { prompt, model, options: {}, alone: context.alone }, video.options);
  },
});

/** A new request, with the prompt filled in as far as it fits. */
export function requestForm(prompt: string, texts: Texts, models: readonly OfferedModel[]): Form {
  const [only, ...others] = models;
  return {
    name: videoForm.name,
    target: '',
    ...texts.forms.video,
    // With another model it may cost something else.
    ...(only && others.length === 0 && { costs: texts.credits({ credits: plainPrice(only).credits }) }),
    fields: [
      {
        name: 'prompt',
        label: texts.options.prompt,
        type: 'text',
        required: true,
        value: [...prompt].slice(0, MAX_PROMPT_LENGTH).join(''),
        multiline: true,
        minimumLength: 1,
        maximumLength: MAX_PROMPT_LENGTH,
      },
      {
        name: 'model',
        label: texts.options.model,
        type: 'choice',
        required: false,
        value: models[0]?.id ?? '',
        choices: modelChoices(texts, models),
      },
    ],
  };
}
