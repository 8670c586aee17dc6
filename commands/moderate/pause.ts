import type { Command } from '../command.ts';
import { answer, FOR_MODERATORS } from './answers.ts';
import { REASON, reasonOf } from './block.ts';

/** `/moderate pause · resume`: whether videos can be asked for here at all. */
export const pauseCommands: readonly Command[] = [
  {
    ...FOR_MODERATORS,
    name: 'moderate pause',
    description: (texts) => texts.commands['moderate pause'],
    options: [{ ...REASON, required: true }],
    async run(context) {
      const { pause: words } = context.texts.conduct;
      const reason = await context.desk.conduct.settings.pause(context, reasonOf(context));
      return answer('done', words.title, words.paused(reason), [words.accepted]);
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate resume',
    description: (texts) => texts.commands['moderate resume'],
    options: [],
    async run(context) {
      const { pause: words } = context.texts.conduct;
      const resumed = await context.desk.conduct.settings.resume(context);
      return answer(resumed ? 'done' : 'info', words.title, resumed ? words.resumed : words.notPaused);
    },
  },
];
