import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CATALOGUE, getModel } from '../../src/sandbox/catalogue.ts';
import { LITE, openSandbox } from './client.ts';

const SPECS = new URL('../../../shared/specs/aimlapi/', import.meta.url);
const LIST = '/v1/models';
const FEED = '/v1/models/deprecations';

let open: Awaited<ReturnType<typeof openSandbox>>;
beforeEach(async () => {
  open = await openSandbox();
});
afterEach(() => open.sandbox.stop());

interface Entry {
  id: string;
  aliases: string[];
}

const entries = async (path: string) => (await open.call(path)).json.data as (Entry & Record<string, unknown>)[];
const ids = async (path = LIST) => (await entries(path)).map(({ id }) => id);
const submit = (model: string) => open.post({ model, prompt: 'x' });

/** The schema of the answer to GET, with an OpenAPI `nullable` put as JSON Schema says it. */
function schemaIn(name: string, path: string): object {
  const spec = JSON.parse(readFileSync(new URL(name, SPECS), 'utf8'), (_, value) =>
    value?.nullable === true
      ? { anyOf: [{ ...value, nullable: undefined, enum: undefined }, { type: 'null' }] }
      : value,
  );
  return spec.paths[path].get.responses['200'].content['application/json'].schema;
}

describe('GET /v1/models', () => {
  it('lists all models without a key', async () => {
    const response = await fetch(open.sandbox.url + LIST);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(await ids()).toEqual(CATALOGUE.map(({ name }) => name));
  });

  it('has optional sections only when they are asked for', async () => {
    const keys = async (query: string) => Object.keys((await entries(`${LIST}?${query}`))[0] ?? {});
    const plain = ['id', 'aliases', 'type', 'info', 'tags'];
    expect(await keys('')).toEqual(plain);
    expect(await keys('include=pricing,nonsense')).toEqual([...plain, 'pricing']);
    expect(await keys('include=modalities&include=capabilities')).toEqual([...plain, 'modalities', 'capabilities']);
    expect(await keys('include=all')).toEqual(await keys('details=true'));
  });

  it('quotes a rate for each resolution, and for sound where that matters', async () => {
    const [pro] = await entries(`${LIST}?include=pricing&id=seedance-1-0-pro-t2v`);
    expect(pro?.pricing).toEqual({
      kind: 'variants',
      currency: 'USD',
      dimensions: ['resolution'],
      variants: ['480p', '720p', '1080p'].map((resolution) => ({
        when: { resolution },
        price: expect.any(Number),
        unit: 'second',
        per: 1,
      })),
    });
    const [spoken] = await entries(`${LIST}?include=pricing&id=seedance-1-5-pro`);
    expect(spoken?.pricing).toMatchObject({ dimensions: ['resolution', 'generate_audio'] });
  });

  it.each([
    ['id=seedance-2-5', ['2.5']],
    ['id=BYTEDANCE/SEEDANCE-2-5', ['2.5']],
    ['id=seedance-2-0,seedance-2-0-fast', ['2.0', '2.0-fast']],
    ['id=seedance-2-0&id=seedance-2-0-fast', ['2.0', '2.0-fast']],
    ['id=nobody', []],
  ])('keeps to %s', async (query, labels) => {
    expect(await ids(`${LIST}?${query}`)).toEqual(labels.map((label) => getModel(label).name));
  });

  it('answers 304 while nothing has changed', async () => {
    const ask = (etag: string) => open.call(LIST, { headers: { 'if-none-match': etag } });
    const etag = (await open.call(LIST)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    expect(await ask(etag)).toMatchObject({ status: 304, json: {} });
    expect(await ask(`"other", ${etag}`)).toMatchObject({ status: 304 });
    expect((await open.call(`${LIST}?include=pricing`)).headers.get('etag')).not.toBe(etag);
    open.sandbox.withdraw('lite');
    expect(await ask(etag)).toMatchObject({ status: 200 });
  });

  it.skipIf(!existsSync(SPECS))('is as the schema says', async () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const { json } = await open.call(`${LIST}?include=all`);
    expect(ajv.validate(schemaIn('models.json', LIST), json), ajv.errorsText()).toBe(true);
  });
});

