import type { Button } from '../command.ts';
import { blockForm } from '../forms/block.ts';
import { memberOf } from '../moderate/answers.ts';

/** Opens a form in which a moderator says for how long a member is blocked, and why. */
export const block: Button = {
  action: 'block',
  answers: 'form',
  async run(context) {
    await context.desk.records.mustModerate(context);
    const member = memberOf({ ...context, options: { member: context.target } });
    return { kind: 'form', form: blockForm(member, context.texts) };
  },
};
