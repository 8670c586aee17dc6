import type { Button } from '../command.ts';

/** Takes a finished reply away, with its video and prompt. */
export const remove: Button = {
  action: 'delete',
  answers: 'same reply',
  async run(context) {
    await context.service.remove(context, context.target);
    return undefined;
  },
};
