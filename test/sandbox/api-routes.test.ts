import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LITE, openSandbox, PATHS, PRO } from './client.ts';

let open: Awaited<ReturnType<typeof openSandbox>>;
beforeEach(async () => {
  open = await openSandbox();
});
afterEach(() => open.sandbox.stop());

describe.each(Object.values(PATHS))('POST %s', (path) => {
  it('accepts a request and notes it in the ledger', async () => {
    const body = { model: PRO, prompt: 'a dragon', resolution: '480p', duration: 10, seed: 7, camerafixed: true };
    const answer = await open.post(body, 'request-9', path);
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), status: 'queued' });
    expect(open.sandbox.requests).toMatchObject([
      { id: answer.json.id, clientRequestId: 'request-9', model: PRO, body, at: open.clock.now() },
    ]);
  });

  it.each([
    ['an unknown model', { model: 'nobody/nothing', prompt: 'x' }, 'model'],
    ['no model', { prompt: 'x' }, 'model'],
    ['no prompt', { model: LITE }, 'prompt'],
    ['a prompt that is no text', { model: LITE, prompt: 5 }, 'prompt'],
    ['an empty prompt', { model: LITE, prompt: '  ' }, 'prompt'],
    ['a resolution that is not listed', { model: LITE, prompt: 'x', resolution: '4k' }, 'resolution'],
    ['a duration as text', { model: LITE, prompt: 'x', duration: '5' }, 'duration'],
    ['a seed that is no whole number', { model: LITE, prompt: 'x', seed: 1.5 }, 'seed'],
    ['a switch as text', { model: LITE, prompt: 'x', camerafixed: 'true' }, 'camerafixed'],
    ['null for a switch', { model: LITE, prompt: 'x', watermark: null }, 'watermark'],
  ])('refuses %s in the API’s manner', async (_, body, field) => {
    const answer = await open.post(body, 'request-1', path);
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({ message: expect.any(String), path, meta: [{ path: [field] }] });
    expect(open.sandbox.requests).toEqual([]);
  });

  it.each(['', 'no json', '[]', 'null', '"text"'])('refuses the body %j', async (body) => {
    expect(await open.post(body, 'request-1', path)).toMatchObject({ status: 400 });
  });
});

describe('aspect_ratio for pro', () => {
  const body = { model: PRO, prompt: 'x', aspect_ratio: 'nonsense' };

  it('is ignored, and noted, on the universal endpoint, whose schema does not list it', async () => {
    expect(await open.post(body)).toMatchObject({ status: 201 });
    expect(open.sandbox.requests[0]?.ignored).toEqual(['aspect_ratio']);
  });

  it('is checked on the bytedance endpoint', async () => {
    expect(await open.post(body, 'request-1', PATHS.bytedance)).toMatchObject({ status: 400 });
  });
});

describe('the key', () => {
  it.each(['', 'Bearer', 'Bearer ', 'Basic abc', 'Bearer wrong'])(
    '%j does not open the door',
    async (authorization) => {
      const locked = await openSandbox({ key: 'right' });
      expect(await locked.call('/v2/billing', { headers: { authorization } })).toMatchObject({ status: 401 });
      expect(await locked.call('/v2/billing', { headers: { authorization: 'Bearer right' } })).toMatchObject({
        status: 200,
        json: { current_balance: 100, currency: 'USD' },
      });
      await locked.sandbox.stop();
    },
  );
});

describe('a generation', () => {
  it('is queued, then generating, then completed with an address', async () => {
    const id = await open.submit('x');
    const status = async () => (await open.poll(id)).json.status;
    expect(await status()).toBe('queued');
    open.clock.pass(2000);
    expect(await status()).toBe('generating');
    open.clock.pass(2000);
    expect((await open.poll(id)).json).toMatchObject({
      id,
      status: 'completed',
      video: { url: expect.stringContaining(`${open.sandbox.url}/files/${id}.mp4`) },
    });
  });

  it('of pro takes longer than one of lite', async () => {
    const lite = await open.submit('x');
    const pro = (await open.post({ model: PRO, prompt: 'x' })).json.id;
    open.clock.pass(4000);
    expect((await open.poll(lite)).json.status).toBe('completed');
    expect((await open.poll(pro)).json.status).toBe('generating');
    open.clock.pass(3000);
    expect((await open.poll(pro)).json.status).toBe('completed');
  });

  it('takes its time divided by the speed', async () => {
    const fast = await openSandbox({ speed: 100 });
    const id = await fast.submit('x');
    fast.clock.pass(40);
    expect((await fast.poll(id)).json.status).toBe('completed');
    await fast.sandbox.stop();
  });

  it('that nobody knows is answered 404', async () => {
    expect(await open.poll('unknown')).toMatchObject({ status: 404, json: { message: 'Generation not found' } });
  });

  it('has no file before it is completed', async () => {
    const id = await open.submit('x');
    expect((await open.call(`/files/${id}.mp4`)).status).toBe(404);
  });

  it('is forgotten after a day', async () => {
    const id = await open.submit('old');
    open.clock.pass(86_400_000);
    const next = await open.submit('new');
    expect((await open.poll(id)).status).toBe(404);
    expect((await open.poll(next)).status).toBe(200);
  });
});

