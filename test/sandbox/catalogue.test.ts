import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { usdFor } from '../../src/sandbox/billing.ts';
import { CATALOGUE, type Fields, findModel, getModel, type SandboxField } from '../../src/sandbox/catalogue.ts';
import { openSandbox, PATHS } from './client.ts';

const SPECS = new URL('../../../shared/specs/aimlapi/', import.meta.url);
const LEGACY = new URL('legacy/', SPECS);

/** A property of a published schema. */
interface Property {
  type: string;
  enum?: (string | number)[];
  default?: unknown;
  maxItems?: number;
}

/** What a published schema says of a body, without the model and the prompt. */
function propertiesIn(file: URL): Record<string, Property> {
  const [path] = Object.values(JSON.parse(readFileSync(file, 'utf8')).paths) as {
    post: { requestBody: { content: Record<string, { schema: { properties: Record<string, Property> } }> } };
  }[];
  const { model, prompt, ...fields } = path?.post.requestBody.content['application/json']?.schema.properties ?? {};
  expect([model, prompt]).not.toContain(undefined);
  return fields;
}

/** The field as the schema says it, as far as the catalogue keeps that. A default that is a number in quotes is one. */
function toField(property: Property, known: SandboxField | undefined): SandboxField {
  const { type, default: initial, maxItems = 0 } = property;
  if (type === 'array') return { type: 'addresses', most: maxItems };
  if (type === 'boolean') return { type: 'boolean', initial: initial as boolean };
  if (property.enum) {
    const silent = known?.type === 'choice' ? known.initial : '';
    const value = initial === undefined ? silent : type === 'integer' ? Number(initial) : String(initial);
    return { type: 'choice', values: property.enum, initial: value };
  }
  if (type === 'integer') return initial === undefined ? { type } : { type, initial: Number(initial) };
  return { type: 'text' };
}

const FILES: Readonly<Record<string, string>> = {
  lite: 'seedance-1-0-lite-t2v.json',
  pro: 'seedance-1-0-pro-t2v.json',
  'pro-fast': 'seedance-1-0-pro-fast.json',
  '1.5-pro': 'seedance-1-5-pro.json',
  '2.0': 'seedance-2-0.json',
  '2.0-fast': 'seedance-2-0-fast.json',
  '2.0-mini': 'seedance-2-0-mini.json',
  '2.5': 'dreamina-seedance-2-5.json',
};

describe.skipIf(!existsSync(SPECS))('the published schemas', () => {
  it.each(CATALOGUE)('of $label have the fields of the universal endpoint', ({ label, fields }) => {
    const published = propertiesIn(new URL(FILES[label] ?? '', SPECS));
    const known: Fields = fields.universal ?? {};
    expect(known).toEqual(
      Object.fromEntries(Object.entries(published).map(([name, property]) => [name, toField(property, known[name])])),
    );
  });

  it.each(['lite', 'pro'])('of %s, any revision, are taken by the bytedance endpoint', (label) => {
    const revisions = readdirSync(LEGACY).filter((name) => name.startsWith(`seedance-1.0-${label}-text-to-video`));
    expect(revisions.length).toBeGreaterThan(1);
    const known: Fields = getModel(label).fields.bytedance ?? {};
    for (const revision of revisions) {
      for (const [name, property] of Object.entries(propertiesIn(new URL(revision, LEGACY)))) {
        const field = toField(property, known[name]);
        expect(known[name]?.type).toBe(field.type);
        const values = known[name]?.type === 'choice' ? known[name].values : [];
        if (field.type === 'choice') expect(values).toEqual(expect.arrayContaining([...field.values]));
      }
    }
  });

  it.skipIf(!existsSync(new URL('catalogue.json', SPECS)))('have the prices of their notes', () => {
    const { models } = JSON.parse(readFileSync(new URL('catalogue.json', SPECS), 'utf8')) as {
      models: { id: string; modelark_usd_per_1M_tokens: number | null }[];
    };
    for (const { id, modelark_usd_per_1M_tokens: price } of models) {
      if (price !== null && findModel(id)) expect(findModel(id)?.usdPerMillion['720p']).toBe(price);
    }
  });
});

