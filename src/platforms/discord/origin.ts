import {
  type APIApplicationCommandInteraction,
  type APIApplicationCommandInteractionDataOption,
  type APIInteraction,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  PermissionFlagsBits,
} from 'discord.js';
import type { OptionValue } from '../../../commands/command.ts';
import type { Origin } from '../../generation/origin.ts';

const MODERATES = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator;

/** The id of the person behind an interaction; in a server it is given with the member only. */
export function userIdOf(interaction: APIInteraction): string {
  const user = interaction.member?.user ?? interaction.user;
  if (!user) throw new TypeError('expected an interaction with a member or a user, got neither');
  return user.id;
}

/**
 * Who said something, where. In a server that only knows the app through a user's own installation, as in a direct
 * message, the person is a community of their own, and what they may do in that server counts for nothing.
 */
export function originOf(interaction: APIInteraction): Omit<Origin, 'channel' | 'reply'> {
  const userId = userIdOf(interaction);
  const { guild_id: guildId, member } = interaction;
  const owners = interaction.authorizing_integration_owners;
  const atHome = guildId !== undefined && owners?.[ApplicationIntegrationType.GuildInstall] !== undefined;
  return {
    community: atHome ? `discord:${guildId}` : `discord:user:${userId}`,
    member: `discord:${userId}`,
    roles: atHome ? (member?.roles ?? []) : [],
    moderator: atHome && (BigInt(member?.permissions ?? 0) & MODERATES) !== 0n,
    locale: 'locale' in interaction ? interaction.locale : 'en-US',
  };
}

/** A command's name with those of its subcommands (`moderate quota set`), and the options that were given. */
export function readCommand(data: APIApplicationCommandInteraction['data']): {
  command: string;
  options: Record<string, OptionValue>;
} {
  const names = [data.name];
  let given: readonly APIApplicationCommandInteractionDataOption[] = ('options' in data && data.options) || [];
  for (let first = given[0]; first && isSubcommand(first); first = given[0]) {
    names.push(first.name);
    given = first.options ?? [];
  }
  const options: Record<string, OptionValue> = {};
  for (const option of given) if ('value' in option) options[option.name] = option.value;
  return { command: names.join(' '), options };
}

function isSubcommand(option: APIApplicationCommandInteractionDataOption) {
  return (
    option.type === ApplicationCommandOptionType.Subcommand ||
    option.type === ApplicationCommandOptionType.SubcommandGroup
  );
}
