import { writeFileSync } from 'node:fs';
import en from '../src/locales/en.json' with { type: 'json' };
import type { Messages } from '../src/locales/format.ts';
import { hasParameters, type Parameter, parseMessage } from '../src/locales/icu.ts';

/** `npm run messages`: writes the types of the English messages' parameters, which TypeScript can't read from JSON. */

const FILE = new URL('../src/locales/messages.ts', import.meta.url);

/** Every message of a language by its path: "cards.queued". */
export function messagesIn(messages: Messages, above = ''): [path: string, message: string][] {
  return Object.entries(messages).flatMap(([key, message]): [string, string][] =>
    typeof message === 'string' ? [[above + key, message]] : messagesIn(message, `${above}${key}.`),
  );
}

/** What the file of types has to hold. */
export function typesOf(messages: Messages): string {
  const found = messagesIn(messages)
    .filter(([, message]) => hasParameters(message))
    .map(([path, message]) => ({ path, parameters: parseMessage(message).parameters }));
  const withMoment = found.filter(({ parameters }) => [...parameters.values()].some(({ type }) => type === 'moment'));
  return [
    '// Written by `npm run messages` from en.json.',
    '',
    '/** What the parameters of each message are, by its path in `en.json`. @typeParam W what stands for words. */',
    'export interface MessageParameters<W> {',
    ...found.flatMap(({ path, parameters }) => entry(path, parameters)),
    '}',
    '',
    '/** The messages that hold a moment. */',
    'export type MessageWithMoment =',
    `${withMoment.map(({ path }) => `  | '${path}'`).join('\n')};`,
    '',
  ].join('\n');
}

/** One property, laid out as the formatter does it. */
function entry(path: string, parameters: ReadonlyMap<string, Parameter>): string[] {
  const name = /^\w+$/.test(path) ? path : `'${path}'`;
  const members = [...parameters].map(([parameter, { type, optional }]) =>
    optional ? `${parameter}?: ${written(type)} | null | undefined` : `${parameter}: ${written(type)}`,
  );
  const line = `  ${name}: { ${members.join('; ')} };`;
  return line.length <= 120 ? [line] : [`  ${name}: {`, ...members.map((member) => `    ${member};`), '  };'];
}

function written(type: Parameter['type']): string {
  if (type === 'words') return 'W';
  if (type === 'number' || type === 'moment') return 'number';
  return type.every((value) => value === 'true' || value === 'false')
    ? 'boolean'
    : type.map((value) => `'${value}'`).join(' | ');
}

if (import.meta.main) writeFileSync(FILE, typesOf(en));
