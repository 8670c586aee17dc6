import type { Choice, CommandOption, OptionValue } from '../../../commands/options.ts';
import { idOf } from '../../domain/ids.ts';
import { channelsOf, PEOPLE, ROLES, type WebPerson } from './people.ts';

type Options = Readonly<Record<string, OptionValue>>;

/**
 * Values of an option that names somebody or something, with the names that people read.
 * @param person who is asking; nobody can name things that they cannot see.
 * @returns undefined for an option of another type.
 */
export function nameablesOf(type: CommandOption['type'], person: WebPerson): Choice[] | undefined {
  const roles = ROLES.map(({ id, name }) => ({ name, value: id }));
  switch (type) {
    case 'member':
      return PEOPLE.map(({ id, name }) => ({ name, value: id }));
    case 'role':
      return roles;
    case 'channel':
      return channelsOf(person).map(({ id, name }) => ({ name, value: id }));
    case 'mention':
      return [...PEOPLE.map(({ id, name }) => ({ name, value: idOf(id) })), ...roles];
    default:
      return undefined;
  }
}

/**
 * Whether everybody and everything that the options name is there for whoever names it.
 * @returns the problem in a sentence, or undefined.
 */
export function strangerIn(
  options: Options,
  definitions: readonly CommandOption[],
  person: WebPerson,
): string | undefined {
  for (const { name, type } of definitions) {
    const value = options[name];
    const ids = value === undefined ? undefined : nameablesOf(type, person)?.map((one) => one.value);
    if (ids?.every((id) => id !== value)) {
      return `options.${name}: expected one of ${ids.join(', ')}, found ${JSON.stringify(value).slice(0, 50)}`;
    }
  }
  return undefined;
}

/** The options with names in place of the ids that people do not say. */
export function asSaid(options: Options, definitions: readonly CommandOption[], person: WebPerson): Options {
  const said = Object.entries(options).map(([option, value]) => {
    const type = definitions.find(({ name }) => name === option)?.type;
    const named = type && nameablesOf(type, person)?.find((one) => one.value === value);
    return [option, named?.name ?? value];
  });
  return Object.fromEntries(said);
}

/** The roles of all members that are named in the options, by member id. */
export function rolesNamedIn(
  options: Options,
  definitions: readonly CommandOption[],
): Record<string, readonly string[]> {
  const named = definitions.flatMap(({ name, type }) => {
    const value = options[name];
    if (type === 'member') return PEOPLE.filter(({ id }) => id === value);
    return type === 'mention' ? PEOPLE.filter(({ id }) => idOf(id) === value) : [];
  });
  return Object.fromEntries(named.map(({ id, roles }) => [id, roles]));
}