describe('GET /v2/logs', () => {
  const iso = (at: number) => new Date(at).toISOString();

  it('lists requests, newest first, page by page', async () => {
    const ids: string[] = [];
    for (const name of ['one', 'two', 'three']) {
      ids.unshift(await open.submit('x', {}, name));
      open.clock.pass(1000);
    }
    const first = await open.call('/v2/logs?period=24h&limit=2');
    expect(first.json).toMatchObject({
      data: [
        {
          client_request_id: 'three',
          inference_id: ids[0],
          status: 'succeeded',
          model: LITE,
          created: iso(open.clock.now() - 1000),
        },
        { client_request_id: 'two', inference_id: ids[1] },
      ],
      pagination: { limit: 2, offset: 0, total: 3, has_more: true },
    });
    const second = await open.call('/v2/logs?period=24h&limit=2&offset=2');
    expect(second.json).toMatchObject({
      data: [{ client_request_id: 'one', inference_id: ids[2] }],
      pagination: { offset: 2, total: 3, has_more: false },
    });
  });

  it('lists refused requests as failed', async () => {
    await open.post({ model: LITE, prompt: 'x', duration: 6 }, 'wrong');
    expect((await open.call('/v2/logs?period=24h')).json.data).toMatchObject([
      { client_request_id: 'wrong', status: 'failed', cost: { usd: 0, credits: 0 } },
    ]);
  });

  it('keeps to the window, the model and the outcome that were asked for', async () => {
    const start = open.clock.now();
    await open.submit('x', {}, 'early');
    open.clock.pass(10_000);
    await open.post({ model: PRO, prompt: 'x' }, 'late');
    const names = async (query: string) =>
      ((await open.call(`/v2/logs?${query}`)).json.data as { client_request_id: string }[]).map(
        (row) => row.client_request_id,
      );
    expect(await names(`start=${iso(start)}&end=${iso(start + 5000)}`)).toEqual(['early']);
    expect(await names(`start=${iso(start + 5000).replace('Z', '')}&end=${iso(start + 50_000)}`)).toEqual(['late']);
    expect(await names(`period=1d&model=${LITE}`)).toEqual(['early']);
    expect(await names('period=1d&status=failed')).toEqual([]);
    expect(await names('period=1h')).toEqual(['late', 'early']);
  });

  it.each([
    '',
    'limit=5',
    'start=2026-01-01T00:00:00Z',
    'end=2026-01-01T00:00:00Z',
    'start=2026-01-02T00:00:00Z&end=2026-01-01T00:00:00Z',
    'start=2026-01-01T00:00:00Z&end=2026-06-01T00:00:00Z',
    'start=yesterday&end=today',
    'period=1d&start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z',
    'period=1d&limit=0',
    'period=1d&limit=101',
    'period=1d&offset=-1',
    'period=1d&status=succeeded,failed',
  ])('refuses %s', async (query) => {
    expect(await open.call(`/v2/logs?${query}`)).toMatchObject({ status: 400, json: { path: '/v2/logs' } });
  });

  it('shows a request only after the lag', async () => {
    const slow = await openSandbox({ logLagMs: 3000 });
    await slow.submit('x');
    expect((await slow.call('/v2/logs?period=24h')).json.data).toEqual([]);
    slow.clock.pass(3000);
    expect((await slow.call('/v2/logs?period=24h')).json.data).toHaveLength(1);
    await slow.sandbox.stop();
  });
});
