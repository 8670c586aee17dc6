import type { Invocation } from '../../../commands/command.ts';
import type { CommandOption } from '../../../commands/options.ts';
import { idOf, parseId } from '../../domain/ids.ts';
import type { Team } from './clients.ts';
import { slackMember } from './interaction.ts';

/** The people named in options, by their ids in Slack. */
export function namedIn(options: Invocation['options'], all: readonly CommandOption[], team: Team): string[] {
  return all.flatMap(({ name, type }) => {
    const value = String(options[name] ?? '');
    if (type === 'member') return parseId(value)?.team === team.teamId ? [idOf(value)] : [];
    return type === 'mention' && /^[UW]/.test(value) ? [value] : [];
  });
}

/** A line names members by their ids in Slack; everything else knows them as in `Origin.member`. */
export function withMembers(
  options: Invocation['options'],
  all: readonly CommandOption[],
  team: Team,
): Invocation['options'] {
  const types = new Map(all.map(({ name, type }) => [name, type]));
  const entries = Object.entries(options);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, types.get(name) === 'member' ? slackMember(team, String(value)) : value]),
  );
}
