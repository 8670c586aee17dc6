import type { Answer, Button } from '../../../commands/command.ts';
import type { Card } from '../../domain/card.ts';
import type { Log } from '../../lib/log.ts';
import { textsFor } from '../../locales/languages.ts';
import type { Clients } from './clients.ts';
import { isClosed, isDisconnected, isOutside, loggable, refusalOf, toReplyError } from './errors.ts';
import type { Files } from './files.ts';
import { isAlone, refIn, type SlackInteraction } from './interaction.ts';
import { joining } from './join-channel.ts';
import { formView, wordView } from './modal.ts';
import type { SlackOutgoing } from './outgoing.ts';
import { isDirect, type SlackRef } from './ref.ts';
import { renderCard, renderWord, type SlackMessage } from './render.ts';
import type { ResponseUrls } from './response-urls.ts';

/** Never a preview of something that a person linked to. */
const UNFURL = { unfurl_links: false, unfurl_media: false } as const;

/** Opens replies, and posts messages that only one person may read. */
export class SlackAnswers {
  readonly #clients: Clients;
  readonly #outgoing: SlackOutgoing;
  readonly #responseUrls: ResponseUrls;
  readonly #files: Files;
  readonly #log: Log;

  constructor(parts: {
    clients: Clients;
    outgoing: SlackOutgoing;
    responseUrls: ResponseUrls;
    files: Files;
    log: Log;
  }) {
    this.#clients = parts.clients;
    this.#outgoing = parts.outgoing;
    this.#responseUrls = parts.responseUrls;
    this.#files = parts.files;
    this.#log = parts.log;
  }

