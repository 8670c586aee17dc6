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
  const lines = messagesIn(messages)
    .filter(([, message]) => hasParameters(message))
    .flatMap(([path, message]) => entry(path, parseMessage(message).parameters));
  return [
    '// Written by `npm run messages` from en.json.',
    '',
    '/** Parameters of each message, by its path in `en.json`. `W` stands for words, `M` for a moment. */',
    'export interface MessageParameters<W, M> {',
    ...lines,
    '}',
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
  if (type === 'moment') return 'M';
  if (type === 'number') return type;
  return type.every((value) => value === 'true' || value === 'false')
    ? 'boolean'
    : type.map((value) => `'${value}'`).join(' | ');
}

if (import.meta.main) writeFileSync(FILE, typesOf(en));