describe('a model that goes away', () => {
  it('is neither listed nor served once it is withdrawn, and the list of deprecations says why', async () => {
    expect(await entries(FEED)).toEqual([]);
    open.sandbox.withdraw('lite');
    expect(await ids()).not.toContain(LITE);
    expect(await entries(FEED)).toEqual([
      {
        id: LITE,
        aliases: ['seedance-1-0-lite-t2v'],
        status: 'withdrawn',
        deprecated_at: '2026-01-01',
        shutdown_at: '2026-01-01',
        replaced_by: 'bytedance/seedance-1-0-pro-fast',
        reason: 'provider_delisted',
      },
    ]);
    for (const name of [LITE, 'seedance-1-0-lite-t2v']) {
      expect(await submit(name)).toMatchObject({ status: 404, json: { requestId: expect.any(String) } });
    }
    expect(open.sandbox.requests).toEqual([]);
    open.sandbox.restore('lite');
    expect(await ids()).toContain(LITE);
    expect(await submit(LITE)).toMatchObject({ status: 201 });
  });

  it('can be gone from the start', async () => {
    const late = await openSandbox({ withdrawn: ['lite', 'bytedance/seedance-1-5-pro'] });
    const listed = (await late.call(LIST)).json.data as Entry[];
    expect(listed).toHaveLength(CATALOGUE.length - 2);
    expect((await late.call(FEED)).json.data).toHaveLength(2);
    await late.sandbox.stop();
  });

  it('is still served when its end is announced, but not listed; on its day it is withdrawn', async () => {
    open.sandbox.deprecate('pro', '2026-01-03');
    expect(await ids()).not.toContain(getModel('pro').name);
    expect(await entries(FEED)).toMatchObject([{ status: 'deprecated', shutdown_at: '2026-01-03', reason: null }]);
    expect(await submit(getModel('pro').name)).toMatchObject({ status: 201 });
    open.clock.pass(2 * 86_400_000);
    expect(await entries(FEED)).toMatchObject([{ status: 'withdrawn', deprecated_at: '2026-01-01' }]);
    expect(await submit(getModel('pro').name)).toMatchObject({ status: 404 });
  });

  it('lives on under its names when it is folded into another', async () => {
    open.sandbox.supersede('pro', 'pro-fast');
    const [heir] = await entries(`${LIST}?id=${getModel('pro').name}`);
    expect(heir).toMatchObject({ id: getModel('pro-fast').name });
    expect(heir?.aliases).toContain('seedance-1-0-pro-t2v');
    expect(await entries(FEED)).toMatchObject([
      { status: 'superseded', shutdown_at: null, replaced_by: heir?.id, reason: 'consolidated' },
    ]);
    expect(await submit(getModel('pro').name)).toMatchObject({ status: 201 });
  });

  it('has its generations finished', async () => {
    const id = await open.submit('x');
    open.sandbox.withdraw('lite');
    open.clock.pass(10_000);
    expect((await open.poll(id)).json.status).toBe('completed');
  });

  it('must be known', () => {
    expect(() => open.sandbox.withdraw('nobody')).toThrow(RangeError);
  });
});

describe('GET /v1/models/deprecations', () => {
  beforeEach(() => {
    open.sandbox.withdraw('lite');
    open.clock.pass(86_400_000);
    open.sandbox.supersede('pro-fast', '2.0-fast');
    open.sandbox.deprecate('pro', '2026-02-01');
  });

  it.each([
    ['', ['pro', 'pro-fast', 'lite']],
    ['status=withdrawn', ['lite']],
    ['status=Superseded,withdrawn', ['pro-fast', 'lite']],
    ['status=superseded&status=deprecated', ['pro', 'pro-fast']],
    ['status=nonsense', ['pro', 'pro-fast', 'lite']],
    ['since=2026-01-02', ['pro', 'pro-fast']],
    ['since=2026-01-15', ['pro']],
    ['since=yesterday', ['pro', 'pro-fast', 'lite']],
  ])('%s, newest first', async (query, labels) => {
    expect(await ids(`${FEED}?${query}`)).toEqual(labels.map((label) => getModel(label).name));
  });

  it('has a tag that is made of the entries only', async () => {
    const first = await open.call(FEED);
    open.clock.pass(60_000);
    const etag = first.headers.get('etag') ?? '';
    expect(await open.call(FEED, { headers: { 'if-none-match': etag } })).toMatchObject({ status: 304 });
    expect((await open.call(FEED)).json.generated_at).not.toBe(first.json.generated_at);
  });

  it.skipIf(!existsSync(SPECS))('is as the schema says', async () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const { json } = await open.call(FEED);
    expect(ajv.validate(schemaIn('model-deprecations.json', FEED), json), ajv.errorsText()).toBe(true);
  });
});
