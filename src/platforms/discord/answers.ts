import { MessageFlags, RequestMethod, Routes } from 'discord.js';
import type { Answer } from '../../../commands/command.ts';
import type { Card } from '../../domain/card.ts';
import type { Log } from '../../lib/log.ts';
import type { DiscordApi } from './api.ts';
import { toReplyError } from './errors.ts';
import type { DiscordOutgoing } from './outgoing.ts';
import { type DiscordRef, homeOutside } from './ref.ts';
import { renderCard } from './render.ts';
import { packed } from './upload.ts';

/** Shows the outcome of a command, press or form, after it was acknowledged. */
export class DiscordAnswers {
  readonly #api: DiscordApi;
  readonly #outgoing: DiscordOutgoing;
  readonly #log: Log;

  constructor({ api, outgoing, log }: { api: DiscordApi; outgoing: DiscordOutgoing; log: Log }) {
    this.#api = api;
    this.#outgoing = outgoing;
    this.#log = log;
  }

  /**
   * @param reply the newly opened one, or the one with the pressed button.
   * @throws {ReplyError} and the REST client's errors.
   */
  async show(answer: Answer, reply: DiscordRef, which: 'new reply' | 'same reply'): Promise<void> {
    if (answer.kind === 'generation') return;
    if (answer.kind !== 'card') {
      // A new reply that nobody fills would say "thinking…" for a quarter of an hour.
      if (which === 'new reply') await this.#withdraw(reply);
      return;
    }
    const alone = which === 'new reply' && reply.ephemeral;
    if (answer.audience === 'everyone' || alone) {
      await this.#outgoing.update(reply, answer.card, { way: 'answer' });
      return;
    }
    // Discord turns the first follow-up into the deferred reply, public as that is, so it has to be away before.
    if (which === 'new reply') await this.#withdraw(reply);
    await this.#whisper(reply, answer.card);
  }

  async #withdraw(reply: DiscordRef): Promise<void> {
    try {
      await this.#api.send('answer', {
        method: RequestMethod.Delete,
        route: Routes.webhookMessage(reply.applicationId, reply.token, '@original'),
        bot: false,
      });
    } catch (error) {
      if (toReplyError(error).kind !== 'gone') throw error;
    }
  }

  /** A message that only the person behind the interaction sees. */
  async #whisper(reply: DiscordRef, card: Card): Promise<void> {
    const body = renderCard(card, { locale: reply.locale, home: homeOutside(reply, reply.guildId) });
    const { way, content } = await packed({ ...body, flags: MessageFlags.Ephemeral }, card.files, 'answer', this.#log);
    await this.#api.send(way, {
      method: RequestMethod.Post,
      route: Routes.webhook(reply.applicationId, reply.token),
      bot: false,
      ...content,
    });
  }
}
