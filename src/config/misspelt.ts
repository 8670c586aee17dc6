import { slipsBetween } from '../lib/nearest.ts';

/** Settings of other programs that often stand beside ours. */
const OTHERS = ['LOGLEVEL', 'DATADIR', 'DATA_DIRS'];

/** Words this short become another word by one other letter: `API` and `APP`, `PORT` and `POOL`. */
const SHORT = 4;
/** Words of at least this many letters may have two slips. */
const LONG = 8;

/**
 * Finds misspelt settings: what was meant, by the name that was given. The environment holds many names that are not
 * ours, so a name counts only when it is close to that of a setting that is missing.
 * @param given all names that have a value. @param known the names of all settings.
 */
export function findMisspelt(given: readonly string[], known: readonly string[]): ReadonlyMap<string, string> {
  // One word, such as PORT, has too many neighbours that mean something else.
  const missing = known.filter((name) => name.includes('_') && !given.includes(name));
  const found = new Map<string, string>();
  for (const name of given) {
    if (known.includes(name) || OTHERS.includes(name)) continue;
    const meant = missing.find((candidate) => isNear(name, candidate));
    if (meant !== undefined) found.set(name, meant);
  }
  return found;
}

function isNear(given: string, known: string): boolean {
  const name = given.toUpperCase();
  if (lettersOf(name) === lettersOf(known)) return true;
  const words = name.split('_');
  const meant = known.split('_');
  if (words.length !== meant.length) return false;
  const wrong = meant.filter((word, index) => word !== words[index]);
  return wrong.length === 1 && meant.every((word, index) => word === words[index] || isSlip(words[index] ?? '', word));
}

/** `DISCORDTOKEN` and `DISCORD-TOKEN` are read as `DISCORD_TOKEN`. */
function lettersOf(name: string): string {
  return name.replace(/[^A-Z0-9]/g, '');
}

function isSlip(given: string, meant: string): boolean {
  if (given.length > meant.length + 2 || slipsBetween(given, meant) > (meant.length >= LONG ? 2 : 1)) return false;
  const isSwap = [...given].sort().join('') === [...meant].sort().join('');
  return meant.length > SHORT || given.length !== meant.length || isSwap;
}
