import {
  type APIApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageComponentInteraction,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  RequestMethod,
  Routes,
} from 'discord.js';
import type { Answer, Button } from '../../../commands/command.ts';
import type { Log } from '../../log.ts';
import type { Card } from '../../replies/card.ts';
import type { Dispatch } from '../platform.ts';
import { acknowledge, openReply } from './acknowledge.ts';
import type { DiscordApi } from './api.ts';
import { parseCustomId } from './custom-id.ts';
import { loggable, toReplyError } from './errors.ts';
import { originOf, readCommand, userIdOf } from './origin.ts';
import type { Outgoing } from './outgoing.ts';
import { type DiscordRef, refOf } from './ref.ts';
import { renderCard } from './render.ts';

/**
 * What happens to an interaction, however it came in: acknowledged first, then translated and handed over, then its
 * answer is shown.
 */
export class Interactions {
  readonly #api: DiscordApi;
  readonly #outgoing: Outgoing;
  readonly #buttons: ReadonlyMap<string, Button>;
  readonly #log: Log;
  readonly #running = new Set<Promise<void>>();

  constructor(options: { api: DiscordApi; outgoing: Outgoing; buttons: readonly Button[]; log: Log }) {
    this.#api = options.api;
    this.#outgoing = options.outgoing;
    this.#buttons = new Map(options.buttons.map((button) => [button.action, button]));
    this.#log = options.log;
  }

  /** Handles one interaction to its end. Never rejects: what goes wrong is logged. */
  handle(interaction: APIInteraction, dispatch: Dispatch): Promise<void> {
    const handling = this.#handle(interaction, dispatch).catch((error: unknown) => {
      this.#log.error({ interaction: interaction.id, ...loggable(error) }, 'an interaction could not be answered');
    });
    this.#running.add(handling);
    return handling.finally(() => this.#running.delete(handling));
  }

  /** Resolves when no interaction is being handled any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #handle(interaction: APIInteraction, dispatch: Dispatch): Promise<void> {
    switch (interaction.type) {
      case InteractionType.ApplicationCommand:
        return this.#command(interaction, dispatch);
      case InteractionType.MessageComponent:
        return this.#press(interaction, dispatch);
      case InteractionType.ApplicationCommandAutocomplete:
        await acknowledge(this.#api, interaction, {
          type: InteractionResponseType.ApplicationCommandAutocompleteResult,
          data: { choices: [] },
        });
        return;
      case InteractionType.ModalSubmit:
        await acknowledge(this.#api, interaction, { type: InteractionResponseType.DeferredMessageUpdate });
        return;
    }
  }

  async #command(interaction: APIApplicationCommandInteraction, dispatch: Dispatch): Promise<void> {
    const reply = await this.#open(interaction);
    const answer = await dispatch.command({
      ...originOf(interaction),
      ...readCommand(interaction.data),
      channel: reply.channelId,
      reply,
    });
    await this.#show(answer, reply, 'new reply');
  }

  async #press(interaction: APIMessageComponentInteraction, dispatch: Dispatch): Promise<void> {
    const pressed = parseCustomId(interaction.data.custom_id);
    const answers = (pressed && this.#buttons.get(pressed.action)?.answers) ?? 'same reply';
    const reply = answers === 'new reply' ? await this.#open(interaction) : await this.#reopen(interaction);
    if (!pressed) return;
    const answer = await dispatch.press({ ...originOf(interaction), ...pressed, channel: reply.channelId, reply });
    await this.#show(answer, reply, answers);
  }

  /** A new reply, empty for now. */
  async #open(interaction: APIApplicationCommandInteraction | APIMessageComponentInteraction): Promise<DiscordRef> {
    const opened = await openReply(this.#api, interaction);
    return refOf(interaction, userIdOf(interaction), { ...opened, ephemeral: false });
  }

  /** The reply that the pressed button is on; this interaction's token edits it too. */
  async #reopen(interaction: APIMessageComponentInteraction): Promise<DiscordRef> {
    await acknowledge(this.#api, interaction, { type: InteractionResponseType.DeferredMessageUpdate });
    const { id, channel_id, flags = 0 } = interaction.message;
    return refOf(interaction, userIdOf(interaction), {
      channelId: channel_id,
      messageId: id,
      ephemeral: (flags & MessageFlags.Ephemeral) !== 0,
    });
  }

  async #show(answer: Answer, reply: DiscordRef, answers: Button['answers']): Promise<void> {
    if (answer.kind !== 'card') return;
    if (answer.audience === 'everyone') return this.#outgoing.update(reply, answer.card, 'answer');
    // Discord turns the first follow-up into the deferred reply, public as that is, so it has to be away before.
    if (answers === 'new reply') await this.#withdraw(reply);
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
    await this.#api.send('answer', {
      method: RequestMethod.Post,
      route: Routes.webhook(reply.applicationId, reply.token),
      bot: false,
      body: { ...renderCard(card, reply.locale), flags: MessageFlags.Ephemeral },
    });
  }
}
