import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { describe, expect, test } from 'vitest';
import { startHttp } from '../../src/http/server.ts';
import { createLog } from '../../src/lib/log.ts';

const log = createLog('silent', []);
const app = new Hono();
app.get('/', (c) => c.text('hello'));
app.get('/events', (c) =>
  streamSSE(c, async (stream) => {
    await stream.writeSSE({ event: 'ready', data: '{}' });
    await new Promise<void>((resolve) => stream.onAbort(resolve));
  }),
);

describe('the HTTP server', () => {
  test('port 0 is a free port, and the address names it', async () => {
    const server = await startHttp({ host: '127.0.0.1', port: 0, app, log });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect(await (await fetch(server.url)).text()).toBe('hello');
    await server.close();
  });

  const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
  test.runIf(hasIPv6)('an IPv6 address is put into brackets', async () => {
    const server = await startHttp({ host: '::1', port: 0, app, log });
    expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await fetch(server.url)).status).toBe(200);
    await server.close();
  });

  test('"everywhere" is shown as an address that can be typed', async () => {
    const server = await startHttp({ host: '0.0.0.0', port: 0, app, log });
    expect(server.url).toMatch(/^http:\/\/localhost:\d+$/);
    await server.close();
  });

  test('a port in use is one plain line', async () => {
    const first = await startHttp({ host: '127.0.0.1', port: 0, app, log });
    const port = Number(new URL(first.url).port);
    await expect(startHttp({ host: '127.0.0.1', port, app, log })).rejects.toThrow(
      `cannot listen at 127.0.0.1 port ${port}: another program uses it already; ` +
        'stop that program or set PORT to another number',
    );
    await first.close();
  });

  test('an address of another machine is one plain line', async () => {
    await expect(startHttp({ host: '192.0.2.1', port: 0, app, log })).rejects.toThrow(
      'cannot listen at 192.0.2.1 port 0: this machine does not have that address; check HOST',
    );
  });

  test.each([
    ['headers', 'POST / HTTP/1.1\r\nhost: x\r\nx-slow: '],
    ['body', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n'],
  ])('a client that is slow with its %s is let go', async (_, begin) => {
    const timeouts = { headersMs: 100, requestMs: 200, checkMs: 20 };
    const reading = new Hono().post('/', async (c) => c.text(await c.req.text()));
    reading.onError((_error, c) => c.text('', 400));
    const server = await startHttp({ host: '127.0.0.1', port: 0, app: reading, log, timeouts });
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(begin);
    const drip = setInterval(() => socket.write('x'), 10);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    // Bytes that are still on their way to the closed connection reset it, which `once` alone would take for a failure.
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    await server.close();
  });

  test('close ends streams of events and kept-alive connections, which would never end by themselves', async () => {
    const server = await startHttp({ host: '127.0.0.1', port: 0, app, log });
    await (await fetch(server.url)).text();
    const events = await fetch(`${server.url}/events`);
    const reader = (events.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await Promise.all([server.close(), server.close()]);
    await expect(reader.read()).rejects.toThrow();
    await expect(fetch(server.url)).rejects.toThrow();
  });
});
