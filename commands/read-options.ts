import { DailiesError } from '../src/domain/failure.ts';
import { nearest } from '../src/lib/nearest.ts';
import { fittingOf, readValue } from './option-values.ts';
import type { CommandOption, OptionValue, ReadingPlace, ReadOptions } from './options.ts';

/** Raw values by option name, as a platform passes them on or a member typed them. */
type Given = Readonly<Record<string, OptionValue | undefined>>;

/**
 * Reads all options of a command or form. A required one that is missing is read as if it were empty.
 * @throws {DailiesError} `option_unknown`, `option_value`.
 */
export async function readOptions<O extends readonly CommandOption[]>(
  options: O,
  given: Given,
  place: ReadingPlace,
): Promise<ReadOptions<O>> {
  const known = options.map(({ name }) => name);
  const stranger = Object.keys(given).find((name) => given[name] !== undefined && !known.includes(name));
  if (stranger !== undefined) throw unknownOption(stranger, known);
  const values: Record<string, unknown> = {};
  for (const one of options) {
    const value = given[one.name] ?? (one.required ? '' : undefined);
    if (value !== undefined) values[one.name] = await readOption(one, value, place);
  }
  return values as ReadOptions<O>;
}

/** Reads one option. @throws {DailiesError} `option_value`. */
async function readOption<V>(
  one: CommandOption<string, V>,
  given: OptionValue,
  place: ReadingPlace,
): Promise<Exclude<V, undefined>> {
  const plain = readValue(one, given);
  const value = plain === undefined || !one.read ? plain : await one.read(String(plain), place);
  if (value === undefined) throw wrongValue(one, given, place);
  return value as Exclude<V, undefined>;
}

/** The refusal of an option's value. */
export function wrongValue(
  one: CommandOption,
  given: OptionValue,
  { texts }: Pick<ReadingPlace, 'texts'>,
): DailiesError<'option_value'> {
  return badValue(one.name, given, one.expected?.(texts) ?? fittingOf(one) ?? '…');
}

/** Refuses a value. @param expected the values that would fit, in the reader's language. */
export function badValue(
  name: string,
  given: unknown,
  expected: DailiesError<'option_value'>['params']['expected'],
): DailiesError<'option_value'> {
  const text = String(given).replace(/\p{C}/gu, '');
  const value = text.length > 50 ? `${text.slice(0, 50)}…` : text;
  return new DailiesError('option_value', { option: name, value, expected });
}

/** Refuses the name of an option that does not exist. @param name as it was typed. */
export function unknownOption(name: string, options: readonly string[]): DailiesError<'option_unknown'> {
  const shown = name.replace(/\p{C}/gu, '').slice(0, 50);
  const near = nearest(name.toLowerCase().replace(/^-+/, '').replaceAll('-', '_'), options) ?? null;
  return new DailiesError('option_unknown', { option: shown, options: [...options], nearest: near });
}
