import type { Command } from '../../../commands/command.ts';
import type { CommandOption, OptionValue } from '../../../commands/options.ts';
import type { Failure } from '../../domain/failure.ts';

/** A field of a modal that can't be taken as it is. */
export interface FieldProblem {
  field: string;
  failure: Failure;
}

/** What was filled in, as the command's options, with what is wrong about it. */
export function checkFields(
  command: Command,
  values: Readonly<Record<string, string | true>>,
): { options: Record<string, OptionValue>; problems: FieldProblem[] } {
  const options: Record<string, OptionValue> = {};
  const problems: FieldProblem[] = [];
  for (const option of command.options) {
    const value = values[option.name];
    const failure = failureOf(option, value);
    if (failure) problems.push({ field: option.name, failure });
    else if (value !== undefined) options[option.name] = optionValueOf(option, value);
  }
  return { options, problems };
}

/** A text that a form wants and that is empty or too long. */
export function failureOfText(text: string | undefined, maximum: number | undefined): Failure | undefined {
  // Text of nothing but zero-width characters looks empty, so it is.
  if (text === undefined || !/[^\s\p{Default_Ignorable_Code_Point}]/u.test(text)) {
    return { code: 'prompt_empty', params: {} };
  }
  const length = [...text].length;
  if (maximum === undefined || length <= maximum) return undefined;
  return { code: 'prompt_too_long', params: { length, max: maximum } };
}

function failureOf(option: CommandOption, value: string | true | undefined): Failure | undefined {
  const { name, type, required, choices, minimum, maximum } = option;
  if (value === true) return undefined;
  if (type === 'string' && required) return failureOfText(value, option.maximumLength);
  if (value === undefined) return undefined;
  const expected = choices
    ? choices.map((choice) => choice.value).join(', ')
    : `${minimum ?? Number.MIN_SAFE_INTEGER} … ${maximum ?? Number.MAX_SAFE_INTEGER}`;
  const wrong: Failure = { code: 'option_value', params: { option: name, value: value.slice(0, 50), expected } };
  if (choices) return choices.some((choice) => String(choice.value) === value) ? undefined : wrong;
  if (type === 'boolean') return value === 'true' || value === 'false' ? undefined : wrong;
  if (type !== 'integer') return undefined;
  const number = /^[+-]?\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  const within = number >= (minimum ?? Number.MIN_SAFE_INTEGER) && number <= (maximum ?? Number.MAX_SAFE_INTEGER);
  return within ? undefined : wrong;
}

function optionValueOf(option: CommandOption, value: string | true): OptionValue {
  if (value === true) return true;
  const choice = option.choices?.find((one) => String(one.value) === value);
  if (choice) return choice.value;
  if (option.type === 'boolean') return value === 'true';
  return option.type === 'integer' ? Number(value) : value;
}
