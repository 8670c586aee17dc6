import type { Button } from '../command.ts';
import { blockForm } from '../forms/block.ts';
import { memberNamed } from '../moderate/moderators-answer.ts';

/** Opens a form in which a moderator says for how long a member is blocked, and why. */
export const block: Button = {
  action: 'block',
  answers: 'form',
  async run(context) {
    await context.moderation.mustModerate(context);
    return { kind: 'form', form: blockForm(memberNamed(context.target, context), context.texts) };
  },
};
