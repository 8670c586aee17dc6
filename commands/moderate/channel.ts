import { compose, mention } from '../../src/domain/text.ts';
import type { Texts } from '../../src/locales/texts.ts';
import { clearChannel, listChannels, setChannel } from '../../src/moderation/channel-lists.ts';
import { type Command, createCommand } from '../command.ts';
import { type ListContext, type LongList, pageOf } from './long-list.ts';
import { ANY_CHANNEL, answer, CHANNEL, FOR_MODERATORS, NUMBER, refusal, settingAnswer } from './moderators-answer.ts';

/** `/moderate channel allow · deny · clear · list`: where videos may be made. */
export const channelCommands: readonly Command[] = [
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate channel allow',
    description: (texts) => texts.commands['moderate channel allow'],
    options: [CHANNEL],
    async run(context) {
      const { texts, options } = context;
      const { channels: words } = texts.conduct;
      const { channel } = options;
      const { rules, changed } = await setChannel(context, channel, true);
      const text = words.allowed({ channel: mention('channel', channel) });
      return settingAnswer(texts, changed, words.title, text, consequences(texts, rules));
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate channel deny',
    description: (texts) => texts.commands['moderate channel deny'],
    options: [CHANNEL],
    async run(context) {
      const { texts, options } = context;
      const { channels: words } = texts.conduct;
      const { channel } = options;
      const { rules, changed } = await setChannel(context, channel, false);
      const text = words.denied({ channel: mention('channel', channel) });
      return settingAnswer(texts, changed, words.title, text, consequences(texts, rules));
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate channel clear',
    description: (texts) => texts.commands['moderate channel clear'],
    options: [ANY_CHANNEL, NUMBER],
    async run(context) {
      const { texts, options } = context;
      const { channels: words } = texts.conduct;
      const given = ([ANY_CHANNEL.name, NUMBER.name] as const).filter((name) => options[name] !== undefined);
      if (given.length !== 1)
        return refusal(texts, texts.limits.pace.nothing({ names: [ANY_CHANNEL.name, NUMBER.name] }));
      const channel = options.channel ?? (await numbered(context, options.number ?? 0));
      if (channel === undefined) return refusal(texts, words.noNumber({ number: options.number ?? 0 }));
      const { rules, found } = await clearChannel(context, channel);
      const text = found
        ? words.cleared({ channel: mention('channel', channel) })
        : words.unlisted({ channel: mention('channel', channel) });
      return answer(found ? 'done' : 'info', words.title, text, consequences(texts, rules));
    },
  }),
  createCommand({
    ...FOR_MODERATORS,
    name: 'moderate channel list',
    description: (texts) => texts.commands['moderate channel list'],
    options: [],
    async run(context) {
      return { kind: 'card', audience: 'requester', card: pageOf(context.texts, await channelList(context)) };
    },
  }),
];

/** Where videos may be made and where not, the allowed channels first. */
export async function channelList(context: ListContext): Promise<LongList> {
  const { channels: words } = context.texts.conduct;
  const rules = await listChannels(context);
  return {
    name: 'channels',
    title: words.title,
    empty: words.everywhere,
    lines: rules.map(
      ({ channel, allowed }, index) =>
        compose`${index + 1}. ${mention('channel', channel)}: ${allowed ? words.isAllowed : words.isDenied}`,
    ),
    notes: rules.length > 0 ? consequences(context.texts, rules) : [],
  };
}

/** The channel with a number of the list; undefined when there is none. */
async function numbered(context: ListContext, number: number): Promise<string | undefined> {
  const rules = await listChannels(context);
  return rules[number - 1]?.channel;
}

/** Says what the rules mean for channels that have no rule of their own. */
function consequences({ conduct }: Texts, rules: readonly { allowed: boolean }[]): string[] {
  const { channels: words } = conduct;
  if (rules.length === 0) return [words.everywhere];
  return [rules.some(({ allowed }) => allowed) ? words.onlyAllowed : words.allOthers, words.threads];
}
