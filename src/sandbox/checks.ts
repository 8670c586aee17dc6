import { type Endpoint, MODELS, type Model, type ModelOption, type OptionName } from '../generation/models.ts';
import { findModelByApiName } from './catalogue.ts';

/** One thing that is wrong with a body, in the API's manner. */
export interface Issue {
  code: string;
  path: string[];
  message: string;
}

/** A checked body. */
export interface Checked {
  model: Model;
  prompt: string;
  body: Readonly<Record<string, unknown>>;
  /** Fields that the endpoint does not list for the model; they have no effect. */
  ignored: string[];
}

/** Checks a body against what the endpoint lists for the model. */
export function checkBody(body: unknown, endpoint: Endpoint): Checked | Issue[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return [issue('invalid_type', [], `Invalid input: expected object, received ${typeOf(body)}`)];
  }
  const fields = body as Record<string, unknown>;
  const model = findModelByApiName(fields.model);
  const { prompt } = fields;
  const issues: Issue[] = [];
  if (!model) {
    issues.push(
      issue('invalid_value', ['model'], `Invalid option: expected one of ${list(MODELS.map((m) => m.apiModel))}`),
    );
  }
  if (typeof prompt !== 'string') {
    issues.push(issue('invalid_type', ['prompt'], `Invalid input: expected string, received ${typeOf(prompt)}`));
  } else if (prompt.trim() === '') {
    issues.push(issue('too_small', ['prompt'], 'Too small: expected string to have >=1 characters'));
  }
  const known = model?.options.filter((option) => option.endpoints.includes(endpoint)) ?? [];
  for (const option of known) {
    const problem = problemOf(option, fields[option.field]);
    if (problem) issues.push(issue('invalid_value', [option.field], problem));
  }
  if (!model || typeof prompt !== 'string' || issues.length > 0) return issues;
  const names = ['model', 'prompt', ...known.map(({ field }) => field)];
  return { model, prompt, body: fields, ignored: Object.keys(fields).filter((name) => !names.includes(name)) };
}

/** The value that counts for an option: what the body says, else the catalogue's initial value. */
export function chosenValue(
  model: Model,
  endpoint: Endpoint,
  body: Readonly<Record<string, unknown>>,
  name: OptionName,
): unknown {
  const option = model.options.find((candidate) => candidate.name === name);
  if (!option) return undefined;
  const given = option.endpoints.includes(endpoint) ? body[option.field] : undefined;
  return given ?? (option.type === 'integer' ? undefined : option.initial);
}

function problemOf(option: ModelOption, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (option.type === 'choice') {
    return option.values.some((allowed) => allowed === value)
      ? undefined
      : `Invalid option: expected one of ${list(option.values)}`;
  }
  if (option.type === 'boolean') {
    return typeof value === 'boolean' ? undefined : `Invalid input: expected boolean, received ${typeOf(value)}`;
  }
  const fits = Number.isSafeInteger(value) && Number(value) >= option.minimum && Number(value) <= option.maximum;
  return fits ? undefined : `Invalid input: expected int from ${option.minimum} to ${option.maximum}`;
}

function issue(code: string, path: string[], message: string): Issue {
  return { code, path, message };
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function list(values: readonly (string | number)[]): string {
  return values.map((value) => JSON.stringify(value)).join('|');
}
