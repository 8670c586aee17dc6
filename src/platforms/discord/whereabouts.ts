import { type APIInteraction, ApplicationIntegrationType, InteractionContextType } from 'discord.js';

/** The id of the person behind an interaction; in a server it is given with the member only. */
export function userIdOf(interaction: APIInteraction): string {
  const user = interaction.member?.user ?? interaction.user;
  if (!user) throw new TypeError('expected an interaction with a member or a user, got neither');
  return user.id;
}

/** Which community an interaction belongs to, and whether the bot itself is where it happens. */
export interface Whereabouts {
  /** The server that the interaction belongs to; undefined for a person by themselves. */
  home: string | undefined;
  botInChannel: boolean;
}

/**
 * A server that only knows the app through a user's own installation does not count: there the bot is not in the
 * channel, and the person is a community of their own, as in a direct message.
 * @param named the server that a pressed button names, when it is shown outside that server.
 */
export function whereaboutsOf(interaction: APIInteraction, named?: string): Whereabouts {
  const { guild_id: guildId, authorizing_integration_owners: owners, context } = interaction;
  if (guildId === undefined) {
    return { home: named, botInChannel: context !== InteractionContextType.PrivateChannel };
  }
  const atHome = owners?.[ApplicationIntegrationType.GuildInstall] !== undefined;
  return { home: atHome ? guildId : named, botInChannel: atHome };
}