describe('a model', () => {
  it.each(CATALOGUE.flatMap(({ label, name, aliases }) => [name, ...aliases].map((given) => [given, label, name])))(
    '%s is %s',
    async (given, _label, name) => {
      const open = await openSandbox();
      expect(await open.post({ model: given, prompt: 'x' })).toMatchObject({ status: 201 });
      expect(open.sandbox.requests[0]?.model).toBe(name);
      await open.sandbox.stop();
    },
  );

  it('that only the universal endpoint knows is refused by the other', async () => {
    const open = await openSandbox();
    const answer = await open.post({ model: 'bytedance/seedance-2-0', prompt: 'x' }, 'request-1', PATHS.bytedance);
    expect(answer).toMatchObject({ status: 400, json: { meta: [{ path: ['model'] }] } });
    await open.sandbox.stop();
  });

  it.each([
    ['1.5-pro', { duration: 3 }, 'duration'],
    ['2.5', { duration: 31 }, 'duration'],
    ['2.0', { resolution: '8k' }, 'resolution'],
    ['2.0-fast', { resolution: '1080p' }, 'resolution'],
    ['2.0', { generate_audio: 'yes' }, 'generate_audio'],
    ['2.0', { image_urls: [] }, 'image_urls'],
    ['2.0', { image_urls: Array(10).fill('https://example.org/a.png') }, 'image_urls'],
    ['2.0', { image_urls: [5] }, 'image_urls'],
    ['2.0', { image_url: 5 }, 'image_url'],
  ])('%s does not take %j', async (label, fields, name) => {
    const open = await openSandbox();
    const answer = await open.post({ model: getModel(label).name, prompt: 'x', ...fields });
    expect(answer).toMatchObject({ status: 400, json: { meta: [{ path: [name] }] } });
    await open.sandbox.stop();
  });

  it.each([
    ['1.5-pro', { duration: 12, seed: -1, camera_fixed: true, generate_audio: false, aspect_ratio: 'adaptive' }],
    ['2.0', { resolution: '4k', duration: 15, provider: 'auto', image_urls: ['https://example.org/a.png'] }],
    ['2.5', { duration: 30, aspect_ratio: '21:9', watermark: true }],
  ])('%s takes %j', async (label, fields) => {
    const open = await openSandbox();
    expect(await open.post({ model: getModel(label).name, prompt: 'x', ...fields })).toMatchObject({ status: 201 });
    expect(open.sandbox.requests[0]?.ignored).toEqual([]);
    await open.sandbox.stop();
  });

  it.each(['camerafixed', 'camera_fixed'])('on the bytedance endpoint takes %s', async (name) => {
    const open = await openSandbox();
    await open.post({ model: getModel('pro').name, prompt: 'x', [name]: true }, 'request-1', PATHS.bytedance);
    expect(open.sandbox.requests[0]?.ignored).toEqual([]);
    await open.sandbox.stop();
  });
});

describe('a price', () => {
  const audio = true;

  it.each([
    ['lite', '720p', 5, 0.240926],
    ['pro', '480p', 5, 0.15795],
    ['pro', '1080p', 5, 0.7956],
    ['pro-fast', '1080p', 5, 0.31824],
    ['1.5-pro', '720p', 5, 0.33696],
    ['2.0', '720p', 8, 1.57248],
    ['2.0-fast', '720p', 8, 1.257984],
    ['2.0-mini', '720p', 8, 0.78624],
  ])('of %s at %s for %i s is %d dollars', (label, resolution, seconds, usd) => {
    expect(usdFor(getModel(label), { resolution, seconds, audio })).toBeCloseTo(usd, 5);
  });

  it('of 1.5-pro is half without sound', () => {
    const ordered = { resolution: '720p', seconds: 5 };
    const loud = usdFor(getModel('1.5-pro'), { ...ordered, audio });
    expect(usdFor(getModel('1.5-pro'), { ...ordered, audio: false })).toBeCloseTo(loud / 2, 8);
  });
});
