import { mention } from '../../src/domain/text.ts';
import { createCommand } from '../command.ts';
import { ANY_MEMBER, answer, FOR_MODERATORS } from './moderators-answer.ts';

/** `/moderate cancel`: ends all that waits, or all that waits of one member. */
export const moderateCancel = createCommand({
  ...FOR_MODERATORS,
  name: 'moderate cancel',
  description: (texts) => texts.commands['moderate cancel'],
  options: [ANY_MEMBER],
  async run(context) {
    const { service, texts, options } = context;
    const { cancelling: words } = texts;
    const { member } = options;
    const count = await service.cancelWaiting(context, member);
    const tone = count > 0 ? 'done' : 'info';
    if (member === undefined) return answer(tone, words.title, count > 0 ? words.all({ videos: count }) : words.none);
    const who = mention('member', member);
    return answer(tone, words.title, count > 0 ? words.of({ who, videos: count }) : words.noneOf({ who }));
  },
});
