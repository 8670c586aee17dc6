import { audienceOf, goOn } from '../asking.ts';
import type { Button } from '../command.ts';

/** Makes the video with the words at the end of the prompt as options, in a new reply. */
export const asOption: Button = {
  action: 'as_option',
  answers: 'new reply',
  audience: audienceOf,
  run: async (context) => await goOn(context, context.target, 'as option'),
};
