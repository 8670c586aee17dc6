import type { Tone } from '../../src/domain/card.ts';
import type { Texts } from '../../src/locales/texts.ts';
import type { Answer, Audience, CommandContext } from '../command.ts';
import type { CommandOption } from '../options.ts';
import { badValue } from './values.ts';

/** What moderators' commands have in common. */
export const FOR_MODERATORS = { who: 'moderators', audience: (): Audience => 'requester' } as const;

/** An answer in words, for the moderator who asked. */
export function answer(tone: Tone, title: string, text: string, notes: readonly string[] = []): Answer {
  const card = { tone, title, text, fields: [], notes: [...notes], buttons: [] };
  return { kind: 'card', audience: 'requester', card };
}

/** The answer that nothing was changed, and why. */
export function refusal(texts: Texts, text: string): Answer {
  return answer('problem', texts.cards.refused, text);
}

/** The option `member`. */
export const MEMBER: CommandOption = {
  name: 'member',
  description: (texts) => texts.options.member,
  type: 'member',
  required: true,
};

/** The option `channel`. */
export const CHANNEL: CommandOption = {
  name: 'channel',
  description: (texts) => texts.options.channel,
  type: 'channel',
  required: true,
};

/** The option `number`: the place in a list of what is not in the chat any more, so that nobody can pick it there. */
export const NUMBER: CommandOption = {
  name: 'number',
  description: (texts) => texts.options.number,
  type: 'integer',
  required: false,
  minimum: 1,
  maximum: 1_000_000,
};

const MEMBER_ID = /^[\w:/-]{2,99}\w$/;
const CHANNEL_ID = /^[\w:-]{1,100}$/;

/** The member who is named, as in `Origin.member`. @throws {DailiesError} `option_value` for nobody of this platform. */
export function memberOf({
  options,
  community,
  texts,
}: Pick<CommandContext, 'options' | 'community' | 'texts'>): string {
  const member = String(options.member ?? '');
  const platform = community.split(':', 1)[0] ?? '';
  if (member.startsWith(`${platform}:`) && MEMBER_ID.test(member)) return member;
  throw badValue('member', member, texts.conduct.memberExpected);
}

/** The channel that is named, by the platform's own id. @throws {DailiesError} `option_value` for what is no id. */
export function channelOf({ options, texts }: CommandContext): string {
  const channel = String(options.channel ?? '');
  if (CHANNEL_ID.test(channel)) return channel;
  throw badValue('channel', channel, texts.conduct.channelExpected);
}
