import type { Button } from '../command.ts';

/** Repeats a request that was refused because its model is gone, with the model that replaces it, in a new reply. */
export const successor: Button = {
  action: 'successor',
  answers: 'new reply',
  async run(context) {
    const generation = await context.service.drafts.withSuccessor(context, context.target);
    return { kind: 'generation', id: generation.id };
  },
};
