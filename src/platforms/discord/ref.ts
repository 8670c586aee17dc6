import { type APIInteraction, SnowflakeUtil } from 'discord.js';
import { z } from 'zod';
import { ReplyError, type ReplyRef } from '../../domain/reply.ts';
import { userIdOf, type Whereabouts } from './whereabouts.ts';

/** An interaction's token is good for 15 minutes (Discord documentation, "Receiving and Responding"). */
const TOKEN_LIFE_MS = 15 * 60_000;

/** A token is not used in its last half minute, so that an edit under way does not meet its end. */
const TOKEN_MARGIN_MS = 30_000;

/** Largest file where Discord states no limit: 10 MiB. */
export const DEFAULT_SIZE_LIMIT = 10 * 1024 * 1024;

const shape = z.object({
  platform: z.literal('discord'),
  applicationId: z.string(),
  token: z.string(),
  tokenExpiresAt: z.number(),
  channelId: z.string(),
  messageId: z.string(),
  guildId: z.string().nullable(),
  userId: z.string(),
  ephemeral: z.boolean(),
  /** Whether the bot is in the channel: not where only a user's own installation brought it. */
  botInChannel: z.boolean().default(true),
  /** The server whose generation is shown, if it is one of a server. */
  home: z.string().nullable().default(null),
  attachmentSizeLimit: z.number(),
  locale: z.string(),
});

/**
 * Where a reply is on Discord. While `token` lives (until `tokenExpiresAt`, ms), the message is edited as the
 * interaction's own; afterwards as a message in a channel, with the bot's token. An ephemeral one has no such second
 * way, nor has one in a channel without the bot. `attachmentSizeLimit` is in bytes.
 */
export type DiscordRef = Readonly<z.infer<typeof shape>>;

/** Reads back a stored reply ref. @throws {ReplyError} `invalid` when it is not one of Discord's. */
export function readRef(ref: ReplyRef): DiscordRef {
  const parsed = shape.safeParse(ref);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new ReplyError('invalid', `expected a reply ref of discord, found a wrong ${fields}`);
  }
  return parsed.data;
}

/** The reply ref of a message that belongs to an interaction: the deferred reply, or the one its button is on. */
export function refOf(
  interaction: APIInteraction,
  { home, botInChannel }: Whereabouts,
  message: { channelId: string; messageId: string; ephemeral: boolean },
): DiscordRef {
  return {
    platform: 'discord',
    applicationId: interaction.application_id,
    token: interaction.token,
    tokenExpiresAt: SnowflakeUtil.timestampFrom(interaction.id) + TOKEN_LIFE_MS,
    ...message,
    guildId: interaction.guild_id ?? null,
    userId: userIdOf(interaction),
    botInChannel,
    home: home ?? null,
    attachmentSizeLimit: interaction.attachment_size_limit ?? DEFAULT_SIZE_LIMIT,
    locale: 'locale' in interaction ? interaction.locale : 'en-US',
  };
}

/** The reply ref of a message that the bot posted unasked: it has no token and belongs to nobody. */
export function refOfPost(
  message: Pick<DiscordRef, 'channelId' | 'messageId' | 'locale'> & { guildId: string },
): DiscordRef {
  return {
    platform: 'discord',
    applicationId: '',
    token: '',
    tokenExpiresAt: 0,
    ...message,
    userId: '',
    ephemeral: false,
    botInChannel: true,
    home: message.guildId,
    attachmentSizeLimit: DEFAULT_SIZE_LIMIT,
  };
}

/** Whether a reply has a person, who can be written to when the reply is out of reach. */
export function isSomeones({ userId }: DiscordRef): boolean {
  return userId !== '';
}

/** Whether the interaction's token can still be used at `now` (ms). */
export function isTokenAlive(ref: Pick<DiscordRef, 'tokenExpiresAt'>, now: number): boolean {
  return now < ref.tokenExpiresAt - TOKEN_MARGIN_MS;
}

/** The link that leads Discord's own apps to a reply. */
export function linkTo({ guildId, channelId, messageId }: DiscordRef): string {
  return `https://discord.com/channels/${guildId ?? '@me'}/${channelId}/${messageId}`;
}

/**
 * The server to name in the buttons of a message, where the message is not in it.
 * @param guildId of the message; null for a direct message.
 */
export function homeOutside({ home }: DiscordRef, guildId: string | null): string | undefined {
  return home === null || home === guildId ? undefined : home;
}
