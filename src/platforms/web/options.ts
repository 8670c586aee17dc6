import type { CommandOption, OptionValue } from '../../../commands/command.ts';

const FITS: Readonly<Record<CommandOption['type'], { words: string; test: (value: OptionValue) => boolean }>> = {
  string: { words: 'a text', test: (value) => typeof value === 'string' },
  integer: { words: 'a whole number', test: (value) => Number.isSafeInteger(value) },
  boolean: { words: 'true or false', test: (value) => typeof value === 'boolean' },
};

/**
 * Checks what a command relies on in any chat: required options are there, and each has its type. Which values an
 * option takes is left to the command, which says so on a card.
 * @returns what is wrong, in a sentence, or undefined.
 */
export function checkOptions(
  definitions: readonly CommandOption[],
  options: Readonly<Record<string, OptionValue>>,
): string | undefined {
  for (const { name, type, required } of definitions) {
    const value = options[name];
    if (value === undefined) {
      if (required) return `options.${name}: this option is required`;
    } else if (!FITS[type].test(value)) {
      return `options.${name}: expected ${FITS[type].words}, found ${JSON.stringify(value).slice(0, 50)}`;
    }
  }
  return undefined;
}
