import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { checkRequest } from '../../src/generation/request.ts';
import { createLog } from '../../src/log.ts';
import type { Provider } from '../../src/providers/provider.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { ENDPOINTS, errorOf, KEY, openProvider, requestFor } from './loopback.ts';

const SPECS = new URL('../../../shared/specs/aimlapi/', import.meta.url);
const SPEC_FILES = {
  universal: { lite: 'seedance-1-0-lite-t2v.json', pro: 'seedance-1-0-pro-t2v.json' },
  bytedance: { lite: 'legacy-lite-t2v.json', pro: 'legacy-pro-t2v.json' },
};

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ clock: systemClock, log: createLog('silent', []), durationMs: 1, key: KEY });
});
afterEach(() => sandbox.stop());

const settled = () => systemClock.sleep(5);

describe.each(ENDPOINTS)('with the sandbox, on the endpoint %s', (endpoint) => {
  let provider: Provider;
  let lines: string[];
  beforeEach(() => {
    ({ provider, lines } = openProvider(sandbox.url, { endpoint, timeoutMs: 2000 }));
  });
  afterEach(() => provider.stop());

  const submit = (prompt: string, clientRequestId = 'request-1') =>
    provider.submit(requestFor(prompt, 'lite', endpoint), clientRequestId);

  it('a request is accepted once, with its client request id, and becomes a video', async () => {
    const id = await submit('a fox', 'request-7');
    expect(sandbox.requests).toMatchObject([{ id, endpoint, clientRequestId: 'request-7', ignored: [] }]);
    await settled();
    expect(await provider.poll(id)).toEqual({ status: 'completed', url: expect.stringContaining(`${id}.mp4`) });
  });

  it.each(['lite', 'pro'] as const)(
    'the body for %s has the fields that the endpoint lists, and no others',
    async (model) => {
      const options = { resolution: '720p', duration: 10, seed: 42, camera_fixed: true, watermark: true };
      const request = checkRequest({ prompt: 'a fox', model, options }, endpoint, () => 0);
      await provider.submit(request, 'request-1');
      const { body } = sandbox.requests[0] ?? {};
      const hasRatio = model === 'lite' || endpoint === 'bytedance';
      expect(body).toEqual({
        model: `bytedance/seedance-1-0-${model}-t2v`,
        prompt: 'a fox',
        resolution: '720p',
        duration: 10,
        seed: 42,
        camerafixed: true,
        watermark: true,
        ...(hasRatio ? { aspect_ratio: '16:9' } : {}),
      });
      const file = new URL(SPEC_FILES[endpoint][model], SPECS);
      if (!existsSync(file)) return;
      const spec = JSON.parse(readFileSync(file, 'utf8'));
      const path = Object.values(spec.paths)[0] as {
        post: { requestBody: { content: Record<string, { schema: object }> } };
      };
      const schema = path.post.requestBody.content['application/json']?.schema ?? {};
      expect(
        new Ajv({ strict: false, validateFormats: false }).validate({ ...schema, additionalProperties: false }, body),
      ).toBe(true);
    },
  );

  it.each([
    ['[400]', 'rejected'],
    ['[401]', 'unauthorised'],
    ['[403]', 'out_of_credit'],
    ['[429]', 'busy'],
    ['[503]', 'unavailable'],
    ['[500]', 'ambiguous'],
    ['[504]', 'ambiguous'],
    ['[reset]', 'ambiguous'],
    ['[lost]', 'ambiguous'],
    ['[no-id]', 'ambiguous'],
    ['[garbage]', 'ambiguous'],
  ])('a submission with %s is %s', async (prompt, kind) => {
    expect(await errorOf(submit(prompt))).toMatchObject({ kind });
  });

  it('a refusal carries the API’s own words', async () => {
    expect((await errorOf(submit('[400]'))).hint).toBe('The prompt asks the sandbox for a refusal.');
  });

  it('busy says when to come back', async () => {
    expect((await errorOf(submit('[429-2s]'))).retryAfterMs).toBe(2000);
    expect(await submit('[429-2s]')).toEqual(expect.any(String));
  });

  it('a submission that is never answered is ambiguous', async () => {
    const hasty = openProvider(sandbox.url, { endpoint, timeoutMs: 200 }).provider;
    expect(await errorOf(hasty.submit(requestFor('[silent]', 'lite', endpoint), 'x'))).toMatchObject({
      kind: 'ambiguous',
    });
    await hasty.stop();
  });

  it('a generation that is not finished is pending, in the API’s word', async () => {
    expect(await provider.poll(await submit('[stuck]'))).toEqual({ status: 'pending', detail: 'generating' });
  });

  it('an unknown state is pending, and logged', async () => {
    expect(await provider.poll(await submit('[unknown-state] [slow]'))).toEqual({
      status: 'pending',
      detail: 'post-processing',
    });
    expect(lines.join()).toContain('unknown state');
  });

  it('completed without an address is pending, and logged, until the address is there', async () => {
    const id = await submit('[no-url]');
    await settled();
    for (const _ of [1, 2]) expect(await provider.poll(id)).toEqual({ status: 'pending', detail: 'completed' });
    expect(lines.join()).toContain('without a usable address');
    expect(await provider.poll(id)).toMatchObject({ status: 'completed' });
  });

  it.each([
    ['[error]', false],
    ['[moderated]', true],
    ['[error-null]', false],
  ])('%s ends in an error; moderated: %s', async (prompt, moderated) => {
    const id = await submit(prompt);
    await settled();
    expect(await provider.poll(id)).toMatchObject({ status: 'error', moderated });
  });

  it('a poll that fails is unavailable, and the next one is not affected', async () => {
    const id = await submit('[flaky]');
    await settled();
    await provider.poll(id);
    expect(await errorOf(provider.poll(id))).toMatchObject({ kind: 'unavailable' });
    expect(await provider.poll(id)).toMatchObject({ status: 'completed' });
  });

  it('a generation that the API does not know is not found', async () => {
    expect(await errorOf(provider.poll('unknown'))).toMatchObject({ kind: 'not_found' });
  });

  it('a wrong key is unauthorised', async () => {
    const stranger = openProvider(sandbox.url, { endpoint, key: 'wrong-key-123' }).provider;
    const calls = [
      () => stranger.submit(requestFor('x', 'lite', endpoint), 'x'),
      () => stranger.poll('x'),
      () => stranger.find('x', 0),
      () => stranger.balance(),
    ];
    for (const call of calls) expect(await errorOf(call())).toMatchObject({ kind: 'unauthorised' });
    await stranger.stop();
  });

  it('neither key nor prompt is ever logged; method, path and status are', async () => {
    for (const prompt of ['secret-dragon', 'secret-dragon [400]', 'secret-dragon [reset]', 'secret-dragon [401]']) {
      await submit(prompt).catch(() => undefined);
    }
    const text = lines.join();
    expect(text).not.toContain(KEY);
    expect(text).not.toContain('secret-dragon');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 20,
      method: 'POST',
      path: expect.stringContaining('/v2/'),
      status: 201,
      durationMs: expect.any(Number),
    });
  });
});

