import type { WireCommand, WireOption, WireValue } from '../wire.ts';

const TRUE = /^(true|yes|on|1)$/i;
const FALSE = /^(false|no|off|0)$/i;

/** Whether an option names somebody or something of the chat. */
export function namesSomebody(type: WireOption['type']): boolean {
  return type === 'member' || type === 'role' || type === 'channel' || type === 'mention';
}

/** A value that can be sent, or a sentence that says why there is none. */
export type Read = { value: WireValue } | { problem: string };

/** Reads what was typed for an option. Whether the value is allowed is for the server to say. */
export function readValue(option: WireOption, text: string): Read {
  const typed = text.trim();
  const choice = option.choices?.find(({ value }) => String(value).toLowerCase() === typed.toLowerCase());
  if (choice) return { value: choice.value };
  if (namesSomebody(option.type)) {
    const name = typed.replace(/^[@#]/, '').toLowerCase();
    const named = option.choices?.find((one) => one.name.toLowerCase() === name);
    return named ? { value: named.value } : { problem: `${option.name} takes ${expectation(option)}.` };
  }
  if (option.type === 'string') return { value: option.choices ? typed : text };
  if (option.type === 'boolean') {
    if (TRUE.test(typed)) return { value: true };
    if (FALSE.test(typed)) return { value: false };
  } else if (/^[+-]?\d+$/.test(typed) && Number.isSafeInteger(Number(typed))) {
    return { value: Number(typed) };
  }
  return { problem: `${option.name} takes ${expectation(option)}.` };
}

/** Reads all options of a command. What is empty was not given. */
export function readValues(
  command: WireCommand,
  texts: ReadonlyMap<string, string>,
): { values: Record<string, WireValue>; problems: Map<string, string> } {
  const values: Record<string, WireValue> = {};
  const problems = new Map<string, string>();
  for (const option of command.options) {
    const text = texts.get(option.name) ?? '';
    if (text.trim() === '') {
      if (option.required) problems.set(option.name, `${option.name} is needed: ${lowerFirst(option.description)}.`);
      continue;
    }
    const read = readValue(option, text);
    if ('problem' in read) problems.set(option.name, read.problem);
    else values[option.name] = read.value;
  }
  return { values, problems };
}

/** What the server will most likely object to, while it is being typed. */
export function foresee(option: WireOption, text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const read = readValue(option, text);
  if ('problem' in read) return read.problem;
  const { value } = read;
  if (typeof value === 'number' && option.choices === undefined) {
    const fits = value >= (option.minimum ?? -Infinity) && value <= (option.maximum ?? Infinity);
    return fits ? undefined : `${option.name} takes ${expectation(option)}.`;
  }
  const length = [...text.trim()].length;
  if (option.maximumLength !== undefined && length > option.maximumLength) {
    return `${option.name} has ${length} characters; the most is ${option.maximumLength}.`;
  }
  return undefined;
}

function expectation({ type, choices, minimum, maximum }: WireOption): string {
  if (choices) return `one of ${choices.map(({ name, value }) => (namesSomebody(type) ? name : value)).join(', ')}`;
  if (type === 'boolean') return 'true or false';
  if (minimum !== undefined && maximum !== undefined) return `a whole number from ${minimum} to ${maximum}`;
  return 'a whole number';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
