import type { APIApplicationCommandOptionChoice } from 'discord.js';
import type { Choice } from '../../../commands/options.ts';
import { shortenTo } from '../../domain/text.ts';

/** Discord's limits (Discord documentation, "Application Command Option Choice Structure"). */
const LIMITS = { choices: 25, name: 100 };

/** Choices offered to a member while typing. */
export function toSuggestions(choices: readonly Choice[]): APIApplicationCommandOptionChoice[] {
  return choices.slice(0, LIMITS.choices).map(({ name, value }) => ({ name: shortenTo(name, LIMITS.name), value }));
}
