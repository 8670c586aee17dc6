import { deletedCard } from '../../src/moderation/log-cards.ts';
import type { Button } from '../command.ts';

/** Deletes a video from the log channel: its reply goes, and so does the prompt in the line that has the button. */
export const takedown: Button = {
  action: 'takedown',
  answers: 'same reply',
  async run(context) {
    const { service, moderation, target, texts, member } = context;
    await moderation.mustModerate(context);
    await service.remove(context, target);
    return { kind: 'card', audience: 'everyone', card: deletedCard(texts, member) };
  },
};
