import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LITE, openSandbox, PATHS } from './client.ts';

let open: Awaited<ReturnType<typeof openSandbox>>;
beforeEach(async () => {
  open = await openSandbox();
});
afterEach(() => open.sandbox.stop());

const post = () => open.post({ model: LITE, prompt: 'x' });

describe('an account', () => {
  it('without credit is refused until it has some again; what is under way goes on', async () => {
    const id = await open.submit('x');
    open.sandbox.setAccount('no credit');
    expect(await post()).toMatchObject({ status: 403, json: { message: expect.stringContaining('out of credits') } });
    expect(open.sandbox.requests).toHaveLength(1);
    open.clock.pass(10_000);
    expect((await open.poll(id)).json.status).toBe('completed');
    open.sandbox.setAccount('ok');
    expect(await post()).toMatchObject({ status: 201 });
  });

  it('without credit can be answered 402', async () => {
    open.sandbox.setAccount('no credit', 402);
    expect(await post()).toMatchObject({ status: 402 });
  });

  it('with a bad key is answered 401, except for the lists of models', async () => {
    const id = await open.submit('x');
    open.sandbox.setAccount('bad key');
    for (const answer of [post(), open.poll(id), open.call('/v2/logs'), open.call('/v2/billing')]) {
      expect(await answer).toMatchObject({ status: 401, json: { requestId: expect.any(String) } });
    }
    expect(await open.call('/v1/models')).toMatchObject({ status: 200 });
    open.sandbox.setAccount('ok');
    expect(await open.poll(id)).toMatchObject({ status: 200 });
  });

  it('has the balance that is set', async () => {
    open.sandbox.setBalance(1.25);
    expect((await open.call('/v2/billing')).json).toEqual({ current_balance: 1.25, currency: 'USD' });
  });
});

describe('a fault', () => {
  it('is for the polls of all generations until it is lifted', async () => {
    const ids = [await open.submit('x'), await open.submit('y')];
    const lift = open.sandbox.fault({ kind: '404' });
    for (const id of ids) expect(await open.poll(id)).toMatchObject({ status: 404 });
    expect(await post()).toMatchObject({ status: 201 });
    lift();
    for (const id of ids) expect(await open.poll(id)).toMatchObject({ status: 200 });
  });

  it('can be for one generation only', async () => {
    const [one, other] = [await open.submit('x'), await open.submit('y')];
    open.sandbox.fault({ kind: '404', id: one });
    expect(await open.poll(one)).toMatchObject({ status: 404, json: { message: 'Generation not found' } });
    expect(await open.poll(other)).toMatchObject({ status: 200 });
    open.sandbox.liftFaults();
    expect(await open.poll(one)).toMatchObject({ status: 200 });
  });

  it.each(['400', '401', '402', '403', '429', '500', '502', '503'] as const)('can be %s', async (kind) => {
    open.sandbox.fault({ kind });
    expect(await open.poll(await open.submit('x'))).toMatchObject({ status: Number(kind) });
  });
});

it('every call of the API is listed, without its query', async () => {
  const id = await open.submit('x');
  open.clock.pass(10_000);
  await open.poll(id);
  await open.call('/v2/logs?limit=5');
  await fetch(await open.videoUrl(id), { method: 'HEAD' });
  const start = open.clock.now() - 10_000;
  expect(open.sandbox.calls).toEqual([
    { at: start, method: 'POST', path: PATHS.universal },
    { at: start + 10_000, method: 'GET', path: PATHS.universal },
    { at: start + 10_000, method: 'GET', path: '/v2/logs' },
    { at: start + 10_000, method: 'GET', path: PATHS.universal },
  ]);
});
