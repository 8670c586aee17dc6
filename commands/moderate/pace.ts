import { compose, mention } from '../../src/domain/text.ts';
import { writePace } from '../../src/locales/wording.ts';
import { clearPace, MOST_PACE, setPace } from '../../src/moderation/pace-limits.ts';
import { type Command, createCommand } from '../command.ts';
import { option } from '../options.ts';
import { answer, FOR_MODERATORS, refusal } from './moderators-answer.ts';
import { ROLE, roleNamed } from './target.ts';

const PARTS = [
  option.integer('concurrency', {
    description: (texts) => texts.options.concurrency,
    minimum: 1,
    maximum: MOST_PACE.concurrency,
  }),
  option.integer('waiting', { description: (texts) => texts.options.waiting, minimum: 0, maximum: MOST_PACE.waiting }),
  option.rate('rate', { description: (texts) => texts.options.rate }),
] as const;

/** `/moderate pace set · clear`: how fast members may go; without a role, everyone. */
export const paceCommands: readonly Command[] = [
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate pace set',
    description: (texts) => texts.commands['moderate pace set'],
    options: [...PARTS, ROLE],
    async run(context) {
      const { texts, options } = context;
      const { paceTitle, pace: words, unchanged } = texts.limits;
      const { concurrency, waiting, rate } = options;
      const subject = roleNamed(options.role);
      if (concurrency === undefined && waiting === undefined && rate === undefined) {
        return refusal(texts, words.nothing({ names: PARTS.map(({ name }) => name) }));
      }
      const { changed, pace } = await setPace(context, subject, { concurrency, waiting, rate });
      const role = subject && mention('role', subject);
      const is = words.is({ role, pace: writePace(texts, pace) });
      return changed ? answer('done', paceTitle, is) : answer('info', paceTitle, compose`${unchanged} ${is}`);
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate pace clear',
    description: (texts) => texts.commands['moderate pace clear'],
    options: [ROLE],
    async run(context) {
      const { texts } = context;
      const { paceTitle, pace: words } = texts.limits;
      const subject = roleNamed(context.options.role);
      const { before, pace } = await clearPace(context, subject);
      const role = subject && mention('role', subject);
      const instead = words.instead({ pace: writePace(texts, pace) });
      return before
        ? answer('done', paceTitle, compose`${words.gone({ role })} ${instead}`)
        : answer('info', paceTitle, compose`${words.none({ role })} ${instead}`);
    },
  }),
];
