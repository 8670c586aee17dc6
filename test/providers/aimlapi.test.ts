import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Provider } from '../../src/providers/provider.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { ENDPOINTS, errorOf, job, KEY, openProvider, orderFor, own } from './loopback.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ clock: systemClock, log: createLog('silent', []), durationMs: 1, key: KEY });
});
afterEach(() => sandbox.stop());

const settled = () => systemClock.sleep(5);

describe.each(ENDPOINTS)('with the sandbox, on the endpoint %s', (endpoint) => {
  let provider: Required<Provider>;
  let lines: string[];
  beforeEach(() => {
    ({ provider, lines } = openProvider(sandbox.url, { endpoint, timeoutMs: 2000 }));
  });
  afterEach(() => provider.stop());

  const submit = (prompt: string, clientRequestId = 'request-1') =>
    provider.submit(orderFor(prompt, { clientRequestId }));
  const poll = (id: string) => provider.poll(job(id));

  it('a request is accepted once, with its client request id, and becomes a video', async () => {
    const id = await submit('a fox', 'request-7');
    expect(sandbox.requests).toMatchObject([{ id, endpoint, clientRequestId: 'request-7', ignored: [] }]);
    await settled();
    expect(await poll(id)).toMatchObject({ status: 'completed', url: expect.stringContaining(`${id}.mp4`) });
  });

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
    expect(await errorOf(hasty.submit(orderFor('[silent]')))).toMatchObject({
      kind: 'ambiguous',
    });
    await hasty.stop();
  });

  it('a generation that is not finished is pending, in the API’s word', async () => {
    expect(await poll(await submit('[stuck]'))).toEqual({ status: 'pending', detail: 'generating' });
  });

  it('an unknown state is pending, and logged', async () => {
    expect(await poll(await submit('[unknown-state] [slow]'))).toEqual({
      status: 'pending',
      detail: 'post-processing',
    });
    expect(lines.join()).toContain('unknown state');
  });

  it('completed without an address is missing until the address is there', async () => {
    const id = await submit('[no-url]');
    await settled();
    for (const _ of [1, 2]) expect(await poll(id)).toEqual({ status: 'missing' });
    expect(await poll(id)).toMatchObject({ status: 'completed' });
  });

  it.each([
    ['[error]', false],
    ['[moderated]', true],
    ['[error-null]', false],
  ])('%s ends in an error; refused: %s', async (prompt, refused) => {
    const id = await submit(prompt);
    await settled();
    expect(await poll(id)).toMatchObject({ status: 'error', refused });
  });

  it('a poll that fails is unavailable, and the next one is not affected', async () => {
    const id = await submit('[flaky]');
    await settled();
    await poll(id);
    expect(await errorOf(poll(id))).toMatchObject({ kind: 'unavailable' });
    expect(await poll(id)).toMatchObject({ status: 'completed' });
  });

  it('a generation that the API does not know is not found', async () => {
    expect(await errorOf(poll('unknown'))).toMatchObject({ kind: 'not_found' });
  });

  it('a wrong key is unauthorised', async () => {
    const stranger = openProvider(sandbox.url, { endpoint, key: 'wrong-key-123' }).provider;
    const calls = [
      () => stranger.submit(orderFor('x')),
      () => stranger.poll(job('x')),
      () => stranger.find(new Map([['x', 0]])),
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
  let provider: Required<Provider>;
  beforeEach(() => {
    ({ provider } = openProvider(sandbox.url));
  });
  afterEach(() => provider.stop());

  const find = async (clientRequestId: string) =>
    (await provider.find(new Map([[clientRequestId, Date.now() - 1000]]))).get(clientRequestId);
  const submit = (prompt: string, clientRequestId = 'request-1') =>
    provider.submit(orderFor(prompt, { clientRequestId }));

  it('gives the id of a request whose answer was lost', async () => {
    await errorOf(submit('[reset]', 'request-1'));
    expect(await find('request-1')).toEqual({ accepted: sandbox.requests[0]?.id, failed: 0 });
  });

  it('gives nothing for a request that never arrived', async () => {
    await errorOf(submit('[lost]', 'request-1'));
    expect(await find('request-1')).toBeUndefined();
  });

  it('does not take a refused request for an accepted one', async () => {
    await errorOf(submit('[503]', 'request-1'));
    expect(await find('request-1')).toMatchObject({ accepted: undefined, failed: 1 });
    const accepted = await submit('[503]', 'request-1');
    expect(await find('request-1')).toMatchObject({ accepted, failed: 1 });
  });

  it('looks beyond the first page', async () => {
    const id = await submit('first', 'first');
    await Promise.all(Array.from({ length: 120 }, (_, n) => submit('other', `other-${n}`)));
    expect(await find('first')).toEqual({ accepted: id, failed: 0 });
    expect(await find('unknown')).toBeUndefined();
  });
});

describe('an old endpoint that is gone', () => {
  it('is left for the universal one, and what only it took is refused', async () => {
    const { createServer } = await import('node:http');
    const proxy = createServer((from, to) => {
      if (from.url?.startsWith('/v2/generate/')) {
        from.resume();
        to.writeHead(404).end(own(404, `Cannot POST ${from.url}`));
        return;
      }
      const chunks: Buffer[] = [];
      from.on('data', (chunk: Buffer) => chunks.push(chunk));
      from.on('end', async () => {
        const headers = from.headers as Record<string, string>;
        const answer = await fetch(sandbox.url + from.url, { method: 'POST', headers, body: Buffer.concat(chunks) });
        to.writeHead(answer.status).end(await answer.text());
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as { port: number };
    const { provider } = openProvider(`http://127.0.0.1:${port}`, { endpoint: 'bytedance' });
    const send = (options: object = {}) => {
      const { request, clientRequestId } = orderFor('a fox', { model: 'pro', options: { ...options } });
      return provider.submit({ request, clientRequestId, route: provider.routeOf(request) });
    };
    expect(await errorOf(send())).toMatchObject({ kind: 'unavailable' });
    expect(await send()).toEqual(expect.any(String));
    expect(await errorOf(send({ aspect_ratio: '9:16' }))).toMatchObject({ kind: 'rejected' });
    await provider.stop();
    proxy.closeAllConnections();
    proxy.close();
  });
});

it('balance is what is left on the account', async () => {
  const { provider } = openProvider(sandbox.url);
  expect(await provider.balance()).toBe(100);
  await provider.stop();
});