  /**
   * Opens a new, empty reply: where the interaction was, or in a direct message when it is private or the channel
   * accepts none.
   * @returns undefined when there is no place to answer; the person has been told so, as far as possible.
   */
  async open(interaction: SlackInteraction, alone: boolean): Promise<SlackRef | undefined> {
    const words = textsFor(interaction.person.locale, 'slack').slack;
    let why = alone && !isAlone(interaction) ? words.inDirectMessage : undefined;
    if (!alone && interaction.channelId !== undefined) {
      try {
        return await this.#post(interaction, interaction.channelId, interaction.threadTs);
      } catch (error) {
        if (isDisconnected(error)) return await this.#unanswerable(interaction, words.disconnected, error);
        if (isOutside(error)) why = words.notMember;
        else if (isClosed(error)) why = words.closed;
        else throw error;
        this.#log.info(
          { channel: interaction.channelId, ...loggable(error) },
          'a channel takes no messages from the app',
        );
      }
    }
    try {
      const { channel } = await this.#clients.patiently(interaction.team, (client) =>
        client.conversations.open({ users: interaction.userId }),
      );
      const ref = await this.#post(interaction, channel?.id ?? '', null);
      if (why !== undefined) await this.whisper(interaction, renderWord(why));
      return ref;
    } catch (error) {
      if (toReplyError(error).kind !== 'gone' && refusalOf(error) === undefined) throw error;
      const word = isDisconnected(error) ? words.disconnected : words.noDirectMessage;
      return await this.#unanswerable(interaction, word, error);
    }
  }

  /** A place for an answer that only the person will see, and that does not last. */
  openPrivately(interaction: SlackInteraction): SlackRef {
    const at = { channelId: interaction.channelId ?? '', ts: '' };
    if (interaction.responseUrl === undefined) return refIn(interaction, { kind: 'none', ...at });
    return refIn(interaction, { kind: 'ephemeral', ...at, responseUrl: interaction.responseUrl });
  }

  /** Shows an answer. @param reply the one opened for it, or the one with the pressed button. */
  async show(
    interaction: SlackInteraction,
    answer: Answer,
    reply: SlackRef,
    answers: Button['answers'] | 'private word',
  ): Promise<void> {
    if (answer.kind === 'form')
      return this.openModal(interaction, formView(answer.form, placeOf(interaction, reply), reply.locale));
    if (answer.kind !== 'card') return;
    const { card } = answer;
    const openly = answers !== 'private word' && answer.audience === 'everyone';
    if (openly) {
      // A private message's own address can replace it, but takes no files.
      if (reply.kind === 'message') return this.#showOpenly(reply, card);
      return this.#outgoing.update(reply, await this.#withFilesDirectly(interaction, card), { last: true });
    }
    if (answers === 'new reply') await this.#outgoing.remove(reply);
    await this.whisper(interaction, renderPrivately(interaction, await this.#withFilesDirectly(interaction, card)));
  }

  /** Puts the files below a message: into its thread, or one after another in a direct message. */
  async #showOpenly(reply: SlackRef, card: Card): Promise<void> {
    await this.#outgoing.update(reply, card, { last: true });
    if (!card.files?.length) return;
    const { channelId, ts } = reply;
    const threadTs = reply.threadTs ?? (isDirect(channelId) ? null : ts);
    if (await this.#files.share(reply, { channelId, threadTs }, card)) return;
    const note = textsFor(reply.locale, 'slack').slack.filesLost;
    await this.#outgoing.update(reply, { ...card, notes: [...card.notes, note] }, { last: true });
  }

  /** Sends a card's files, which a private word can't hold, and says in the card where they are. */
  async #withFilesDirectly(interaction: SlackInteraction, card: Card): Promise<Card> {
    if (!card.files?.length) return card;
    const words = textsFor(interaction.person.locale, 'slack').slack;
    const channel = await this.#files.shareDirectly(interaction.team, interaction.userId, card);
    if (channel === undefined) return { ...card, notes: [...card.notes, words.filesLost] };
    return channel === interaction.channelId ? card : { ...card, notes: [...card.notes, words.filesInDirectMessage] };
  }

  /** Opens a modal; if the trigger is too old, asks the person to try again. */
  async openModal(interaction: SlackInteraction, view: ReturnType<typeof wordView>): Promise<void> {
    try {
      const client = await this.#clients.of(interaction.team);
      await client.views.open({ trigger_id: interaction.triggerId ?? '', view });
    } catch (error) {
      const tooLate = /trigger/.test(refusalOf(error) ?? '') || toReplyError(error).kind !== 'invalid';
      if (!tooLate) this.#log.error(loggable(error), 'a form could not be opened');
      else this.#log.info(loggable(error), 'a form could not be opened in time');
      await this.whisper(
        { ...interaction, triggerId: undefined },
        renderWord(textsFor(interaction.person.locale, 'slack').slack.expired),
      );
    }
  }

  /** Says something to the person alone, by whichever way is open. Never throws. */
  async whisper(interaction: SlackInteraction, body: SlackMessage): Promise<void> {
    const { team, userId, channelId, responseUrl, triggerId } = interaction;
    const ways: (() => Promise<unknown>)[] = [];
    if (responseUrl !== undefined) ways.push(() => this.#responseUrls.send(responseUrl, body, 'new'));
    if (channelId !== undefined && !isAlone(interaction)) {
      const thread = interaction.threadTs === null ? {} : { thread_ts: interaction.threadTs };
      ways.push(() =>
        this.#clients.patiently(team, (client) =>
          client.chat.postEphemeral({ channel: channelId, user: userId, ...thread, ...body }),
        ),
      );
    }
    if (triggerId !== undefined && responseUrl === undefined) {
      const view = wordView(body, interaction.person.locale);
      ways.push(async () => (await this.#clients.of(team)).views.open({ trigger_id: triggerId, view }));
    }
    ways.push(() => this.#direct(interaction, body));
    for (const way of ways) {
      try {
        await way();
        return;
      } catch (error) {
        this.#log.debug(loggable(error), 'one way to answer a person is closed');
      }
    }
    this.#log.warn({ team: team.teamId }, 'there was no way left to answer a person');
  }

  async #direct({ team, userId }: SlackInteraction, body: SlackMessage): Promise<void> {
    const { channel } = await this.#clients.patiently(team, (client) => client.conversations.open({ users: userId }));
    await this.#clients.patiently(team, (client) =>
      client.chat.postMessage({ channel: channel?.id ?? '', ...body, ...UNFURL }),
    );
  }

  async #unanswerable(interaction: SlackInteraction, word: string, error: unknown): Promise<undefined> {
    this.#log.warn({ team: interaction.team.teamId, ...loggable(error) }, 'there is no place to answer a person');
    await this.whisper({ ...interaction, triggerId: undefined }, renderWord(word));
    return undefined;
  }

  /** Posts an empty reply; a public channel that the app is not in is joined first, if the app may. */
  async #post(interaction: SlackInteraction, channelId: string, threadTs: string | null): Promise<SlackRef> {
    const { team } = interaction;
    const body = renderWord(textsFor(interaction.person.locale, 'slack').slack.opening);
    const post = () =>
      this.#clients.patiently(team, (client) =>
        client.chat.postMessage({ channel: channelId, ...body, ...UNFURL, ...(threadTs && { thread_ts: threadTs }) }),
      );
    const posted = await joining({ clients: this.#clients, log: this.#log }, { team, channelId }, post);
    return refIn(interaction, {
      kind: 'message',
      channelId: posted.channel ?? channelId,
      ts: posted.ts ?? '',
      threadTs,
    });
  }
}

/** A card as a message to one person, so its mentions notify nobody. */
export function renderPrivately({ team, person }: SlackInteraction, card: Card): SlackMessage {
  return renderCard(card, { teamId: team.teamId, locale: person.locale, shared: false });
}

/** Finds where the outcome of a form is shown: beside the message from which it was opened. */
function placeOf(interaction: SlackInteraction, reply: SlackRef) {
  return {
    channel: interaction.channelId ?? reply.channelId,
    thread: interaction.threadTs,
    alone: reply.kind !== 'message',
  };
}
