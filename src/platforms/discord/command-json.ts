import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  type LocalizationMap,
  PermissionFlagsBits,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command, MessageCommand } from '../../../commands/command.ts';
import type { CommandOption } from '../../../commands/options.ts';
import type { Texts } from '../../locales/texts.ts';
import { type Languages, localise, localiseName } from './localisations.ts';

type CommandJson = RESTPutAPIApplicationCommandsJSONBody[number];

/** Words, each with those that may follow it: a tree of commands and their subcommands. */
interface Branch {
  word: string;
  /** All words up to here. */
  path: string;
  command?: Command;
  branches: Branch[];
}

/** Commands to register with Discord. */
export interface Commands {
  commands: readonly Command[];
  messageCommands: readonly MessageCommand[];
  languages: Languages;
  /** Commands of one server have no places to choose: they are for everyone there. */
  guildId: string | undefined;
}

const OPTION_TYPES = {
  string: ApplicationCommandOptionType.String,
  integer: ApplicationCommandOptionType.Integer,
  boolean: ApplicationCommandOptionType.Boolean,
  member: ApplicationCommandOptionType.User,
  role: ApplicationCommandOptionType.Role,
  channel: ApplicationCommandOptionType.Channel,
  mention: ApplicationCommandOptionType.Mentionable,
} as const;

/**
 * Types of channel to choose from. Threads follow their parent, so a rule for a thread alone would never apply. Media
 * channels are missing because Discord's description of its API does not accept them here.
 */
const CHANNEL_TYPES = [
  ChannelType.GuildText,
  ChannelType.GuildVoice,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildStageVoice,
  ChannelType.GuildForum,
];

/** Discord's limits (Discord documentation, "Application Commands"). */
const LIMITS = { description: 100, choices: 25, choiceName: 100, label: 32 };

const { Guild, BotDM, PrivateChannel } = InteractionContextType;
const { GuildInstall, UserInstall } = ApplicationIntegrationType;

/** Where commands can be used, and through whose installation; moderators' commands concern a server. */
const PLACES: Record<Command['who'], Pick<CommandJson, 'contexts' | 'integration_types'>> = {
  members: { contexts: [Guild, BotDM, PrivateChannel], integration_types: [GuildInstall, UserInstall] },
  moderators: { contexts: [Guild], integration_types: [GuildInstall] },
};

/** Default visibility of commands; a server's moderators can change it in Discord, so it protects nothing. */
const DEFAULT_PERMISSIONS: Record<Command['who'], string | null> = {
  members: null,
  moderators: String(PermissionFlagsBits.ManageGuild),
};

/** The commands in the form that Discord registers. */
export function toDiscordCommands(all: Commands): CommandJson[] {
  const { languages, guildId } = all;
  const placesOf = (who: Command['who']) => ({
    default_member_permissions: DEFAULT_PERMISSIONS[who],
    ...(guildId === undefined ? PLACES[who] : {}),
  });
  return [
    ...growTree(all.commands).map(
      (branch): CommandJson => ({
        ...describe(branch, languages),
        ...placesOf(whoOf(branch)),
        type: ApplicationCommandType.ChatInput,
        options: optionsOf(branch, languages),
      }),
    ),
    ...all.messageCommands.map(({ label }): CommandJson => {
      const { text, others } = localise(languages, label, LIMITS.label);
      return {
        ...placesOf('members'),
        type: ApplicationCommandType.Message,
        name: text,
        ...told('name_localizations', others),
      };
    }),
  ];
}

function growTree(commands: readonly Command[]): Branch[] {
  const roots: Branch[] = [];
  for (const command of commands) {
    let level = roots;
    let path = '';
    let last: Branch | undefined;
    for (const word of command.name.split(' ')) {
      path = path ? `${path} ${word}` : word;
      last = level.find((branch) => branch.word === word);
      if (!last) {
        last = { word, path, branches: [] };
        level.push(last);
      }
      level = last.branches;
    }
    if (last) last.command = command;
  }
  return roots;
}

function leavesOf(branch: Branch): Command[] {
  return [...(branch.command ? [branch.command] : []), ...branch.branches.flatMap(leavesOf)];
}

/** A command is only for moderators if all its subcommands are. */
function whoOf(branch: Branch): Command['who'] {
  return leavesOf(branch).every(({ who }) => who === 'moderators') ? 'moderators' : 'members';
}

function describe({ word, path, command }: Branch, languages: Languages) {
  const describing = (texts: Texts) => {
    if (command) return command.description(texts);
    const words = texts.commands as Record<string, string | undefined>;
    return words[path] ?? words[word] ?? path;
  };
  const { text, others } = localise(languages, describing, LIMITS.description);
  return {
    name: word,
    ...told('name_localizations', localiseName(languages, word)),
    description: text,
    ...told('description_localizations', others),
  };
}

/** Translations, where there are any. */
function told(key: 'name_localizations' | 'description_localizations', others: LocalizationMap) {
  return Object.keys(others).length > 0 ? { [key]: others } : {};
}

// Discord's types tell each kind of option apart; here they are all made in the same way.
type OptionsJson = NonNullable<Extract<CommandJson, { type?: ApplicationCommandType.ChatInput }>['options']>;

function optionsOf({ command, branches }: Branch, languages: Languages): OptionsJson {
  if (branches.length === 0) {
    // Discord wants the required ones first.
    const options = (command?.options ?? []).toSorted((a, b) => Number(b.required) - Number(a.required));
    return options.map((option) => toDiscordOption(option, languages)) as OptionsJson;
  }
  return branches.map((branch) => ({
    ...describe(branch, languages),
    type:
      branch.branches.length > 0
        ? ApplicationCommandOptionType.SubcommandGroup
        : ApplicationCommandOptionType.Subcommand,
    options: optionsOf(branch, languages),
  })) as OptionsJson;
}

function toDiscordOption(option: CommandOption, languages: Languages) {
  const description = localise(languages, option.description, LIMITS.description);
  const isText = option.type === 'string';
  const choices = option.choices?.slice(0, LIMITS.choices).map(({ name, value }) => {
    const { text, others } = localise(languages, name, LIMITS.choiceName);
    return { name: text, ...told('name_localizations', others), value };
  });
  return {
    type: OPTION_TYPES[option.type],
    name: option.name,
    description: description.text,
    ...told('description_localizations', description.others),
    required: option.required,
    ...(option.type === 'channel' ? { channel_types: CHANNEL_TYPES } : {}),
    // Discord has its own choices for booleans.
    ...(option.complete && option.type !== 'boolean' ? { autocomplete: true } : choices && { choices }),
    ...(option.minimum === undefined ? {} : { min_value: option.minimum }),
    ...(option.maximum === undefined ? {} : { max_value: option.maximum }),
    ...(option.minimumLength === undefined || !isText ? {} : { min_length: option.minimumLength }),
    ...(option.maximumLength === undefined || !isText ? {} : { max_length: option.maximumLength }),
  };
}
