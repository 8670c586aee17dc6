import { connect } from 'node:net';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type serveRoutes, serveWithLimits } from './support.ts';

describe('the app', () => {
  const routes = new Hono();
  routes.get('/page', (c) => c.html('<p>hello</p>'));
  routes.post('/echo', async (c) => c.json(await c.req.json()));
  for (const path of ['/large', '/small']) routes.post(path, async (c) => c.text(await c.req.text()));
  routes.post('/raw', async (c) => c.text(await c.req.text()));
  routes.get('/broken', () => {
    throw new Error('the cause, for the operator only');
  });
  routes.get('/refused', () => {
    throw new HTTPException(403, { message: 'Not for you.' });
  });

  let server: Awaited<ReturnType<typeof serveRoutes>>;
  beforeAll(async () => {
    server = await serveWithLimits({ '/large': 100 * 1024, '/small': 10 }, routes);
  });
  afterAll(() => server.close());

  const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(server.url + path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      duplex: 'half',
    } as RequestInit);

  test.each(['/page', '/nothing', '/broken'])('%s comes with security headers', async (path) => {
    const { headers } = await fetch(server.url + path);
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('an unknown address is a JSON 404', async () => {
    const response = await fetch(`${server.url}/nothing`);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: { code: 'not_found', message: 'There is nothing at /nothing.' } });
  });

  test('an unexpected error is logged with its cause and answered without it', async () => {
    const response = await fetch(`${server.url}/broken`);
    expect(response.status).toBe(500);
    const body = await response.text();
    expect(JSON.parse(body)).toEqual({ error: { code: 'internal', message: 'Something went wrong on our side.' } });
    expect(server.lines).toContainEqual(
      expect.objectContaining({
        path: '/broken',
        err: expect.objectContaining({ message: 'the cause, for the operator only' }),
      }),
    );
  });

  test('a refusal keeps its status and sentence', async () => {
    const response = await fetch(`${server.url}/refused`);
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ error: { code: 'forbidden', message: 'Not for you.' } });
  });

  test.each(['', '{"a":', 'prompt=dragon'])('a body that is not JSON (%j) is a 400 that says so', async (body) => {
    const response = await post('/echo', body);
    expect(response.status).toBe(400);
    expect((await response.json()).error).toMatchObject({
      code: 'bad_request',
      message: expect.stringMatching(/^The request’s body is not JSON/),
    });
  });

  test('JSON passes through, and its exact bytes stay readable', async () => {
    expect(await (await post('/echo', '{ "a": 1 }')).json()).toEqual({ a: 1 });
    expect(await (await post('/raw', '{ "a": 1 }')).text()).toBe('{ "a": 1 }');
  });

  test('a body of 64 KiB passes, one byte more is a JSON 413', async () => {
    const longest = JSON.stringify('x'.repeat(64 * 1024 - 2));
    expect((await post('/echo', longest)).status).toBe(200);
    const response = await post('/echo', JSON.stringify('x'.repeat(64 * 1024 - 1)));
    expect(response.status).toBe(413);
    expect((await response.json()).error.code).toBe('too_large');
  });

  test('a path can have a limit of its own', async () => {
    const text = { 'content-type': 'text/plain' };
    const statusOf = async (path: string, bytes: number) => (await post(path, 'x'.repeat(bytes), text)).status;
    expect([await statusOf('/large', 100 * 1024), await statusOf('/large', 100 * 1024 + 1)]).toEqual([200, 413]);
    expect([await statusOf('/small', 10), await statusOf('/small', 11)]).toEqual([200, 413]);
    expect((await (await post('/small', 'x'.repeat(11), text)).json()).error.message).toMatch(/the most is 10 bytes/);
  });

  test('a body of unknown length is limited too', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(8 * 1024));
    let chunks = 0;
    const body = new ReadableStream({
      pull: (controller) => (chunks++ < 9 ? controller.enqueue(chunk) : controller.close()),
    });
    expect((await post('/raw', body, { 'content-type': 'text/plain' })).status).toBe(413);
  });

  test('bytes that are no HTTP are answered with a 400', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write('nonsense\r\n\r\n');
    let answer = '';
    for await (const part of socket) answer += part;
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });
});
