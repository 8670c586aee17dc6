import type { CommandOption, OptionValue } from '../../../commands/options.ts';
import { nameablesOf } from './naming.ts';
import type { Person } from './people.ts';

/** What is right for an option, in words and as a test. */
interface Fit {
  words: string;
  test: (value: OptionValue) => boolean;
}

const TEXT: Fit = { words: 'a text', test: (value) => typeof value === 'string' };
const INTEGER: Fit = { words: 'a whole number', test: (value) => Number.isSafeInteger(value) };
const BOOLEAN: Fit = { words: 'true or false', test: (value) => typeof value === 'boolean' };

function fitOf(type: CommandOption['type'], person: Person): Fit {
  const ids = nameablesOf(type, person)?.map(({ value }) => value);
  if (ids) return { words: `one of ${ids.join(', ')}`, test: (value) => ids.some((id) => id === value) };
  if (type === 'integer') return INTEGER;
  return type === 'boolean' ? BOOLEAN : TEXT;
}

/**
 * Checks what a command relies on in any chat: required options are there, each has its type, and whom or what it names
 * is there for whoever names it. Which values an option takes besides is left to the command, which says so on a card.
 * @returns what is wrong, in a sentence, or undefined.
 */
export function checkOptions(
  definitions: readonly CommandOption[],
  options: Readonly<Record<string, OptionValue>>,
  person: Person,
): string | undefined {
  for (const { name, type, required } of definitions) {
    const value = options[name];
    const { words, test } = fitOf(type, person);
    if (value === undefined) {
      if (required) return `options.${name}: this option is required`;
    } else if (!test(value)) {
      return `options.${name}: expected ${words}, found ${JSON.stringify(value).slice(0, 50)}`;
    }
  }
  return undefined;
}
