import { costOf, MODELS } from '../src/generation/models.ts';
import { leftOf } from '../src/limits/quota.ts';
import type { Command } from './command.ts';

/** `/quota`: what the member has left, when it comes back, and which rule counts. */
export const quota: Command = {
  name: 'quota',
  description: (texts) => texts.commands.quota,
  who: 'members',
  audience: () => 'requester',
  options: [],
  async run(context) {
    const { quota: words } = context.texts;
    const status = await context.service.quota(context);
    const prices = MODELS.map((model) => words.cost(model.label, costOf(model, 5), 5));
    return {
      kind: 'card',
      audience: 'requester',
      card: {
        tone: 'info',
        title: words.title,
        text: [
          words.left(leftOf(status), status.quota.credits),
          ...(status.used > 0 ? [words.resets(status.resetsAt)] : []),
          words.rule(status.quota.credits, status.quota.period),
        ].join(' '),
        fields: [{ label: words.costs, value: prices.join('\n') }],
        notes: [],
        buttons: [],
      },
    };
  },
};
