import { MODELS, RESOLUTIONS, type Resolution, shapeOf } from '../../src/domain/models.ts';
import { type OfferedModel, priceOf } from '../../src/domain/offered-model.ts';
import {
  listModels,
  MOST_CREDITS_FOR_MODEL,
  resolutionsOf,
  setModel,
  setModelPrice,
} from '../../src/moderation/model-access.ts';
import { type Command, createCommand } from '../command.ts';
import { option } from '../options.ts';
import { answer, FOR_MODERATORS, refusal, settingAnswer } from './moderators-answer.ts';

const MODEL = option.model('model', {
  description: (texts) => texts.options.whichModel,
  required: true,
  choices: MODELS.map(({ id, label }) => ({ name: () => `${id}: ${label}`, value: id })),
});

const CREDITS = option.integer('credits', {
  description: (texts) => texts.options.weight,
  required: true,
  minimum: 0,
  maximum: MOST_CREDITS_FOR_MODEL,
});

const RESOLUTION = option.choice('resolution', {
  description: (texts) => texts.options.priceOf,
  values: RESOLUTIONS,
  nameOf: (value) => value,
});

/** Prices are set, and listed, for clips of this length. */
const PRICED_SECONDS = 5;

/** `/moderate model enable · disable · cost · list`: which models may be used here, and what they cost. */
export const modelCommands: readonly Command[] = [
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate model enable',
    description: (texts) => texts.commands['moderate model enable'],
    options: [MODEL],
    async run(context) {
      const { texts, options } = context;
      const { models: words } = texts.conduct;
      const { model: id } = options;
      const result = await setModel(context, id, true);
      return settingAnswer(texts, result === 'done', words.title, words.enabled({ model: id }));
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate model disable',
    description: (texts) => texts.commands['moderate model disable'],
    options: [MODEL],
    async run(context) {
      const { texts, options } = context;
      const { models: words } = texts.conduct;
      const { model: id } = options;
      const result = await setModel(context, id, false);
      if (result === 'last') return refusal(texts, words.last({ model: id }));
      return settingAnswer(texts, result === 'done', words.title, words.disabled({ model: id }), [words.accepted]);
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate model cost',
    description: (texts) => texts.commands['moderate model cost'],
    options: [MODEL, CREDITS, RESOLUTION],
    async run(context) {
      const { texts, options } = context;
      const { models: words } = texts.conduct;
      const { model: id, credits, resolution } = options;
      const changed = await setModelPrice(context, id, credits, resolution);
      const text = words.cost({ model: id, credits, seconds: PRICED_SECONDS, resolution });
      return settingAnswer(texts, changed, words.title, text, [words.rounded, words.accepted]);
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate model list',
    description: (texts) => texts.commands['moderate model list'],
    options: [],
    async run(context) {
      const { texts } = context;
      const { models: words } = texts.conduct;
      const { usable, gone } = await listModels(context);
      const lines = usable.map(({ model, enabled }) => {
        const line = words.line({ model: model.id, prices: pricesOf(model), seconds: PRICED_SECONDS });
        return `${line} (${enabled ? words.on : words.off})`;
      });
      const text = [...lines, ...gone.map((model) => words.goneLine({ model }))].join('\n');
      return answer('info', words.title, text, usable.length > 0 ? [words.rounded] : []);
    },
  }),
];

/** "480p 1 · 720p 2 · 1080p 4". */
function pricesOf(model: OfferedModel): string {
  const priceIn = (resolution: Resolution) =>
    priceOf(model, { ...shapeOf(model), seconds: PRICED_SECONDS, resolution });
  return resolutionsOf(model)
    .map((resolution) => `${resolution} ${priceIn(resolution)}`)
    .join(' · ');
}
