import type { Button } from '../command.ts';

/** Takes a waiting generation out of the line. */
export const cancel: Button = {
  action: 'cancel',
  answers: 'same reply',
  async run(context) {
    await context.service.cancel(context, context.target);
    return undefined;
  },
};
