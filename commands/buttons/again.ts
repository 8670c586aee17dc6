import type { Button } from '../command.ts';

/** The same request with a new seed, in a new reply. */
export const again: Button = {
  action: 'again',
  answers: 'new reply',
  async run(context) {
    const generation = await context.service.again(context, context.target);
    return { kind: 'generation', id: generation.id };
  },
};
