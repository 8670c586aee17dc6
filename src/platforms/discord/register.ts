import { createHash } from 'node:crypto';
import { RequestMethod, Routes } from 'discord.js';
import type { Command, MessageCommand } from '../../../commands/command.ts';
import type { Log } from '../../lib/log.ts';
import type { DiscordApi } from './api.ts';
import { toDiscordCommands } from './command-json.ts';
import type { Languages } from './localisations.ts';

/** Where a little is remembered from one start to the next. */
export interface Settings {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<unknown>;
}

/**
 * Registers the commands with Discord, if they have changed since the last time. In one server they appear at once;
 * without `guildId` they are for all servers.
 * @param options.reach sends, and retries while Discord is out of reach.
 * @throws the errors of `reach` and of the settings.
 */
export async function registerCommands(options: {
  api: DiscordApi;
  settings: Settings;
  applicationId: string;
  guildId: string | undefined;
  commands: readonly Command[];
  messageCommands: readonly MessageCommand[];
  languages: Languages;
  log: Log;
  reach: (attempt: () => Promise<unknown>) => Promise<unknown>;
}): Promise<void> {
  const { api, settings, applicationId, guildId, log } = options;
  const body = toDiscordCommands(options);
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