describe('find', () => {
  let provider: Provider;
  beforeEach(() => {
    ({ provider } = openProvider(sandbox.url));
  });
  afterEach(() => provider.stop());

  const find = (clientRequestId: string) => provider.find(clientRequestId, Date.now() - 1000);

  it('gives the id of a request whose answer was lost', async () => {
    await errorOf(provider.submit(requestFor('[reset]'), 'request-1'));
    expect(await find('request-1')).toBe(sandbox.requests[0]?.id);
  });

  it('gives nothing for a request that never arrived', async () => {
    await errorOf(provider.submit(requestFor('[lost]'), 'request-1'));
    expect(await find('request-1')).toBeUndefined();
  });

  it('does not take a refused request for an accepted one', async () => {
    await errorOf(provider.submit(requestFor('[503]'), 'request-1'));
    expect(await find('request-1')).toBeUndefined();
    const id = await provider.submit(requestFor('[503]'), 'request-1');
    expect(await find('request-1')).toBe(id);
  });

  it('looks beyond the first page', async () => {
    const id = await provider.submit(requestFor('first'), 'first');
    await Promise.all(Array.from({ length: 120 }, (_, n) => provider.submit(requestFor('other'), `other-${n}`)));
    expect(await find('first')).toBe(id);
    expect(await find('unknown')).toBeUndefined();
  });
});

it('balance is what is left on the account', async () => {
  const { provider } = openProvider(sandbox.url);
  expect(await provider.balance()).toBe(100);
  await provider.stop();
});
