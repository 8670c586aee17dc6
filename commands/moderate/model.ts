import { MODELS } from '../../src/generation/models.ts';
import { MOST_WEIGHT } from '../../src/moderation/conduct/model-offer.ts';
import { PRICED_SECONDS, priceOf } from '../choices.ts';
import type { Command, CommandContext, CommandOption } from '../command.ts';
import { answer, FOR_MODERATORS, refusal } from './answers.ts';

const MODEL: CommandOption = {
  name: 'model',
  description: (texts) => texts.options.whichModel,
  type: 'string',
  required: true,
  choices: MODELS.map(({ id, label }) => ({ name: () => `${id}: ${label}`, value: id })),
};

const CREDITS: CommandOption = {
  name: 'credits',
  description: (texts) => texts.options.weight,
  type: 'integer',
  required: true,
  minimum: 0,
  maximum: MOST_WEIGHT,
};

/** `/moderate model enable · disable · cost · list`: which models may be used here, and what they cost. */
export const modelCommands: readonly Command[] = [
  {
    ...FOR_MODERATORS,
    name: 'moderate model enable',
    description: (texts) => texts.commands['moderate model enable'],
    options: [MODEL],
    async run(context) {
      const { models: words } = context.texts.conduct;
      const id = modelOf(context);
      await context.desk.conduct.models.set(context, id, true);
      return answer('done', words.title, words.enabled(id));
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate model disable',
    description: (texts) => texts.commands['moderate model disable'],
    options: [MODEL],
    async run(context) {
      const { models: words } = context.texts.conduct;
      const id = modelOf(context);
      const result = await context.desk.conduct.models.set(context, id, false);
      if (result === 'last') return refusal(context.texts, words.last(id));
      return answer('done', words.title, words.disabled(id), [words.accepted]);
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate model cost',
    description: (texts) => texts.commands['moderate model cost'],
    options: [MODEL, CREDITS],
    async run(context) {
      const { models: words } = context.texts.conduct;
      const id = modelOf(context);
      const weight = Number(context.options.credits);
      await context.desk.conduct.models.setCost(context, id, weight);
      return answer('done', words.title, words.cost(id, weight, PRICED_SECONDS), [words.proportion, words.accepted]);
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate model list',
    description: (texts) => texts.commands['moderate model list'],
    options: [],
    async run(context) {
      const { texts, desk } = context;
      const { models: words } = texts.conduct;
      const lines = (await desk.conduct.models.list(context)).map(
        ({ model, enabled }) => `${priceOf(model, texts)} (${enabled ? words.on : words.off})`,
      );
      return answer('info', words.title, lines.join('\n'), [words.proportion]);
    },
  },
];

function modelOf({ options }: CommandContext): string {
  return String(options.model ?? '');
}
