import { sentence } from '../../src/locales/wording.ts';
import { pause, resume } from '../../src/moderation/pausing.ts';
import { type Command, createCommand } from '../command.ts';
import { option } from '../options.ts';
import { REASON_ABOUT } from './block.ts';
import { answer, FOR_MODERATORS, settingAnswer } from './moderators-answer.ts';

/** `/moderate pause · resume`: whether videos can be asked for here at all. */
export const pauseCommands: readonly Command[] = [
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate pause',
    description: (texts) => texts.commands['moderate pause'],
    options: [option.text('reason', { ...REASON_ABOUT, required: true })],
    async run(context) {
      const { texts, options } = context;
      const { pause: words } = texts.conduct;
      const { reason, changed } = await pause(context, options.reason);
      return settingAnswer(texts, changed, words.title, words.paused({ reason: sentence(reason) }), [words.accepted]);
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate resume',
    description: (texts) => texts.commands['moderate resume'],
    options: [],
    async run(context) {
      const { pause: words } = context.texts.conduct;
      const resumed = await resume(context);
      return answer(resumed ? 'done' : 'info', words.title, resumed ? words.resumed : words.notPaused);
    },
  }),
];
