import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { startPlayground } from './playground.ts';

const VALID = { as: 'web:ada', command: 'quota', options: {} };

/** The status for a request under a name of the caller's choice, which `fetch` does not let one choose. */
function statusFor(port: number, host: string, path = '/api/channel?as=web:ada'): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject).end();
  });
}

describe('who may speak to the playground', () => {
  test('it answers to loopback names and to those that it is told, and to no others', async () => {
    const { port } = await startPlayground({ allowedHosts: ['bot.example'] });
    for (const host of ['localhost', `localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'bot.example']) {
      expect([host, await statusFor(port, host)]).toEqual([host, 200]);
    }
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:80', 'bot.example.evil']) {
      expect([host, await statusFor(port, host)]).toEqual([host, 403]);
    }
    expect(await statusFor(port, 'evil.example', '/')).toBe(403);
  });

  test('a page of another origin can say and press nothing', async () => {
    const playground = await startPlayground();
    for (const path of ['/api/commands', '/api/buttons']) {
      for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${playground.port + 1}`]) {
        const response = await playground.post(path, VALID, { origin });
        expect([origin, response.status]).toEqual([origin, 403]);
      }
    }
    expect(playground.invocations).toEqual([]);
    expect((await playground.post('/api/commands', VALID, { origin: playground.url })).status).toBe(202);
  });

  test('what is not declared as JSON is refused, as forms of other pages can send it', async () => {
    const playground = await startPlayground();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
      const response = await playground.post('/api/commands', VALID, { 'content-type': type });
      expect([type, response.status]).toEqual([type, 415]);
    }
    const response = await playground.post('/api/commands', VALID, {
      'content-type': 'application/json; charset=utf-8',
    });
    expect(response.status).toBe(202);
  });
});

describe('what is sent to the playground', () => {
  test.each<[string, unknown, string]>([
    ['not JSON', '{"as":', 'The request’s body is not JSON'],
    ['an unknown person', { ...VALID, as: 'web:eve' }, 'as: expected one of web:ada, web:ben, web:mo'],
    ['no person', { command: 'quota', options: {} }, 'as: '],
    ['no command', { as: 'web:ada', options: {} }, 'command: '],
    [
      'an option of a wrong kind',
      { ...VALID, options: { x: [1] } },
      'options.x: expected a text, a number, true or false',
    ],
  ])('%s is a 400 that says what is wrong', async (_, body, message) => {
    const playground = await startPlayground();
    const response = await playground.post('/api/commands', body);
    expect(response.status).toBe(400);
    const { error } = await response.json();
    expect(error.code).toBe('bad_request');
    expect(error.message).toContain(message);
    expect(playground.invocations).toEqual([]);
    expect((await playground.channel()).messages).toEqual([]);
  });

  test('a value that does not fit an option is for dispatch to refuse', async () => {
    const playground = await startPlayground();
    await playground.say('video', { prompt: 'x', model: 'huge', duration: 7, unheard: 'of' });
    await playground.say('video', { prompt: 5, seed: 1.5 });
    await playground.say('video', { model: 'pro' });
    expect(playground.invocations).toHaveLength(3);
  });

  test.each(['/api/channel', '/api/channel?as=web:eve', '/api/events?as=web:eve'])('%s is a 400', async (path) => {
    const playground = await startPlayground();
    expect((await fetch(playground.url + path)).status).toBe(400);
  });
});
