import { createCommand } from '../command.ts';
import { askToForget } from '../forgetting.ts';
import { FOR_MODERATORS, MEMBER } from './moderators-answer.ts';

/** `/moderate forget`: removes a member's prompts and kept videos, once it is confirmed. */
export const moderateForget = createCommand({
  ...FOR_MODERATORS,
  name: 'moderate forget',
  description: (texts) => texts.commands['moderate forget'],
  options: [MEMBER],
  async run(context) {
    const { moderation, texts, options } = context;
    await moderation.mustModerate(context);
    return { kind: 'card', audience: 'requester', card: askToForget(texts, options.member) };
  },
});
