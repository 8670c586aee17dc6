import { request } from 'node:http';
import type { APIInteraction } from 'discord.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startHttp } from '../../../src/http/server.ts';
import { createApp } from '../../../src/http/web-app.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import {
  createInteractionEntry,
  INTERACTION_LIMIT_BYTES,
  INTERACTIONS_PATH,
} from '../../../src/platforms/discord/http.ts';
import { serveRoutes } from '../../http/support.ts';
import { VirtualClock } from '../../support/clock.ts';
import { recordingLog } from '../../support/log.ts';
import { headersFor, type Keys, makeKeys } from './keys.ts';

const ours = makeKeys();
const SECONDS = 1000;

const PING = { id: '1', application_id: '10', token: 'token-of-ping', type: 1, version: 1 };

const slash = (id = '2', extra: object = {}) => ({
  id,
  application_id: '10',
  token: `token-of-${id}`,
  type: 2,
  version: 1,
  user: { id: '77' },
  data: { id: '5', name: 'video', type: 1 },
  ...extra,
});

/** The route on a real server, with Discord on the other end of the line. */
async function serve(handle: (interaction: APIInteraction) => void = () => undefined) {
  const clock = new VirtualClock();
  const { log, lines } = recordingLog();
  const handed: APIInteraction[] = [];
  const routes = createInteractionEntry({
    publicKey: ours.publicKey,
    clock,
    log,
    onInteraction: (interaction) => {
      handed.push(interaction);
      handle(interaction);
    },
  });
  const server = await serveRoutes(routes);
  onTestFinished(() => server.close());
  const address = server.url + INTERACTIONS_PATH;
  /** @param changes what is wrong with it: `keys` sign, `ageMs` is how old it says it is, `headers` replace. */
  const post = async (
    body: unknown,
    changes: { keys?: Keys; ageMs?: number; sent?: string; headers?: Record<string, string> } = {},
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const headers = headersFor(text, changes.keys ?? ours, clock.now() - (changes.ageMs ?? 0));
    const response = await fetch(address, {
      method: 'POST',
      headers: { ...headers, ...changes.headers },
      body: changes.sent ?? text,
    });
    return { status: response.status, text: await response.text() };
  };
  return { clock, handed, lines, address, post };
}

describe('an interaction that Discord signed', () => {
  test('a ping is answered, and goes no further', async () => {
    const { post, handed } = await serve();
    const { status, text } = await post(PING);
    expect([status, JSON.parse(text)]).toEqual([200, { type: 1 }]);
    expect(handed).toEqual([]);
  });

  test('may come in chunks, as some proxies send it on', async () => {
    const { address, clock, handed } = await serve();
    const text = JSON.stringify(slash());
    const body = new ReadableStream({
      start(controller) {
        for (const part of [text.slice(0, 5), text.slice(5)]) controller.enqueue(new TextEncoder().encode(part));
        controller.close();
      },
    });
    const headers = headersFor(text, ours, clock.now());
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    const { status } = await fetch(address, init);
    expect([status, handed.length]).toEqual([202, 1]);
  });

  test('a command is accepted with an empty answer, and handed over as it came', async () => {
    const { post, handed } = await serve();
    const command = slash('2', {
      data: { id: '5', name: 'video', options: [{ name: 'prompt', value: 'Žluťoučký 🐉' }] },
    });
    expect(await post(command)).toEqual({ status: 202, text: '' });
    expect(handed).toEqual([command]);
  });

  test('of a kind that we do not know is accepted too', async () => {
    const { post, handed } = await serve();
    expect((await post(slash('2', { type: 17 }))).status).toBe(202);
    expect(handed).toHaveLength(1);
  });

  test('is answered before its work is done, and even when that fails', async () => {
    const { post, lines } = await serve(() => {
      throw new Error('a mistake of ours');
    });
    expect((await post(slash())).status).toBe(202);
    expect(lines.join('')).toContain('a mistake of ours');
    expect(lines.join('')).not.toContain('token-of-2');
  });

  test.each([
    ['no JSON', 'hello'],
    ['a list', '[]'],
    ['null', 'null'],
    ['an object without an id', JSON.stringify({ ...slash(), id: undefined })],
    ['an object without a token', JSON.stringify({ ...slash(), token: undefined })],
    ['an object with a word as its type', JSON.stringify(slash('2', { type: 'command' }))],
    ['an object with an id that is no number', JSON.stringify(slash('../2'))],
  ])('but is %s is refused as a bad request', async (_, body) => {
    const { post, handed } = await serve();
    expect((await post(body, { headers: { 'content-type': 'text/plain' } })).status).toBe(400);
    expect((await post(body)).status).toBe(400);
    expect(handed).toEqual([]);
  });
});

