import { clearLimit, setLimit } from '../../src/moderation/limit-rules.ts';
import { type Command, createCommand } from '../command.ts';
import { FOR_MODERATORS } from './moderators-answer.ts';
import { clearAnswer, setAnswer } from './quota.ts';
import { CREDITS, PER } from './target.ts';

const BUDGET = { scope: 'community', subject: '' } as const;

/** `/moderate budget set · clear`: how much the whole community may spend together. */
export const budgetCommands: readonly Command[] = [
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate budget set',
    description: (texts) => texts.commands['moderate budget set'],
    options: [CREDITS, PER],
    async run(context) {
      const { texts, options } = context;
      const rule = { ...BUDGET, credits: options.credits, period: options.per ?? 'day' };
      const { before } = await setLimit(context, rule);
      return setAnswer(texts, texts.limits.budgetTitle, rule, before);
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate budget clear',
    description: (texts) => texts.commands['moderate budget clear'],
    options: [],
    async run(context) {
      const { texts, moderation } = context;
      const before = await clearLimit(context, BUDGET.scope, BUDGET.subject);
      const { quota: fallback } = moderation.tools.limits;
      return clearAnswer(texts, texts.limits.budgetTitle, { ...BUDGET, before, fallback });
    },
  }),
];
