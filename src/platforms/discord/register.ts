import { createHash } from 'node:crypto';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  RequestMethod,
  Routes,
} from 'discord.js';
import type { Command, CommandOption } from '../../../commands/command.ts';
import type { Log } from '../../log.ts';
import { type Texts, textsFor } from '../../texts/texts.ts';
import type { DiscordApi } from './api.ts';

/** Where a little is remembered from one start to the next. */
export interface Settings {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<unknown>;
}

type CommandJson = Omit<RESTPostAPIChatInputApplicationCommandsJSONBody, 'default_member_permissions'> & {
  default_member_permissions: number | null;
};
type OptionJson = NonNullable<CommandJson['options']>[number];

const OPTION_TYPES = {
  string: ApplicationCommandOptionType.String,
  integer: ApplicationCommandOptionType.Integer,
  boolean: ApplicationCommandOptionType.Boolean,
} as const;

/** Discord's limits (Discord documentation, "Application Commands"). */
const LIMITS = { description: 100, choices: 25, choiceName: 100 };

/**
 * What Discord offers to whom by itself; a server's moderators can change it there. Discord's specification of its REST
 * interface has a number here, its documentation a string.
 */
const DEFAULT_PERMISSIONS: Record<Command['who'], number | null> = {
  members: null,
  moderators: Number(PermissionFlagsBits.ManageGuild),
};

/** The commands as Discord wants them told. */
function toDiscordCommands(commands: readonly Command[], texts: Texts): CommandJson[] {
  return commands.map((command) => ({
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: shorten(command.description(texts), LIMITS.description),
    default_member_permissions: DEFAULT_PERMISSIONS[command.who],
    // Discord wants the required ones first.
    options: command.options
      .toSorted((a, b) => Number(b.required) - Number(a.required))
      .map((option) => toDiscordOption(option, texts)),
  }));
}

function toDiscordOption(option: CommandOption, texts: Texts): OptionJson {
  const choices = option.choices?.slice(0, LIMITS.choices).map(({ name, value }) => ({
    name: shorten(name(texts), LIMITS.choiceName),
    value,
  }));
  const json = {
    type: OPTION_TYPES[option.type],
    name: option.name,
    description: shorten(option.description(texts), LIMITS.description),
    required: option.required,
    ...(choices ? { choices } : {}),
    ...(option.minimum === undefined ? {} : { min_value: option.minimum }),
    ...(option.maximum === undefined ? {} : { max_value: option.maximum }),
    ...(option.minimumLength === undefined ? {} : { min_length: option.minimumLength }),
    ...(option.maximumLength === undefined ? {} : { max_length: option.maximumLength }),
  };
  return json as OptionJson;
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/**
 * Tells Discord the commands, when they differ from those told last. In one server they are there at once; without
 * `guildId` they are for all servers.
 * @param options.reach sends, and again while Discord is out of reach.
 * @throws what `reach` and the settings throw.
 */
export async function registerCommands(options: {
  api: DiscordApi;
  settings: Settings;
  applicationId: string;
  guildId: string | undefined;
  commands: readonly Command[];
  log: Log;
  reach: (attempt: () => Promise<unknown>) => Promise<unknown>;
}): Promise<void> {
  const { api, settings, applicationId, guildId, log } = options;
  const body = toDiscordCommands(options.commands, textsFor('en-US'));
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const key = `discord:commands:${applicationId}:${guildId ?? 'global'}`;
  if ((await settings.get(key)) === hash) return;
  const route = guildId
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);
  await options.reach(() => api.send('answer', { method: RequestMethod.Put, route, bot: true, body }));
  await settings.set(key, hash);
  log.info({ commands: body.length, guild: guildId ?? 'all' }, 'commands registered with Discord');
}
