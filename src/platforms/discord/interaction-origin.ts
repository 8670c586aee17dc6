import {
  type APIApplicationCommandInteractionDataOption,
  type APIInteraction,
  type APIInteractionDataResolved,
  ApplicationCommandOptionType,
  ChannelType,
  type InteractionType,
  PermissionFlagsBits,
} from 'discord.js';
import { EVERYONE } from '../../../commands/command.ts';
import type { OptionValue } from '../../../commands/options.ts';
import { type CommunityId, channelId, communityId, memberId, personalCommunityId } from '../../domain/ids.ts';
import type { Origin } from '../../domain/origin.ts';
import type { DiscordRef } from './ref.ts';
import { userIdOf, type Whereabouts } from './whereabouts.ts';

const MODERATES = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator;

/** Channels that belong to another one, whose rules they follow. */
const THREADS: readonly unknown[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
] satisfies ChannelType[];

/** The community that an interaction belongs to. */
export function communityOf(interaction: APIInteraction, { home }: Whereabouts): CommunityId {
  return home === undefined ? personalCommunityId('discord', userIdOf(interaction)) : communityId('discord', home);
}

/** Who said something, and where. Rights in a server count only in that server. */
export function originOf(interaction: APIInteraction, where: Whereabouts, reply: DiscordRef): Origin {
  const { home } = where;
  const userId = userIdOf(interaction);
  const member = home !== undefined && home === interaction.guild_id ? interaction.member : undefined;
  const { channel } = interaction;
  const parent = channel && THREADS.includes(channel.type) && 'parent_id' in channel ? channel.parent_id : undefined;
  const direct = home === undefined || interaction.guild_id === undefined;
  return {
    community: communityOf(interaction, where),
    channel: channelId(reply.channelId),
    ...(parent ? { parentChannel: channelId(parent) } : {}),
    direct,
    member: memberId('discord', userId),
    roles: member?.roles ?? [],
    moderator: (BigInt(member?.permissions ?? 0) & MODERATES) !== 0n,
    locale: 'locale' in interaction ? interaction.locale : 'en-US',
    reply,
    alone: reply.ephemeral && !direct,
  };
}

/** The roles of the members that a command names, as far as they are known in the server it belongs to. */
export function rolesNamedIn(
  { guild_id: guildId }: APIInteraction,
  { home }: Whereabouts,
  resolved: Resolved | undefined,
): Record<string, string[]> | undefined {
  if (home === undefined || home !== guildId) return undefined;
  const members = Object.entries(resolved?.members ?? {});
  if (members.length === 0) return undefined;
  return Object.fromEntries(members.map(([id, { roles }]) => [memberId('discord', id), roles]));
}

/** Details from Discord about the people that a command names. */
type Resolved = Pick<APIInteractionDataResolved, 'users' | 'members'>;

/** A command as it was typed; `focused` is the option that is being typed in an autocompletion. */
interface ReadCommand {
  /** With the names of its subcommands: `moderate quota set`. */
  command: string;
  /** The options that were given, without the focused one. */
  options: Record<string, OptionValue>;
  focused: { name: string; typed: string } | undefined;
}

/**
 * Reads a command, used or being typed.
 * @param guildId the server in which it was: the id of its role @everyone, too (Discord documentation, "Permissions"),
 *   which no member's roles list.
 */
export function readCommand(
  data: {
    name: string;
    options?: readonly APIApplicationCommandInteractionDataOption<InteractionType>[] | undefined;
    resolved?: Resolved | undefined;
  },
  guildId: string | undefined,
): ReadCommand {
  const names = [data.name];
  let given = data.options ?? [];
  for (let first = given[0]; first && isSubcommand(first); first = given[0]) {
    names.push(first.name);
    given = first.options ?? [];
  }
  const options: Record<string, OptionValue> = {};
  let focused: ReadCommand['focused'];
  for (const option of given) {
    if (!('value' in option)) continue;
    if ('focused' in option && option.focused) focused = { name: option.name, typed: String(option.value) };
    else options[option.name] = readValue(option.type, option.value, guildId, data.resolved);
  }
  return { command: names.join(' '), options, focused };
}

/** @param resolved whom the command names; of somebody who is not in the server, nothing but this says that it is no role. */
function readValue(
  type: ApplicationCommandOptionType,
  value: OptionValue,
  guildId: string | undefined,
  { users = {}, members = {} }: Resolved = {},
): OptionValue {
  const { User, Role, Mentionable } = ApplicationCommandOptionType;
  const isOutsider = String(value) in users && !(String(value) in members);
  if (type === User || (type === Mentionable && isOutsider)) return memberId('discord', String(value));
  return (type === Role || type === Mentionable) && value === guildId ? EVERYONE : value;
}

function isSubcommand(option: APIApplicationCommandInteractionDataOption<InteractionType>) {
  return (
    option.type === ApplicationCommandOptionType.Subcommand ||
    option.type === ApplicationCommandOptionType.SubcommandGroup
  );
}
