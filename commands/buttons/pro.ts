import type { Button } from '../command.ts';

/** The same shot in the better model: seed and options stay. */
export const pro: Button = {
  action: 'pro',
  answers: 'new reply',
  async run(context) {
    const generation = await context.service.withModel(context, context.target, 'pro');
    return { kind: 'generation', id: generation.id };
  },
};
