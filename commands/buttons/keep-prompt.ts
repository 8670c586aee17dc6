import { audienceOf, goOn } from '../asking.ts';
import type { Button } from '../command.ts';

/** Makes the video with the prompt as it was typed, in a new reply. */
export const keepPrompt: Button = {
  action: 'keep_prompt',
  answers: 'new reply',
  audience: audienceOf,
  run: async (context) => await goOn(context, context.target, 'in the prompt'),
};
