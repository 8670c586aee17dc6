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

/** Opens replies, and says what only one person shall read. */
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
   * A new reply, empty for now: where the scene is, or in a direct message when it is private or the channel takes none.
   * @returns undefined when there is no place to answer; the person has been told so then, as far as that goes.
   */
  async open(scene: SlackInteraction, alone: boolean): Promise<SlackRef | undefined> {
    const words = textsFor(scene.person.locale, 'slack').slack;
    let why = alone && !isAlone(scene) ? words.inDirectMessage : undefined;
    if (!alone && scene.channelId !== undefined) {
      try {
        return await this.#post(scene, scene.channelId, scene.threadTs);
      } catch (error) {
        if (isDisconnected(error)) return await this.#unanswerable(scene, words.disconnected, error);
        if (isOutside(error)) why = words.notMember;
        else if (isClosed(error)) why = words.closed;
        else throw error;
        this.#log.info({ channel: scene.channelId, ...loggable(error) }, 'a channel takes no messages from the app');
      }
    }
    try {
      const { channel } = await this.#clients.patiently(scene.team, (client) =>
        client.conversations.open({ users: scene.userId }),
      );
      const ref = await this.#post(scene, channel?.id ?? '', null);
      if (why !== undefined) await this.whisper(scene, renderWord(why));
      return ref;
    } catch (error) {
      if (toReplyError(error).kind !== 'gone' && refusalOf(error) === undefined) throw error;
      const word = isDisconnected(error) ? words.disconnected : words.noDirectMessage;
      return await this.#unanswerable(scene, word, error);
    }
  }

  /** A place for an answer that only the person will see, and that does not last. */
  openPrivately(scene: SlackInteraction): SlackRef {
    const at = { channelId: scene.channelId ?? '', ts: '' };
    if (scene.responseUrl === undefined) return refIn(scene, { kind: 'none', ...at });
    return refIn(scene, { kind: 'ephemeral', ...at, responseUrl: scene.responseUrl });
  }

  /** Shows an answer. @param reply what was opened for it, or what the pressed button is on. */
  async show(
    scene: SlackInteraction,
    answer: Answer,
    reply: SlackRef,
    answers: Button['answers'] | 'private word',
  ): Promise<void> {
    if (answer.kind === 'form')
      return this.openModal(scene, formView(answer.form, placeOf(scene, reply), reply.locale));
    if (answer.kind !== 'card') return;
    const { card } = answer;
    const openly = answers !== 'private word' && answer.audience === 'everyone';
    if (openly) {
      // A private message's own address can replace it, but takes no files.
      if (reply.kind === 'message') return this.#showOpenly(reply, card);
      return this.#outgoing.update(reply, await this.#withFilesDirectly(scene, card), { last: true });
    }
    if (answers === 'new reply') await this.#outgoing.remove(reply);
    await this.whisper(scene, renderPrivately(scene, await this.#withFilesDirectly(scene, card)));
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
  async #withFilesDirectly(scene: SlackInteraction, card: Card): Promise<Card> {
    if (!card.files?.length) return card;
    const words = textsFor(scene.person.locale, 'slack').slack;
    const channel = await this.#files.shareDirectly(scene.team, scene.userId, card);
    if (channel === undefined) return { ...card, notes: [...card.notes, words.filesLost] };
    return channel === scene.channelId ? card : { ...card, notes: [...card.notes, words.filesInDirectMessage] };
  }

  /** Opens a modal; if the trigger is too old, the person is told to try again. */
  async openModal(scene: SlackInteraction, view: ReturnType<typeof wordView>): Promise<void> {
    try {
      const client = await this.#clients.of(scene.team);
      await client.views.open({ trigger_id: scene.triggerId ?? '', view });
    } catch (error) {
      const tooLate = /trigger/.test(refusalOf(error) ?? '') || toReplyError(error).kind !== 'invalid';
      if (!tooLate) this.#log.error(loggable(error), 'a form could not be opened');
      else this.#log.info(loggable(error), 'a form could not be opened in time');
      await this.whisper(
        { ...scene, triggerId: undefined },
        renderWord(textsFor(scene.person.locale, 'slack').slack.expired),
      );
    }
  }

  /** Says something to the person alone, by whichever way is open. Never throws. */
  async whisper(scene: SlackInteraction, body: SlackMessage): Promise<void> {
    const { team, userId, channelId, responseUrl, triggerId } = scene;
    const ways: (() => Promise<unknown>)[] = [];
    if (responseUrl !== undefined) ways.push(() => this.#responseUrls.send(responseUrl, body, 'new'));
    if (channelId !== undefined && !isAlone(scene)) {
      const thread = scene.threadTs === null ? {} : { thread_ts: scene.threadTs };
      ways.push(() =>
        this.#clients.patiently(team, (client) =>
          client.chat.postEphemeral({ channel: channelId, user: userId, ...thread, ...body }),
        ),
      );
    }
    if (triggerId !== undefined && responseUrl === undefined) {
      const view = wordView(body, scene.person.locale);
      ways.push(async () => (await this.#clients.of(team)).views.open({ trigger_id: triggerId, view }));
    }
    ways.push(() => this.#direct(scene, body));
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

  async #unanswerable(scene: SlackInteraction, word: string, error: unknown): Promise<undefined> {
    this.#log.warn({ team: scene.team.teamId, ...loggable(error) }, 'there is no place to answer a person');
    await this.whisper({ ...scene, triggerId: undefined }, renderWord(word));
    return undefined;
  }

  /** Posts an empty reply; a public channel that the app is not in is joined first, if the app may. */
  async #post(scene: SlackInteraction, channelId: string, threadTs: string | null): Promise<SlackRef> {
    const { team } = scene;
    const body = renderWord(textsFor(scene.person.locale, 'slack').slack.opening);
    const post = () =>
      this.#clients.patiently(team, (client) =>
        client.chat.postMessage({ channel: channelId, ...body, ...UNFURL, ...(threadTs && { thread_ts: threadTs }) }),
      );
    const posted = await joining({ clients: this.#clients, log: this.#log }, { team, channelId }, post);
    return refIn(scene, { kind: 'message', channelId: posted.channel ?? channelId, ts: posted.ts ?? '', threadTs });
  }
}

/** A card as a word to one person, whom no mention in it can disturb. */
export function renderPrivately({ team, person }: SlackInteraction, card: Card): SlackMessage {
  return renderCard(card, { teamId: team.teamId, locale: person.locale, shared: false });
}

/** Where what comes of a form belongs: beside what it was opened from. */
function placeOf(scene: SlackInteraction, reply: SlackRef) {
  return {
    channel: scene.channelId ?? reply.channelId,
    thread: scene.threadTs,
    alone: reply.kind !== 'message',
  };
}
