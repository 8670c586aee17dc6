import type { Button } from '../command.ts';

/** Looks once more for a video that took too long. */
export const check: Button = {
  action: 'check',
  answers: 'same reply',
  async run(context) {
    const { service, texts, target } = context;
    const result = await service.checkAgain(context, target);
    if (result === 'found' || result === 'failed') return undefined;
    const { checkPending: title } = texts.cards;
    return { kind: 'card', audience: 'requester', card: { tone: 'info', title, fields: [], notes: [], buttons: [] } };
  },
};
