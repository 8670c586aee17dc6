import { afterEach, describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { LITE, openSandbox } from './client.ts';

let open: Awaited<ReturnType<typeof openSandbox>>;
const start = async (options: Partial<SandboxOptions> = {}) => {
  open = await openSandbox(options);
};
afterEach(() => open.sandbox.stop());

const rows = async () => (await open.call('/v2/logs?period=24h')).json.data as Record<string, unknown>[];
const post = (prompt: string) => open.post({ model: LITE, prompt, resolution: '720p', duration: 5 });

describe('a generation in the log', () => {
  it('is there once it is accepted, with the id of the call', async () => {
    await start();
    const { headers, json } = await post('x');
    expect(await rows()).toEqual([
      {
        created: '2026-01-01T00:00:00.000Z',
        status: 'succeeded',
        origin: 'api',
        model: LITE,
        cost: { usd: 0.2409264, credits: 481_853 },
        tokens: { input: 0, output: 0, total: 0 },
        request_id: headers.get('x-request-id'),
        inference_id: json.id,
        client_request_id: 'request-1',
      },
    ]);
  });

  it.each(['[504]', '[503-proxy]', '[429-proxy]', '[stranger-json]', '[no-id]', '[garbage]'])(
    'is there though its answer was %s',
    async (prompt) => {
      await start();
      await post(prompt);
      expect(await rows()).toMatchObject([{ status: 'succeeded', inference_id: open.sandbox.requests[0]?.id }]);
    },
  );

  it('can be there only when it has ended, and so much later', async () => {
    await start({ logAt: 'end', logLagMs: 3000 });
    await post('x');
    open.clock.pass(6999);
    expect(await rows()).toEqual([]);
    open.clock.pass(1);
    // The time in it is that of the request.
    expect(await rows()).toMatchObject([{ status: 'succeeded', created: '2026-01-01T00:00:00.000Z' }]);
  });

  it('that never ends is never there when only ended ones are', async () => {
    await start({ logAt: 'end' });
    await post('[stuck]');
    open.clock.pass(3_600_000);
    expect(await rows()).toEqual([]);
  });

  it.each(['accepted', 'end'] as const)('is failed, and free, once it has failed (log at: %s)', async (logAt) => {
    await start({ logAt });
    await post('[sensitive]');
    expect(await rows()).toMatchObject(logAt === 'end' ? [] : [{ status: 'succeeded' }]);
    open.clock.pass(10_000);
    expect(await rows()).toMatchObject([
      { status: 'failed', cost: { usd: 0, credits: 0 }, inference_id: open.sandbox.requests[0]?.id },
    ]);
  });
});

describe('a refused request in the log', () => {
  it('is failed, each attempt, with the id of its call', async () => {
    await start();
    const refusal = await post('[500-once]');
    open.clock.pass(1);
    const accepted = await post('[500-once]');
    expect([refusal.status, accepted.status]).toEqual([500, 201]);
    expect(await rows()).toMatchObject([
      { status: 'succeeded', inference_id: accepted.json.id },
      { status: 'failed', request_id: refusal.json.requestId, client_request_id: 'request-1' },
    ]);
  });

  it('is there after the lag, also when generations come at their end', async () => {
    await start({ logAt: 'end', logLagMs: 2000 });
    await post('[500]');
    expect(await rows()).toEqual([]);
    open.clock.pass(2000);
    expect(await rows()).toMatchObject([{ status: 'failed', cost: { usd: 0 } }]);
  });

  it('is not there when it never arrived', async () => {
    await start();
    await post('[lost]').catch(() => undefined);
    expect(await rows()).toEqual([]);
  });
});

it('the log can be asked for so often a minute', async () => {
  await start({ logsPerMinute: 2 });
  const ask = async () => (await open.call('/v2/logs?period=1h')).status;
  expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
  open.clock.pass(60_000);
  expect(await ask()).toBe(200);
});
