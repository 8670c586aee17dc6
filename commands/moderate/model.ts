import { MODELS, RESOLUTIONS, type Resolution, shapeOf } from '../../src/domain/models.ts';
import { type OfferedModel, priceOf } from '../../src/domain/offered-model.ts';
import { MOST_CREDITS_FOR_MODEL, resolutionsOf } from '../../src/moderation/conduct/model-offer.ts';
import type { Command, CommandContext } from '../command.ts';
import type { CommandOption } from '../options.ts';
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
  maximum: MOST_CREDITS_FOR_MODEL,
};

const RESOLUTION: CommandOption = {
  name: 'resolution',
  description: (texts) => texts.options.priceOf,
  type: 'string',
  required: false,
  choices: RESOLUTIONS.map((value) => ({ name: () => value, value })),
};

/** Prices are set, and listed, for clips of this length. */
const PRICED_SECONDS = 5;

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
    options: [MODEL, CREDITS, RESOLUTION],
    async run(context) {
      const { models: words } = context.texts.conduct;
      const id = modelOf(context);
      const credits = Number(context.options.credits);
      const { resolution } = context.options as { resolution?: Resolution };
      await context.desk.conduct.models.setCost(context, id, credits, resolution);
      const text = words.cost(id, credits, PRICED_SECONDS, resolution);
      return answer('done', words.title, text, [words.rounded, words.accepted]);
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
      const { usable, gone } = await desk.conduct.models.list(context);
      const lines = usable.map(({ model, enabled }) => {
        const line = words.line(model.id, pricesOf(model), PRICED_SECONDS);
        return `${line} (${enabled ? words.on : words.off})`;
      });
      const text = [...lines, ...gone.map(words.goneLine)].join('\n');
      return answer('info', words.title, text, usable.length > 0 ? [words.rounded] : []);
    },
  },
];

function modelOf({ options }: CommandContext): string {
  return String(options.model ?? '');
}

/** "480p 1 · 720p 2 · 1080p 4". */
function pricesOf(model: OfferedModel): string {
  const priceIn = (resolution: Resolution) =>
    priceOf(model, { ...shapeOf(model), seconds: PRICED_SECONDS, resolution });
  return resolutionsOf(model)
    .map((resolution) => `${resolution} ${priceIn(resolution)}`)
    .join(' · ');
}
