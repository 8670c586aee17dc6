import { broken, type Json, type Limit, length, list } from './rules.ts';

/** What is wrong with a form, by Discord's documentation: "Modal", "Label", "Text Input", "String Select". */
export function modalProblems(modal: object): string[] {
  const { custom_id, title, components } = modal as Json;
  const labels = list(components);
  const fields = labels.map(({ component }) => (component ?? {}) as Json);
  const problems = broken([
    ['modal.custom_id', length(custom_id), 1, 100],
    ['modal.title', length(title), 1, 45],
    ['modal.components', labels.length, 1, 5],
    ...labels.map(({ label }): Limit => ['label.label', length(label), 1, 45]),
    ...fields.map((field): Limit => ['input.value', length(field.value), 0, Number(field.max_length ?? 4000)]),
    ...fields.flatMap((field) => list(field.options)).map((one): Limit => ['option.label', length(one.label), 1, 100]),
  ]);
  if (labels.some(({ type }) => type !== 18)) problems.push('modal: expected labels only');
  for (const { type, label, min_values, required, options } of fields) {
    if (type !== 3 && type !== 4) problems.push(`modal: a field of type ${type}`);
    if (type === 4 && label !== undefined) problems.push('modal: a text input in a label has no label of its own');
    if (type === 3 && required === false && min_values !== 0)
      problems.push('modal: an optional select has min_values 0');
    if (type === 3 && list(options).length === 0) problems.push('modal: a select without options');
  }
  return problems;
}

/** What is wrong with command definitions, by Discord's documentation: "Application Commands". */
export function commandProblems(body: unknown): string[] {
  const commands = list(body);
  const names = commands.map(({ name }) => name);
  const problems = broken([['commands', commands.length, 0, 100]]);
  if (!Array.isArray(body)) problems.push('commands: must be a list');
  if (new Set(names).size !== names.length) problems.push('commands: names must be unique');
  return [
    ...problems,
    ...commands.flatMap((command) =>
      command.type === 3
        ? menuProblems(command)
        : [
            ...namedProblems(command),
            ...optionsProblems(list(command.options)),
            ...depthProblems(command),
            ...broken([[`${command.name} (all characters)`, commandSize(command), 1, MOST_CHARACTERS]]),
          ],
    ),
  ];
}

/** What a command may hold in all (Discord documentation, "Application Commands"). */
export const MOST_CHARACTERS = 8000;

/**
 * The characters that Discord counts of a command or an option: names, descriptions and values with all that is below
 * them; of a text in several languages the longest.
 */
export function commandSize(part: Json): number {
  const longest = (text: unknown, others: unknown) =>
    Math.max(length(text), ...Object.values((others ?? {}) as Json).map(length));
  return (
    longest(part.name, part.name_localizations) +
    longest(part.description, part.description_localizations) +
    length(part.value) +
    [...list(part.options), ...list(part.choices)].reduce((sum, below) => sum + commandSize(below), 0)
  );
}

/** Groups hold subcommands, and subcommands hold neither. */
function depthProblems({ name, options }: Json): string[] {
  return list(options).flatMap((option) => {
    const below = list(option.options).map(({ type }) => Number(type));
    const wrong = option.type === 2 ? below.some((type) => type !== 1) : below.some((type) => type === 1 || type === 2);
    const mixed = list(options).some(({ type }) => Number(type) > 2) && Number(option.type) <= 2;
    return wrong || mixed ? [`${name} ${option.name}: subcommands and options at a wrong depth`] : [];
  });
}

function namedProblems({ name, description, name_localizations, description_localizations }: Json): string[] {
  const descriptions = Object.values(description_localizations ?? {});
  const problems = broken([
    [`${name}.description`, length(description), 1, 100],
    ...descriptions.map((text): Limit => [`${name}.description_localizations`, length(text), 1, 100]),
  ]);
  for (const each of [name, ...Object.values(name_localizations ?? {})].map(String)) {
    if (!/^[-_\p{L}\p{N}]{1,32}$/u.test(each) || each !== each.toLowerCase()) problems.push(`${each}: not a name`);
  }
  return problems;
}

/** A command in a message's menu has a name and nothing else. */
function menuProblems({ name, description, options, name_localizations }: Json): string[] {
  const problems = broken(
    [name, ...Object.values(name_localizations ?? {})].map((text): Limit => ['menu.name', length(text), 1, 32]),
  );
  if (description || options) problems.push(`${name}: has a description or options`);
  return problems;
}

function optionsProblems(options: Json[]): string[] {
  const problems = broken([['options', options.length, 0, 25]]);
  const firstOptional = options.findIndex(({ required }) => !required);
  if (firstOptional >= 0 && options.slice(firstOptional).some(({ required }) => required)) {
    problems.push('options: required ones must come first');
  }
  for (const option of options) {
    const choices = list(option.choices);
    problems.push(...namedProblems(option));
    if (option.type === 1 || option.type === 2) {
      problems.push(...optionsProblems(list(option.options)));
      continue;
    }
    if (option.autocomplete && option.choices) problems.push(`${option.name}: autocomplete and choices`);
    problems.push(
      ...broken([
        ['choices', choices.length, 0, 25],
        ...choices.map(({ name }): Limit => ['choices.name', length(name), 1, 100]),
        ['max_length', Number(option.max_length ?? 1), 1, 6000],
        ['min_length', Number(option.min_length ?? 0), 0, 6000],
      ]),
    );
    const valueType = option.type === 3 ? 'string' : 'number';
    if (choices.some(({ value }) => typeof value !== valueType)) problems.push('choices: value of a wrong type');
    if (option.type === 5 && choices.length > 0) problems.push('choices: not for booleans');
  }
  return problems;
}
