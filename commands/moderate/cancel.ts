import { mention } from '../../src/domain/marks.ts';
import type { Command } from '../command.ts';
import { answer, FOR_MODERATORS, MEMBER, memberOf } from './answers.ts';

/** `/moderate cancel`: ends all that waits, or all that waits of one member. */
export const moderateCancel: Command = {
  ...FOR_MODERATORS,
  name: 'moderate cancel',
  description: (texts) => texts.commands['moderate cancel'],
  options: [{ ...MEMBER, required: false }],
  async run(context) {
    const { service, texts, options } = context;
    const { cancelling: words } = texts;
    const member = options.member === undefined ? undefined : memberOf(context);
    const count = await service.cancelWaiting(context, member);
    const tone = count > 0 ? 'done' : 'info';
    if (member === undefined) return answer(tone, words.title, count > 0 ? words.all(count) : words.none);
    const who = mention('member', member);
    return answer(tone, words.title, count > 0 ? words.of(who, count) : words.noneOf(who));
  },
};
