import {
  type APIApplicationCommandAutocompleteInteraction,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageApplicationCommandInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
} from 'discord.js';
import type { Audience, Button, Command, Dispatch, MessageCommand } from '../../../commands/command.ts';
import type { Form } from '../../../commands/form.ts';
import { systemClock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { within } from '../../lib/within.ts';
import { textsFor } from '../../locales/languages.ts';
import { failureCard } from '../../replies/problem-card.ts';
import { acknowledge, isEphemeral, openReply } from './acknowledge.ts';
import { DiscordAnswers } from './answers.ts';
import type { DiscordApi } from './api.ts';
import { parseCustomId } from './custom-id.ts';
import { loggable } from './errors.ts';
import { readForm, readMessageText, toModal } from './forms.ts';
import { Gate } from './gate.ts';
import { communityOf, originOf, readCommand, rolesNamedIn } from './interaction-origin.ts';
import type { DiscordOutgoing } from './outgoing.ts';
import { type DiscordRef, refOf } from './ref.ts';
import { renderCard } from './render.ts';
import { toSuggestions } from './suggestions.ts';
import { type Whereabouts, whereaboutsOf } from './whereabouts.ts';

/** Dependencies of `Interactions`. */
export interface InteractionsParts {
  api: DiscordApi;
  outgoing: DiscordOutgoing;
  commands: readonly Command[];
  buttons: readonly Button[];
  messageCommands: readonly MessageCommand[];
  log: Log;
}

/** Longest time to prepare a form, in ms; within Discord's 3 seconds this leaves time to say that it is late. */
const FORM_MS = 2_200;

/** The language under whose words the message commands are registered. */
const REGISTERED_LOCALE = 'en-US';

/**
 * Handles an interaction, however it came in: acknowledges it, translates it and passes it on, then shows the answer. A
 * form is the exception: it is the acknowledgement itself.
 */
export class Interactions {
  readonly #parts: InteractionsParts;
  readonly #api: DiscordApi;
  readonly #answers: DiscordAnswers;
  readonly #gate = new Gate();
  readonly #running = new Set<Promise<void>>();

  constructor(parts: InteractionsParts) {
    this.#parts = parts;
    this.#api = parts.api;
    this.#answers = new DiscordAnswers(parts);
  }

  /** Handles one interaction to its end. Never rejects: failures are logged. */
  handle(interaction: APIInteraction, dispatch: Dispatch): Promise<void> {
    const handling = this.#handle(interaction, dispatch).catch((error: unknown) => {
      this.#parts.log.error(
        { interaction: interaction.id, ...loggable(error) },
        'an interaction could not be answered',
      );
    });
    this.#running.add(handling);
    return handling.finally(() => this.#running.delete(handling));
  }

  /** Resolves once no interaction is being handled. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #handle(interaction: APIInteraction, dispatch: Dispatch): Promise<void> {
    switch (interaction.type) {
      case InteractionType.ApplicationCommand:
        if (interaction.data.type === ApplicationCommandType.ChatInput) {
          return this.#command(interaction as APIChatInputApplicationCommandInteraction, dispatch);
        }
        if (interaction.data.type === ApplicationCommandType.Message) {
          return this.#message(interaction as APIMessageApplicationCommandInteraction, dispatch);
        }
        return;
      case InteractionType.MessageComponent:
        return this.#press(interaction, dispatch);
      case InteractionType.ApplicationCommandAutocomplete:
        return this.#complete(interaction, dispatch);
      case InteractionType.ModalSubmit:
        return this.#submit(interaction, dispatch);
    }
  }

  async #command(interaction: APIChatInputApplicationCommandInteraction, dispatch: Dispatch): Promise<void> {
    const where = whereaboutsOf(interaction);
    const { command, options } = readCommand(interaction.data, interaction.guild_id);
    const known = this.#parts.commands.find(({ name }) => name === command);
    const rolesOf = rolesNamedIn(interaction, where, interaction.data.resolved);
    const reply = await this.#open(interaction, where, known?.audience(options) ?? 'requester');
    const origin = originOf(interaction, where, reply);
    await this.#answers.show(
      await dispatch.command({ ...origin, command, options, ...(rolesOf && { rolesOf }), localisedNames: true }),
      reply,
      'new reply',
    );
  }

  async #press(interaction: APIMessageComponentInteraction, dispatch: Dispatch): Promise<void> {
    const pressed = parseCustomId(interaction.data.custom_id);
    const where = whereaboutsOf(interaction, pressed?.home);
    const button = pressed && this.#parts.buttons.find(({ action }) => action === pressed.action);
    const answers = button?.answers ?? 'same reply';
    if (answers === 'form') return this.#openForm(interaction, where, dispatch, pressed);
    const same = isEphemeral(interaction.message) ? 'requester' : 'everyone';
    const reply =
      answers === 'new reply'
        ? await this.#open(interaction, where, button?.audience?.(pressed?.target ?? '') ?? same)
        : await this.#reopen(interaction, where);
    if (!pressed) return;
    const { action, target } = pressed;
    const origin = originOf(interaction, where, reply);
    await this.#answers.show(await dispatch.press({ ...origin, action, target }), reply, answers);
  }

  /** Opens a button's form. A refusal, or a form that takes too long, is reported in private. */
  async #openForm(
    interaction: APIMessageComponentInteraction,
    where: Whereabouts,
    dispatch: Dispatch,
    pressed: { action: string; target: string } | undefined,
  ): Promise<void> {
    if (!pressed) return;
    const reply = refOfPressed(interaction, where);
    const { action, target } = pressed;
    const origin = originOf(interaction, where, reply);
    const answer = await inTime(dispatch.press({ ...origin, action, target }));
    if (answer === 'late') return this.#refuse(interaction);
    if (answer.kind === 'form') return this.#showForm(interaction, where, answer.form);
    if (answer.kind !== 'card') return this.#refuse(interaction);
    await acknowledge(this.#api, interaction, {
      type: InteractionResponseType.ChannelMessageWithSource,
      data: { ...renderCard(answer.card, { locale: origin.locale }), flags: MessageFlags.Ephemeral },
    });
  }

  async #message(interaction: APIMessageApplicationCommandInteraction, dispatch: Dispatch): Promise<void> {
    const where = whereaboutsOf(interaction);
    const texts = textsFor(REGISTERED_LOCALE);
    const used = this.#parts.messageCommands.find(({ label }) => label(texts) === interaction.data.name);
    const { locale } = interaction;
    const community = communityOf(interaction, where);
    const form =
      used && (await inTime(dispatch.message(used.name, readMessageText(interaction.data), { community, locale })));
    await (form && form !== 'late' ? this.#showForm(interaction, where, form) : this.#refuse(interaction));
  }

  async #submit(interaction: APIModalSubmitInteraction, dispatch: Dispatch): Promise<void> {
    const sent = parseCustomId(interaction.data.custom_id);
    const where = whereaboutsOf(interaction, sent?.home);
    const alone = interaction.message !== undefined && isEphemeral(interaction.message);
    const reply = await this.#open(interaction, where, alone || !sent ? 'requester' : 'everyone');
    const origin = originOf(interaction, where, reply);
    const { action: form = '', target = '' } = sent ?? {};
    const answer = await dispatch.submit({ ...origin, form, target, values: readForm(interaction.data) });
    await this.#answers.show(answer, reply, 'new reply');
  }

  async #complete(interaction: APIApplicationCommandAutocompleteInteraction, dispatch: Dispatch): Promise<void> {
    const where = whereaboutsOf(interaction);
    const { command, options, focused } = readCommand(interaction.data, interaction.guild_id);
    const channelId = interaction.channel?.id ?? '';
    const reply = refOf(interaction, where, { channelId, messageId: '', ephemeral: true });
    const origin = originOf(interaction, where, reply);
    const { name: option = '', typed = '' } = focused ?? {};
    const choices = toSuggestions(await dispatch.complete({ ...origin, command, options, option, typed }));
    await acknowledge(this.#api, interaction, {
      type: InteractionResponseType.ApplicationCommandAutocompleteResult,
      data: { choices },
    });
  }

  async #showForm(interaction: APIInteraction, { home }: Whereabouts, form: Form): Promise<void> {
    await acknowledge(this.#api, interaction, {
      type: InteractionResponseType.Modal,
      data: toModal(form, home === interaction.guild_id ? undefined : home),
    });
  }

  async #refuse(interaction: APIInteraction): Promise<void> {
    const locale = 'locale' in interaction ? interaction.locale : REGISTERED_LOCALE;
    const texts = textsFor(locale);
    const card = failureCard(texts, { code: 'internal', params: {} });
    await acknowledge(this.#api, interaction, {
      type: InteractionResponseType.ChannelMessageWithSource,
      data: { ...renderCard(card, { locale }), flags: MessageFlags.Ephemeral },
    });
  }

  /** A new reply, empty for now. */
  async #open(interaction: APIInteraction, where: Whereabouts, audience: Audience): Promise<DiscordRef> {
    const alone = audience === 'requester';
    const opened = await this.#gate.acknowledged(() => openReply(this.#api, interaction, alone));
    return refOf(interaction, where, opened);
  }

  /** The reply that the pressed button is on; this interaction's token edits it too. */
  async #reopen(interaction: APIMessageComponentInteraction, where: Whereabouts): Promise<DiscordRef> {
    const type = InteractionResponseType.DeferredMessageUpdate;
    await this.#gate.acknowledged(() => acknowledge(this.#api, interaction, { type }));
    const reply = refOfPressed(interaction, where);
    this.#parts.outgoing.noteToken(reply);
    return reply;
  }
}

/** Waits for a form; `late` if it takes longer than Discord allows for showing one. */
async function inTime<T>(work: Promise<T>): Promise<T | 'late'> {
  const made = await within(systemClock, FORM_MS, work);
  return made ? made.value : 'late';
}

function refOfPressed(interaction: APIMessageComponentInteraction, where: Whereabouts): DiscordRef {
  const { id, channel_id } = interaction.message;
  const ephemeral = isEphemeral(interaction.message);
  return refOf(interaction, where, { channelId: channel_id, messageId: id, ephemeral });
}
