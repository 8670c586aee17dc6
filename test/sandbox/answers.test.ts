import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getModel } from '../../src/sandbox/catalogue.ts';
import { LITE, openSandbox, PATHS } from './client.ts';

let open: Awaited<ReturnType<typeof openSandbox>>;
beforeEach(async () => {
  open = await openSandbox();
});
afterEach(() => open.sandbox.stop());

const post = (prompt: string, clientRequestId = 'request-1') => open.post({ model: LITE, prompt }, clientRequestId);

describe('a refusal', () => {
  it('has the documented body, with the id of the call', async () => {
    const { status, headers, json } = await post('[503]');
    expect(status).toBe(503);
    expect(headers.get('content-type')).toBe('application/json');
    expect(json).toEqual({
      message: 'Service unavailable',
      path: PATHS.universal,
      requestId: headers.get('x-request-id'),
      statusCode: '503',
      timestamp: '2026-01-01T00:00:00.000Z',
    });
  });

  it('has the body seen live with [problem]', async () => {
    const { headers, json } = await post('[problem] [401]');
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(json).toEqual({
      title: 'Unauthorized',
      status: 401,
      message: expect.stringContaining('valid API key'),
      instance: PATHS.universal,
      requestId: headers.get('x-request-id'),
      timestamp: '2026-01-01T00:00:00.000Z',
      error: { name: 'UnauthorizedException', message: json.message },
    });
  });

  it('has the body seen live at a poll too', async () => {
    const id = await open.submit('[problem] [flaky]');
    await open.poll(id);
    expect((await open.poll(id)).json).toMatchObject({ status: 502, error: { name: 'BadGatewayException' } });
  });

  it('always has the body seen live when the sandbox is told so, with what is wrong', async () => {
    const live = await openSandbox({ errorShape: 'problem' });
    expect((await live.poll('unknown')).json).toMatchObject({ title: 'Not Found', status: 404 });
    const { json } = await live.post({ model: LITE, prompt: 5 });
    expect(json).toMatchObject({ title: 'Bad Request', meta: [{ path: ['prompt'] }] });
    await live.sandbox.stop();
  });
});

describe('an accepted request', () => {
  it('is answered with its id and the client’s', async () => {
    const { headers, json } = await post('x', 'customer-42');
    expect(headers.get('x-inference-id')).toBe(json.id);
    expect(headers.get('x-client-request-id')).toBe('customer-42');
    expect(headers.get('x-request-id')).toMatch(/^req-/);
    expect((await open.poll(json.id)).headers.get('x-inference-id')).toBe(json.id);
  });

  it.each(['two words', 'a'.repeat(129), 'a/b'])('has no client request id when that is %j', async (id) => {
    const { status, headers } = await post('x', id);
    expect(status).toBe(201);
    expect(headers.has('x-client-request-id')).toBe(false);
    expect(open.sandbox.requests[0]?.clientRequestId).toBe(null);
  });
});

describe('what a generation cost', () => {
  const finished = async (label: string, prompt = 'x') => {
    const { json } = await open.post({ model: getModel(label).name, prompt, resolution: '720p', duration: 5 });
    const before = await open.poll(json.id);
    open.clock.pass(20_000);
    return { before, after: await open.poll(json.id) };
  };

  it('is told at its end, in credits', async () => {
    const { before, after } = await finished('lite');
    expect(before.json.meta).toBe(null);
    expect(before.headers.has('x-aimlapi-credits-used')).toBe(false);
    expect(after.json.meta).toEqual({ usage: { credits_used: 481_853 } });
    expect(after.headers.get('x-aimlapi-credits-used')).toBe('481853');
    expect(after.headers.get('x-aimlapi-usd-spent')).toBe('0.240926400');
  });

  it('is told in dollars too from 1.5 on', async () => {
    const { after } = await finished('2.0');
    expect(after.json.meta).toEqual({ usage: { credits_used: 1_965_600, usd_spent: 0.9828 } });
  });

  it('is nothing for one that has failed', async () => {
    const { after } = await finished('lite', '[sensitive]');
    expect(after.json.meta).toBe(null);
    expect(after.headers.has('x-aimlapi-usd-spent')).toBe(false);
  });
});

describe('the API’s clock', () => {
  it.each([600_000, -600_000])('is %i ms off wherever the API gives or takes a time', async (skewMs) => {
    const skewed = await openSandbox({ skewMs });
    const now = skewed.clock.now() + skewMs;
    const iso = (at: number) => new Date(at).toISOString();
    const refused = await skewed.post({ model: LITE, prompt: '[400]' }, 'refused');
    await skewed.submit('x', {}, 'accepted');
    expect(refused.json.timestamp).toBe(iso(now));
    expect(Date.parse(refused.headers.get('date') ?? '')).toBe(now);
    const rows = (await skewed.call(`/v2/logs?start=${iso(now - 1000)}&end=${iso(now)}`)).json.data;
    expect(rows).toMatchObject([{ created: iso(now) }, { created: iso(now) }]);
    expect((await skewed.call('/v2/logs?period=1h')).json.data).toHaveLength(2);
    expect(skewed.sandbox.requests[0]?.at).toBe(skewed.clock.now());
    expect((await skewed.call('/v1/models/deprecations')).json.generated_at).toBe(iso(now));
    await skewed.sandbox.stop();
  });

  it('is the one of its files too', async () => {
    const skewed = await openSandbox({ skewMs: 3_600_000, durationMs: 1 });
    const id = await skewed.submit('x [404file]');
    skewed.clock.pass(10);
    const { headers } = await fetch(await skewed.videoUrl(id));
    expect(headers.get('date')).toBe('Thu, 01 Jan 2026 01:00:00 GMT');
    await skewed.sandbox.stop();
  });
});