describe('an interaction that Discord did not sign', () => {
  const refused = async (...sent: Parameters<Awaited<ReturnType<typeof serve>>['post']>) => {
    const { post, handed } = await serve();
    const { status } = await post(...sent);
    expect(handed).toEqual([]);
    return status;
  };

  test('with the signature of somebody else', async () => {
    expect(await refused(slash(), { keys: makeKeys() })).toBe(401);
  });

  test('a ping is no exception', async () => {
    expect(await refused(PING, { keys: makeKeys() })).toBe(401);
  });

  test.each([
    ['no signature', { 'x-signature-ed25519': '' }],
    ['zeros', { 'x-signature-ed25519': '0'.repeat(128) }],
    ['a short signature', { 'x-signature-ed25519': 'abcd' }],
    ['letters that are no digits', { 'x-signature-ed25519': 'xy'.repeat(64) }],
    ['no timestamp', { 'x-signature-timestamp': '' }],
    ['a word as timestamp', { 'x-signature-timestamp': 'now' }],
  ])('with %s', async (_, headers: Record<string, string>) => {
    expect(await refused(slash(), { headers })).toBe(401);
  });

  test('with another body than the signed one, by a single space', async () => {
    expect(await refused(slash(), { sent: `${JSON.stringify(slash())} ` })).toBe(401);
  });

  test('with another timestamp than the signed one', async () => {
    const { post, clock, handed } = await serve();
    const later = String(Math.floor(clock.now() / SECONDS) + 1);
    expect((await post(slash(), { headers: { 'x-signature-timestamp': later } })).status).toBe(401);
    expect(handed).toEqual([]);
  });
});

describe('the time of a signed interaction', () => {
  test.each([
    ['5 minutes ago', 300 * SECONDS, 202],
    ['over 5 minutes ago', 301 * SECONDS, 401],
    ['in a minute', -60 * SECONDS, 202],
    ['in over a minute', -61 * SECONDS, 401],
  ])('%s', async (_, ageMs, status) => {
    const { post, handed } = await serve();
    expect((await post(slash(), { ageMs })).status).toBe(status);
    expect(handed).toHaveLength(status === 202 ? 1 : 0);
  });
});

describe('a repeated interaction', () => {
  test('is accepted again, but handed over once', async () => {
    const { post, clock, handed } = await serve();
    await post(slash('2'));
    expect((await post(slash('2'))).status).toBe(202);
    await clock.advance(600 * SECONDS);
    await post(slash('2'));
    await post(slash('3'));
    expect(handed.map(({ id }) => id)).toEqual(['2', '3']);
  });

  test('is forgotten after 10 minutes, so that memory does not grow', async () => {
    const { post, clock, handed } = await serve();
    await post(slash('2'));
    await clock.advance(601 * SECONDS);
    await post(slash('2'));
    expect(handed.map(({ id }) => id)).toEqual(['2', '2']);
  });

  test('that was forged before does not keep the real one away', async () => {
    const { post, handed } = await serve();
    await post(slash('2'), { keys: makeKeys() });
    await post(slash('2'));
    expect(handed).toHaveLength(1);
  });
});

describe('an interaction that is too large', () => {
  const large = slash('2', { data: { id: '5', name: 'x', text: 'x'.repeat(300 * 1024) } });

  test('is refused', async () => {
    const { post, handed } = await serve();
    expect((await post(large)).status).toBe(413);
    expect(handed).toEqual([]);
  });

  test('is one above 256 KiB, where the app leaves this path its own limit', async () => {
    const { log } = recordingLog();
    const onInteraction = () => undefined;
    const app = createApp({ log, bodyLimits: { [INTERACTIONS_PATH]: INTERACTION_LIMIT_BYTES } });
    app.route('/', createInteractionEntry({ publicKey: ours.publicKey, clock: systemClock, log, onInteraction }));
    const server = await startHttp({ host: '127.0.0.1', port: 0, app, log });
    onTestFinished(() => server.close());
    const statuses = [INTERACTION_LIMIT_BYTES, INTERACTION_LIMIT_BYTES + 1].map(async (bytes) => {
      const filled = JSON.stringify(slash()).padEnd(bytes);
      const headers = headersFor(filled, ours, Date.now());
      return (await fetch(server.url + INTERACTIONS_PATH, { method: 'POST', headers, body: filled })).status;
    });
    expect(await Promise.all(statuses)).toEqual([202, 413]);
  });

  test('is refused too when it does not say how large it is', async () => {
    const { address, handed } = await serve();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(address, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }, (response) => {
        resolve(response.statusCode);
        response.resume();
      });
      sending.on('error', reject);
      sending.end(JSON.stringify(large));
    });
    expect(status).toBe(413);
    expect(handed).toEqual([]);
  });
});

describe('the public key', () => {
  const make = (publicKey: string) => () =>
    createInteractionEntry({
      publicKey,
      clock: new VirtualClock(),
      log: recordingLog().log,
      onInteraction: () => undefined,
    });

  test.each([
    ['empty', ''],
    ['too short', ours.publicKey.slice(1)],
    ['too long', `${ours.publicKey}0`],
    ['not hexadecimal', `${ours.publicKey.slice(0, -1)}g`],
  ])('that is %s is refused in one line that does not show it', (_, publicKey) => {
    expect(make(publicKey)).toThrow(RangeError);
    expect(make(publicKey)).toThrow(
      `DISCORD_PUBLIC_KEY: expected 64 hexadecimal digits, found something else with ${publicKey.length} characters`,
    );
  });

  test('may be in capitals', () => {
    expect(make(ours.publicKey.toUpperCase())).not.toThrow();
  });
});
