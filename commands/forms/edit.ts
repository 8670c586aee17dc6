import { MAX_PROMPT_LENGTH } from '../../src/domain/models.ts';
import type { Texts } from '../../src/locales/texts.ts';
import { submitOrAsk } from '../asking.ts';
import { createForm } from '../command.ts';
import type { Form } from '../form.ts';
import { PROMPT, video } from '../video.ts';

/** The same request with another prompt, in a new reply. */
export const editForm = createForm({
  name: 'edit',
  options: [PROMPT],
  async run(context) {
    const request = await context.service.requestOf(context, context.target);
    const { prompt } = context.options;
    return await submitOrAsk(context, { ...request, prompt, alone: context.alone }, video.options, request.prompt);
  },
});

/** A form to edit a generation's prompt. @param credits the price of sending it, if known. */
export function promptForm(target: string, prompt: string, texts: Texts, credits?: number): Form {
  return {
    name: editForm.name,
    target,
    ...texts.forms.edit,
    ...(credits !== undefined && { costs: texts.credits({ credits }) }),
    fields: [
      {
        name: 'prompt',
        label: texts.options.prompt,
        type: 'text',
        required: true,
        value: prompt,
        multiline: true,
        minimumLength: 1,
        maximumLength: MAX_PROMPT_LENGTH,
      },
    ],
  };
}
