import type { Tone } from '../../src/domain/card.ts';
import type { CommunityId, MemberId } from '../../src/domain/ids.ts';
import { compose, type Text } from '../../src/domain/text.ts';
import type { Texts } from '../../src/locales/texts.ts';
import type { Answer, Audience } from '../command.ts';
import { memberIn, option } from '../options.ts';
import { wrongValue } from '../read-options.ts';

/** Settings that all moderators' commands share. */
export const FOR_MODERATORS = { who: 'moderators', audience: (): Audience => 'requester' } as const;

/** An answer in words, for the moderator who asked. */
export function answer(tone: Tone, title: string, text: Text, notes: readonly Text[] = []): Answer {
  const card = { tone, title, text, fields: [], notes: [...notes], buttons: [] };
  return { kind: 'card', audience: 'requester', card };
}

/** Answers a change of a setting: says what applies now, and if nothing was changed, that it already did. */
export function settingAnswer(
  texts: Texts,
  changed: boolean,
  title: string,
  text: Text,
  notes?: readonly Text[],
): Answer {
  return changed
    ? answer('done', title, text, notes)
    : answer('info', title, compose`${texts.limits.unchanged} ${text}`, notes);
}

/** The answer that nothing was changed, and why. */
export function refusal(texts: Texts, text: Text): Answer {
  return answer('problem', texts.cards.refused, text);
}

/** The option `member` of commands that are about somebody. */
export const MEMBER = option.member('member', { description: (texts) => texts.options.member, required: true });

/** The option `member` of commands that can do without. */
export const ANY_MEMBER = option.member('member', { description: (texts) => texts.options.member });

/** The option `channel` of commands that are about one. */
export const CHANNEL = option.channel('channel', { description: (texts) => texts.options.channel, required: true });

/** The option `channel` of commands that can do without. */
export const ANY_CHANNEL = option.channel('channel', { description: (texts) => texts.options.channel });

/** The option `number`: the place in a list of an entry that is gone from the chat, so nobody can pick it there. */
export const NUMBER = option.integer('number', {
  description: (texts) => texts.options.number,
  minimum: 1,
  maximum: 1_000_000,
});

/**
 * A member named by a button or a form, as in `Origin.member`.
 * @throws {DailiesError} `option_value` for nobody of this platform.
 */
export function memberNamed(target: string, { community, texts }: { community: CommunityId; texts: Texts }): MemberId {
  const member = memberIn(target, { community });
  if (member === undefined) throw wrongValue(MEMBER, target, { texts });
  return member;
}
