import type { Button } from '../command.ts';

/** Puts a finished video, which could not be delivered, into a new reply. */
export const deliver: Button = {
  action: 'deliver',
  answers: 'new reply',
  async run(context) {
    const generation = await context.service.deliverAgain(context, context.target);
    return { kind: 'generation', id: generation.id };
  },
};
