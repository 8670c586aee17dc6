import { PermissionFlagsBits as Permission } from 'discord.js';

/** All that the bot does in a channel; reading is to find a clip that was uploaded just before a crash. */
const NEEDED =
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.SendMessagesInThreads |
  Permission.EmbedLinks |
  Permission.AttachFiles |
  Permission.ReadMessageHistory;

/** The address where the bot is invited to a server, with the smallest permissions. */
export function inviteLink(applicationId: string): string {
  const url = new URL('https://discord.com/oauth2/authorize');
  url.searchParams.set('client_id', applicationId);
  url.searchParams.set('scope', 'bot applications.commands');
  url.searchParams.set('permissions', String(NEEDED));
  return url.href;
}
