import type { Ordered } from './billing.ts';
import {
  CATALOGUE,
  type Fields,
  findModel,
  type SandboxEndpoint,
  type SandboxField,
  type SandboxModel,
} from './catalogue.ts';

/** One thing that is wrong with a body, in the API's manner. */
export interface Issue {
  code: string;
  path: string[];
  message: string;
}

/** A checked body. */
export interface Checked {
  model: SandboxModel;
  prompt: string;
  body: Readonly<Record<string, unknown>>;
  /** Fields that the endpoint does not list for the model; they have no effect. */
  ignored: string[];
}

/** Checks a body against what the endpoint lists for the model. */
export function checkBody(body: unknown, endpoint: SandboxEndpoint): Checked | Issue[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return [issue('invalid_type', [], `Invalid input: expected object, received ${typeOf(body)}`)];
  }
  const given = body as Record<string, unknown>;
  const model = findModel(given.model);
  const fields = model?.fields[endpoint];
  const { prompt } = given;
  const issues: Issue[] = [];
  if (!fields) {
    const names = CATALOGUE.filter((candidate) => candidate.fields[endpoint]).map(({ name }) => name);
    issues.push(issue('invalid_value', ['model'], `Invalid option: expected one of ${list(names)}`));
  }
  if (typeof prompt !== 'string') {
    issues.push(issue('invalid_type', ['prompt'], `Invalid input: expected string, received ${typeOf(prompt)}`));
  } else if (prompt.trim() === '') {
    issues.push(issue('too_small', ['prompt'], 'Too small: expected string to have >=1 characters'));
  }
  for (const [name, field] of Object.entries(fields ?? {})) {
    const problem = given[name] === undefined ? undefined : problemOf(field, given[name]);
    if (problem) issues.push(issue('invalid_value', [name], problem));
  }
  if (!model || !fields || typeof prompt !== 'string' || issues.length > 0) return issues;
  const known = ['model', 'prompt', ...Object.keys(fields)];
  return { model, prompt, body: given, ignored: Object.keys(given).filter((name) => !known.includes(name)) };
}

/** A body as it was sent, and where to. */
export interface Sent {
  model: string;
  endpoint: SandboxEndpoint;
  body: Readonly<Record<string, unknown>>;
}

/** The value that counts for a field: the body's, else the initial one; undefined when the endpoint has no such field. */
export function chosenValue({ model, endpoint, body }: Sent, name: string): unknown {
  const fields: Fields = findModel(model)?.fields[endpoint] ?? {};
  const field = fields[name];
  if (!field) return undefined;
  return body[name] ?? ('initial' in field ? field.initial : undefined);
}

/** Extracts the options that determine a generation's price. */
export function orderedBy(sent: Sent): Ordered {
  return {
    resolution: String(chosenValue(sent, 'resolution')),
    seconds: Number(chosenValue(sent, 'duration') ?? 0),
    audio: chosenValue(sent, 'generate_audio') !== false,
  };
}

const expected = (what: string, value: unknown) => `Invalid input: expected ${what}, received ${typeOf(value)}`;

function problemOf(field: SandboxField, value: unknown): string | undefined {
  switch (field.type) {
    case 'choice':
      return field.values.some((allowed) => allowed === value)
        ? undefined
        : `Invalid option: expected one of ${list(field.values)}`;
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : expected('int', value);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : expected('boolean', value);
    case 'text':
      return typeof value === 'string' ? undefined : expected('string', value);
    case 'addresses':
      if (!Array.isArray(value) || value.some((address) => typeof address !== 'string')) {
        return expected('array of strings', value);
      }
      return value.length >= 1 && value.length <= field.most
        ? undefined
        : `Invalid input: expected array to have 1 to ${field.most} items`;
  }
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
