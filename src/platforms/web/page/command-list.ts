import type { WireCommand } from '../wire.ts';
import { words } from './page-words.ts';
import type { PopupItem } from './popup.ts';

/** Fewest typed characters with which words inside names are searched as well. */
const ENOUGH = 3;

/**
 * The commands that fit the typed text, grouped by their first words: those that begin with it, followed by those
 * that contain its words anywhere, `/quota` in `/moderate quota set`.
 * @param typed the line.
 */
export function fittingCommands(typed: string, commands: readonly WireCommand[]): PopupItem[] {
  const line = typed.toLowerCase();
  if (!line.startsWith('/')) return [];
  const begin = commands.filter(({ name }) => `/${name}`.startsWith(line));
  const parts = line.slice(1).split(/\s+/).filter(Boolean);
  const hold = commands.filter((one) => line.length >= ENOUGH && !begin.includes(one) && holdsWords(one.name, parts));
  // After a whole name and a space, the options follow.
  const found = [...begin, ...hold].filter(({ name }) => !line.startsWith(`/${name} `));
  const names = commands.map(({ name }) => name);
  return groupedBy(found, ({ name }) => groupOf(name, names)).flatMap(([group, members]) =>
    members.map(({ name, description }) => ({
      value: name,
      label: `/${name}`,
      detail: description,
      group: group === '' ? words.everyone : `/${group}`,
    })),
  );
}

/** Whether each word begins one of the name's, in this order. */
function holdsWords(name: string, parts: readonly string[]): boolean {
  const rest = name.split(' ');
  return parts.every((word) => {
    const at = rest.findIndex((one) => one.startsWith(word));
    rest.splice(0, at + 1);
    return at >= 0;
  });
}

/** The first words that a name shares with another one; '' if there are none. */
function groupOf(name: string, names: readonly string[]): string {
  const parent = name.split(' ').slice(0, -1).join(' ');
  const shared = names.filter((one) => one.startsWith(`${parent} `)).length > 1;
  return parent === '' || shared ? parent : groupOf(parent, names);
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups];
}
