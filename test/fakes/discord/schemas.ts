import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** Discord's own description of its REST interface, where there is a copy of it beside the repository. */
const SPECIFICATION = new URL('../../../../shared/specs/discord-openapi.json', import.meta.url);

const ID = 'discord';
let ajv: Ajv2020 | undefined;
const compiled = new Map<string, ValidateFunction>();

/**
 * What is wrong with a JSON body by Discord's specification; nothing when there is no copy of it.
 * @param path as the specification names it, such as `/channels/{channel_id}/messages`.
 */
export function schemaProblems(method: string, path: string, body: unknown): string[] {
  if (!existsSync(SPECIFICATION)) return [];
  ajv ??= new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).addSchema(
    JSON.parse(readFileSync(SPECIFICATION, 'utf8')),
    ID,
  );
  const pointer = ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  let validate = compiled.get(pointer);
  if (!validate) {
    validate = ajv.compile({ $ref: `${ID}#/${pointer}` });
    compiled.set(pointer, validate);
  }
  if (validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'body'}: ${message}`);
}
