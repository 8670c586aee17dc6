import {
  type APIInteraction,
  type APIInteractionResponse,
  type APIMessage,
  InteractionResponseType,
  MessageFlags,
  type RESTPostAPIInteractionCallbackWithResponseResult,
  RequestMethod,
  Routes,
} from 'discord.js';
import { systemClock } from '../../lib/clock.ts';
import { within } from '../../lib/within.ts';
import type { DiscordApi } from './api.ts';
import { isAlreadyAcknowledged, toReplyError } from './errors.ts';

/** Where the message is that Discord opened for an answer. */
export interface OpenedReply {
  channelId: string;
  messageId: string;
  ephemeral: boolean;
}

type Acknowledged = RESTPostAPIInteractionCallbackWithResponseResult;

/**
 * How long to wait for an answer before trying again, in ms; Discord waits 3 seconds. The first attempt stays open, as
 * its answer may only be late.
 */
const REPEAT_AFTER_MS = 1_300;

/**
 * Acknowledges an interaction; Discord waits 3 seconds for it. An attempt that fails on its way or gets
 * no answer is repeated once, because the member would otherwise read "did not respond".
 * @returns Discord's answer; undefined when an attempt arrived, but its answer was lost.
 * @throws the REST client's errors, also when another process has acknowledged it and does the work.
 */
export async function acknowledge(
  api: DiscordApi,
  interaction: APIInteraction,
  response: APIInteractionResponse,
): Promise<Acknowledged | undefined> {
  const attempt = async () =>
    (await api.send('acknowledge', {
      method: RequestMethod.Post,
      route: Routes.interactionCallback(interaction.id, interaction.token),
      bot: false,
      body: response,
      query: new URLSearchParams({ with_response: 'true' }),
    })) as Acknowledged;
  const first = attempt();
  try {
    const early = await within(systemClock, REPEAT_AFTER_MS, first);
    if (early) return early.value;
  } catch (error) {
    if (toReplyError(error).kind !== 'unavailable') throw error;
  }
  const outcomes = await Promise.any([first, attempt()]).catch((error: AggregateError) => error);
  if (!(outcomes instanceof AggregateError)) return outcomes;
  const refusals = outcomes.errors.filter(isAlreadyAcknowledged);
  // One of two was: the other attempt had arrived, only its answer was lost.
  if (refusals.length === 1) return undefined;
  throw refusals[0] ?? outcomes.errors[1];
}

/**
 * Opens a reply that says "thinking…", for everyone or only the requester. Discord answers with the message's id; only
 * callbacks that bring a message include the message itself (Discord's specification, InteractionCallbackResponse).
 * @throws the REST client's errors.
 */
export async function openReply(
  api: DiscordApi,
  interaction: APIInteraction,
  ephemeral: boolean,
): Promise<OpenedReply> {
  const answer = await acknowledge(api, interaction, {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    ...(ephemeral ? { data: { flags: MessageFlags.Ephemeral } } : {}),
  }).catch((error: unknown) => {
    // An attempt may have arrived all the same; then the member reads "thinking…", and the message is there.
    if (toReplyError(error).kind !== 'unavailable') throw error;
  });
  const { response_message_id: messageId, response_message_ephemeral } = answer?.interaction ?? {};
  const channelId = interaction.channel?.id;
  // A server may make the replies of a user's own installation private.
  if (messageId && channelId) return { channelId, messageId, ephemeral: response_message_ephemeral ?? ephemeral };
  const message = (await api.send('answer', {
    method: RequestMethod.Get,
    route: Routes.webhookMessage(interaction.application_id, interaction.token, '@original'),
    bot: false,
  })) as APIMessage;
  return { channelId: message.channel_id, messageId: message.id, ephemeral: isEphemeral(message) };
}

/** Whether only the requester sees a message. */
export function isEphemeral({ flags = 0 }: { flags?: number | undefined }): boolean {
  return (flags & MessageFlags.Ephemeral) !== 0;
}
