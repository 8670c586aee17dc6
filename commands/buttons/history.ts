import type { Button } from '../command.ts';
import { historyPage } from '../history.ts';

/** Turns a page of the history, in the same reply. */
export const turnHistory: Button = {
  action: 'history',
  answers: 'same reply',
  async run(context) {
    const card = await historyPage(context.service, context.texts, context, Number(context.target));
    return { kind: 'card', audience: 'everyone', card };
  },
};
