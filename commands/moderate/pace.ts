import { parseRate, type Rate } from '../../src/domain/rate.ts';
import { MOST_PACE } from '../../src/moderation/quotas.ts';
import type { Command, CommandContext } from '../command.ts';
import type { CommandOption } from '../options.ts';
import { answer, FOR_MODERATORS, refusal } from './answers.ts';
import { partsOf } from './quota-list.ts';
import { ROLE, roleOf } from './target.ts';
import { badValue } from './values.ts';

const PARTS: readonly CommandOption[] = [
  {
    name: 'concurrency',
    description: (texts) => texts.options.concurrency,
    type: 'integer',
    required: false,
    minimum: 1,
    maximum: MOST_PACE.concurrency,
  },
  {
    name: 'waiting',
    description: (texts) => texts.options.waiting,
    type: 'integer',
    required: false,
    minimum: 0,
    maximum: MOST_PACE.waiting,
  },
  {
    name: 'rate',
    description: (texts) => texts.options.rate,
    type: 'string',
    required: false,
    brief: 'word',
    minimumLength: 1,
    maximumLength: 20,
  },
];

/** `/moderate pace set · clear`: how fast members may go; without a role, everyone. */
export const paceCommands: readonly Command[] = [
  {
    ...FOR_MODERATORS,
    name: 'moderate pace set',
    description: (texts) => texts.commands['moderate pace set'],
    options: [...PARTS, ROLE],
    async run(context) {
      const { texts, desk } = context;
      const { paceTitle, pace: words, unchanged } = texts.limits;
      const subject = subjectOf(context);
      const [concurrency, waiting] = [whole(context, 'concurrency', 1), whole(context, 'waiting', 0)];
      const rate = rateOf(context);
      if (concurrency === undefined && waiting === undefined && rate === undefined) {
        return refusal(texts, words.nothing(PARTS.map(({ name }) => name).join(', ')));
      }
      const { changed, pace } = await desk.quotas.setPace(context, subject, { concurrency, waiting, rate });
      const is = words.is(subject, partsOf(pace));
      return changed ? answer('done', paceTitle, is) : answer('info', paceTitle, `${unchanged} ${is}`);
    },
  },
  {
    ...FOR_MODERATORS,
    name: 'moderate pace clear',
    description: (texts) => texts.commands['moderate pace clear'],
    options: [ROLE],
    async run(context) {
      const { texts, desk } = context;
      const { paceTitle, pace: words } = texts.limits;
      const subject = subjectOf(context);
      const { before, pace } = await desk.quotas.clearPace(context, subject);
      const instead = words.instead(partsOf(pace));
      return before
        ? answer('done', paceTitle, `${words.gone(subject)} ${instead}`)
        : answer('info', paceTitle, `${words.none(subject)} ${instead}`);
    },
  },
];

function subjectOf(context: CommandContext): string {
  return context.options.role === undefined ? '' : roleOf(context);
}

/** @throws {DailiesError} `option_value` for what is no whole number that fits. */
function whole({ options, texts }: CommandContext, name: 'concurrency' | 'waiting', minimum: number) {
  const given = options[name];
  if (given === undefined) return undefined;
  const [value, maximum] = [Number(given), MOST_PACE[name]];
  if (Number.isSafeInteger(value) && value >= minimum && value <= maximum && String(given).trim() !== '') return value;
  throw badValue(name, given, texts.limits.expected.whole(minimum, maximum));
}

/** @throws {DailiesError} `option_value` for what is no rate. */
function rateOf({ options, texts }: CommandContext): Rate | undefined {
  if (options.rate === undefined) return undefined;
  const rate = parseRate(String(options.rate).toLowerCase().replace(/\s/g, ''));
  if (!rate) throw badValue('rate', options.rate, texts.limits.expected.rate);
  return rate;
}
