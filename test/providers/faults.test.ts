import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { createAimlapi } from '../../src/providers/aimlapi/aimlapi.ts';
import {
  answering,
  atTheEnd,
  closeAll,
  errorOf,
  job,
  KEY,
  open,
  openProvider,
  orderFor,
  patientClock,
  serve,
} from './loopback.ts';

afterEach(closeAll);

describe('the network', () => {
  const kinds = async ({ provider, submit }: Awaited<ReturnType<typeof open>>) => [
    (await errorOf(submit())).kind,
    (await errorOf(provider.poll(job('x')))).kind,
  ];

  it('a refused connection means that nothing was sent: unavailable', async () => {
    const opened = await open(answering(200));
    opened.server.stop();
    expect(await kinds(opened)).toEqual(['unavailable', 'unavailable']);
  });

  it('a failed TLS handshake means that nothing was sent: unavailable', async () => {
    const server = await serve(answering(200));
    const { provider } = openProvider(server.url.replace('http:', 'https:'));
    atTheEnd(
      () => server.stop(),
      () => provider.stop(),
    );
    expect(await errorOf(provider.submit(orderFor('x')))).toMatchObject({ kind: 'unavailable' });
  });

  it('a reset after the request was sent is ambiguous', async () => {
    expect(await kinds(await open((request) => request.socket.resetAndDestroy()))).toEqual([
      'ambiguous',
      'unavailable',
    ]);
  });

  it('no answer in time after the request was sent is ambiguous', async () => {
    expect(await kinds(await open(() => {}, { timeoutMs: 150 }))).toEqual(['ambiguous', 'unavailable']);
  });

  it('an answer that breaks off is ambiguous', async () => {
    const listener: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":"abc"', () => response.destroy());
    };
    expect(await kinds(await open(listener))).toEqual(['ambiguous', 'unavailable']);
  });

  it('an answer that breaks off after a refusal is a refusal', async () => {
    const listener: RequestListener = (_request, response) => {
      response.writeHead(400, { 'content-length': '100' });
      response.write('{"mess', () => response.destroy());
    };
    expect(await kinds(await open(listener))).toEqual(['rejected', 'unavailable']);
  });

  it('an answer above 1 MiB is ambiguous', async () => {
    const body = JSON.stringify({ id: 'abc', status: 'queued', more: 'x'.repeat(1024 * 1024) });
    expect(await kinds(await open(answering(200, body)))).toEqual(['ambiguous', 'unavailable']);
  });

  it('an answer that comes a little now and then, without end, is ambiguous', async () => {
    const listener: RequestListener = (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drip));
    };
    expect(await kinds(await open(listener, { timeoutMs: 200 }))).toEqual(['ambiguous', 'unavailable']);
  });

  it('a packed answer is not unpacked, whatever it would come to: ambiguous', async () => {
    const bomb = gzipSync(JSON.stringify({ id: 'abc', status: 'queued', more: ' '.repeat(64 * 1024 * 1024) }));
    const listener: RequestListener = (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(bomb);
    const opened = await open(listener);
    const before = process.memoryUsage().rss;
    expect(await kinds(opened)).toEqual(['ambiguous', 'unavailable']);
    expect(process.memoryUsage().rss - before).toBeLessThan(48 * 1024 * 1024);
  });

  it('headers without end are ambiguous', async () => {
    const endless = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 200 OK\r\n');
      const more = () => {
        while (!socket.destroyed && socket.write(`x-more: ${'x'.repeat(1000)}\r\n`));
        socket.once('drain', more);
      };
      more();
    });
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
    const { port } = endless.address() as { port: number };
    const { provider } = openProvider(`http://127.0.0.1:${port}`);
    atTheEnd(
      () => endless.close(),
      () => provider.stop(),
    );
    expect(await errorOf(provider.submit(orderFor('x')))).toMatchObject({ kind: 'ambiguous' });
  });

  it('an answer that is not HTTP is ambiguous', async () => {
    const server = createServer((socket) => void socket.once('data', () => socket.end('hello\r\n\r\n')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const { provider } = openProvider(`http://127.0.0.1:${port}`);
    atTheEnd(
      () => server.close(),
      () => provider.stop(),
    );
    expect(await errorOf(provider.submit(orderFor('x')))).toMatchObject({ kind: 'ambiguous' });
  });

  it('a redirect is not followed: the key stays here', async () => {
    const elsewhere = await serve(answering(200, '{"id":"abc","status":"queued"}'));
    atTheEnd(() => elsewhere.stop());
    const opened = await open(answering(307, '', { location: `${elsewhere.url}/steal` }));
    expect(await kinds(opened)).toEqual(['ambiguous', 'unavailable']);
    expect(elsewhere.requests).toEqual([]);
  });

  it('a stopped provider sends nothing: unavailable', async () => {
    const opened = await open(answering(200, '{"id":"abc"}'));
    await opened.provider.stop();
    expect(await kinds(opened)).toEqual(['unavailable', 'unavailable']);
    expect(opened.server.requests).toEqual([]);
  });
});

describe('a caller that gives up', () => {
  const reason = new Error('given up');

  it('before the call gets its own reason, and nothing is sent', async () => {
    const { provider, server, submit } = await open(answering(200, '{"id":"abc"}'));
    const signal = AbortSignal.abort(reason);
    await expect(submit(signal)).rejects.toBe(reason);
    await expect(provider.poll(job('x'), signal)).rejects.toBe(reason);
    await expect(provider.find(new Map([['x', 0]]), undefined, 0, signal)).rejects.toBe(reason);
    await expect(provider.balance(signal)).rejects.toBe(reason);
    expect(server.requests).toEqual([]);
  });

  it('during a poll gets its own reason at once', async () => {
    const controller = new AbortController();
    const { provider } = await open(() => controller.abort(reason));
    await expect(provider.poll(job('x'), controller.signal)).rejects.toBe(reason);
  });

  it('during a submission still gets the id that comes a little later', async () => {
    const controller = new AbortController();
    const { submit } = await open((_request, response) => {
      controller.abort(reason);
      setTimeout(() => response.writeHead(201).end('{"id":"abc"}'), 50);
    });
    expect(await submit(controller.signal)).toBe('abc');
  });

  it('during a submission that stays silent gets ambiguous when the grace is over', async () => {
    const controller = new AbortController();
    const clock = patientClock();
    const { submit } = await open(
      () => {
        controller.abort(reason);
        expect(clock.sleeping()).toBe(1);
        clock.wake();
      },
      { clock },
    );
    expect(await errorOf(submit(controller.signal))).toMatchObject({ kind: 'ambiguous' });
  });
});

describe('the key', () => {
  it.each(['with space', 'line\nbreak', 'schlüssel', ''])('%j can’t be sent, and is not shown', (key) => {
    const create = () =>
      createAimlapi({
        baseUrl: 'http://127.0.0.1',
        key,
        endpoint: 'universal',
        log: createLog('silent', []),
        clock: systemClock,
      });
    expect(create).toThrow(/^AIMLAPI_KEY: expected letters, digits and signs without spaces, found other characters$/);
  });

  it('goes with every call', async () => {
    const { provider, server, submit } = await open(
      answering(200, '{"id":"abc","status":"queued","current_balance":1}'),
    );
    await submit();
    await provider.poll(job('abc'));
    await provider.balance();
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill(`Bearer ${KEY}`));
  });
});
