import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { MODELS } from '../../src/domain/models.ts';
import { checkRequest } from '../../src/domain/request.ts';
import { API_MODELS, bodyOf, endpointFor, modelIdOf } from '../../src/providers/aimlapi/request-fields.ts';

const SPECS = new URL('../../../shared/specs/aimlapi/', import.meta.url);

/** The published schema of each model; of the old endpoint, all revisions. */
const SCHEMAS: Readonly<Record<string, string>> = {
  lite: 'seedance-1-0-lite-t2v.json',
  pro: 'seedance-1-0-pro-t2v.json',
  'pro-fast': 'seedance-1-0-pro-fast.json',
  '1.5-pro': 'seedance-1-5-pro.json',
  '2.0': 'seedance-2-0.json',
  '2.0-fast': 'seedance-2-0-fast.json',
  '2.0-mini': 'seedance-2-0-mini.json',
  '2.5': 'dreamina-seedance-2-5.json',
};
const REVISIONS = ['2025-07-04.ca4f927a', '2025-08-19.48c01b25', '2025-09-29.2b8d69b4', '2025-11-20.168fc342'];

interface Schema {
  properties: Record<string, { enum?: unknown[]; default?: unknown; type?: string }>;
}

function schemaOf(file: string): Schema | undefined {
  const url = new URL(file, SPECS);
  if (!existsSync(url)) return undefined;
  const [path] = Object.values(JSON.parse(readFileSync(url, 'utf8')).paths) as [
    { post: { requestBody: { content: Record<string, { schema: Schema }> } } },
  ];
  return path.post.requestBody.content['application/json']?.schema;
}

const valid = (schema: Schema, body: object) =>
  new Ajv({ strict: false, validateFormats: false }).validate({ ...schema, additionalProperties: false }, body);

const requestOf = (model: string, options: Record<string, unknown> = {}) =>
  checkRequest({ prompt: 'a fox', model, options: { seed: 7, ...options } }, MODELS, () => 0);

const SOURCES = existsSync(SPECS);

describe.each(MODELS.map(({ id }) => id))('the model %s', (id) => {
  const model = MODELS.find((one) => one.id === id);

  it('has a name at the API, which leads back to it', () => {
    for (const name of API_MODELS[id]?.names ?? []) expect(modelIdOf(name.toUpperCase())).toBe(id);
  });

  it.runIf(SOURCES)('has the options of its published schema, each with its values', () => {
    const { properties = {} } = schemaOf(SCHEMAS[id] ?? '') ?? {};
    expect((properties.model?.enum ?? [])[0]).toBe(API_MODELS[id]?.names[0]);
    const fields = API_MODELS[id]?.universal ?? {};
    for (const [option, field] of Object.entries(fields)) {
      const published = properties[String(field)];
      expect(published, `${option} of ${id}`).toBeDefined();
      const own = model?.options.find(({ name }) => name === option);
      if (own?.type === 'choice') expect([...own.values].sort()).toEqual([...(published?.enum ?? [])].sort());
      if (own?.type === 'boolean') expect(published).toMatchObject({ type: 'boolean', default: own.initial });
      if (option === 'duration' && published?.default !== undefined) {
        expect(String(own?.type === 'choice' && own.initial)).toBe(String(published.default));
      }
    }
    // Pictures, sounds and clips to start from are for requests that begin with one.
    const inputs = /^(prompt|model|provider|.*_urls?)$/;
    const named = Object.values(fields).flat();
    expect(Object.keys(properties).filter((name) => !inputs.test(name) && !named.includes(name))).toEqual([]);
  });

  it.runIf(SOURCES)('gets bodies that its published schema takes', () => {
    const schema = schemaOf(SCHEMAS[id] ?? '');
    expect(schema && valid(schema, bodyOf(requestOf(id), 'universal'))).toBe(true);
    for (const { name, ...option } of model?.options ?? []) {
      if (API_MODELS[id]?.universal[name] === undefined) continue;
      const values = option.type === 'choice' ? option.values : option.type === 'boolean' ? [true, false] : [0, 1];
      for (const value of values) {
        expect(schema && valid(schema, bodyOf(requestOf(id, { [name]: value }), 'universal')), `${name} ${value}`).toBe(
          true,
        );
      }
    }
  });
});

describe('the old endpoint', () => {
  const schemas = ['lite', 'pro'].flatMap((id) =>
    REVISIONS.map((revision) => [id, `legacy/seedance-1.0-${id}-text-to-video.${revision}.json`] as const),
  );

  it.runIf(SOURCES).each(schemas)(
    'gets a plain body for %s that %s takes, as every published revision does',
    (id, file) => {
      const schema = schemaOf(file);
      // There was no pro in the first revision.
      if (schema) expect(valid(schema, bodyOf(requestOf(id), 'bytedance'))).toBe(true);
    },
  );

  it('gets what only some revisions take when somebody asks for it by name', () => {
    const options = { resolution: '1080p', aspect_ratio: '21:9', camera_fixed: true };
    expect(bodyOf(requestOf('lite', options), 'bytedance')).toMatchObject({
      resolution: '1080p',
      aspect_ratio: '21:9',
      camerafixed: true,
      camera_fixed: true,
    });
    expect(Object.keys(bodyOf(requestOf('lite'), 'bytedance'))).not.toContain('camera_fixed');
  });
});

describe('the endpoint of a request', () => {
  it.each([
    ['universal', 'lite', { aspect_ratio: '9:16' }, 'universal'],
    ['universal', 'pro', {}, 'universal'],
    ['universal', 'pro', { aspect_ratio: '9:16' }, 'bytedance'],
    ['bytedance', 'lite', {}, 'bytedance'],
    ['bytedance', 'pro', { aspect_ratio: '9:16', camera_fixed: true }, 'bytedance'],
    ['bytedance', 'pro-fast', {}, 'universal'],
    ['bytedance', '2.0', { aspect_ratio: '9:16' }, 'universal'],
  ] as const)('with %s preferred is for %s with %j: %s', (preferred, model, options, endpoint) => {
    const request = requestOf(model, options);
    expect(endpointFor(request, preferred)).toBe(endpoint);
    const sent = bodyOf(request, endpoint);
    for (const [name, value] of Object.entries(options)) expect(Object.values(sent), name).toContain(value);
  });
});
