import { forgetMember, forgetOwn } from '../../src/moderation/forget-member.ts';
import type { Button } from '../command.ts';
import { forgottenCard, OWN } from '../forgetting.ts';
import { memberNamed } from '../moderate/moderators-answer.ts';

/** Forgets a member's data, or the presser's own, in the reply that asked for confirmation. */
export const forget: Button = {
  action: 'forget',
  answers: 'same reply',
  async run(context) {
    const { texts, target } = context;
    const forgotten =
      target === OWN ? await forgetOwn(context) : await forgetMember(context, memberNamed(target, context));
    return { kind: 'card', audience: 'everyone', card: forgottenCard(texts, target, forgotten) };
  },
};
