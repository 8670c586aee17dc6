import { describe, expect, test } from 'vitest';
import { createLog } from '../../../src/lib/log.ts';
import { EVENT_LIMIT_BYTES } from '../../../src/platforms/slack/http.ts';
import { clockAhead, createOn, startBench, startFake } from './bench.ts';

describe('Socket Mode', () => {
  test.each(['refresh_requested', 'warning'] as const)(
    'a disconnect (%s) is followed by a new connection at once',
    async (reason) => {
      const { fake, open } = await startBench();
      fake.socket.disconnect(reason);
      await fake.until(() => fake.socket.hellos === 2);
      await open();
    },
  );

  test('what is sent while there is no connection is carried out afterwards, once', async () => {
    const { fake, invocations } = await startBench();
    fake.socket.drop();
    const sent = Promise.all(['one', 'two', 'three'].map((text) => fake.command('/video', text)));
    await sent;
    await fake.until(() => invocations.length === 3);
    expect(invocations.map(({ options }) => options.prompt).sort()).toEqual(['one', 'three', 'two']);
  });

  test('Slack out of order while connecting again does not end it', async () => {
    const { fake, open } = await startBench();
    fake.fault({ method: 'apps.connections.open', kind: 'status', status: 500 });
    fake.socket.drop();
    await fake.until(() => fake.socket.hellos === 2);
    await open();
  });

  test('an app token that is refused later is logged, and ends nothing else', async () => {
    const { fake, slack, open, logged } = await startBench();
    const { invocation } = await open();
    fake.fault({ method: 'apps.connections.open', kind: 'refuse', error: 'invalid_auth' });
    fake.socket.drop();
    await expect.poll(logged).toContain('does not let the bot in');
    await slack.update(invocation.reply, { tone: 'done', title: 'Done', fields: [], notes: [], buttons: [] });
  });

  test('stopping closes the connection and waits for what is under way', async () => {
    const { fake, slack, open } = await startBench();
    await open();
    await slack.stop();
    await fake.until(() => fake.socket.openConnections === 0);
    expect(fake.socket.hellos).toBe(1);
  });
});

describe('wrong tokens', () => {
  const log = createLog('silent', []);
  const nothing = async () => ({ kind: 'handled' }) as const;
  const dispatch = {
    command: nothing,
    press: nothing,
    submit: nothing,
    message: async () => undefined,
    complete: async () => [],
  };

  test.each([
    ['SLACK_BOT_TOKEN', { tokens: { botToken: 'xoxb-wrong-and-secret' } }],
    ['SLACK_APP_TOKEN', { appToken: 'xapp-wrong-and-secret' }],
  ])('%s is named, and never printed', async (setting, options) => {
    const slack = createOn(await startFake(), { log, ...options });
    const error = await slack.listen(dispatch).catch((reason: unknown) => reason);
    expect(String(error)).toContain(setting);
    expect(String(error)).not.toContain('wrong-and-secret');
  });

  test('neither an app token nor a signing secret is a mistake at once', async () => {
    const fake = await startFake();
    expect(() => createOn(fake, { appToken: undefined })).toThrow('signing secret');
  });
});

describe('HTTP', () => {
  const check = JSON.stringify({ type: 'url_verification', challenge: 'c-1' });

  test('the address is verified', async () => {
    const { fake } = await startBench({ by: 'http' });
    const response = await fake.request(check, 'application/json');
    expect(await response.json()).toEqual({ challenge: 'c-1' });
  });

  test.each([
    ['another secret', (body: string, sign: Sign) => sign(body, Date.now(), 'wrong')],
    ['another body', (_: string, sign: Sign) => sign('something else')],
    ['a time more than five minutes ago', (body: string, sign: Sign) => sign(body, Date.now() - 301_000)],
    ['a time far ahead', (body: string, sign: Sign) => sign(body, Date.now() + 360_000)],
    ['no signature', () => ({ 'x-slack-signature': '' })],
    ['no time', () => ({ 'x-slack-request-timestamp': '' })],
  ])('a request signed with %s is refused', async (_, headers) => {
    const { fake, invocations } = await startBench({ by: 'http' });
    const [body, type] = fake.encode('slash_commands', fake.payloads.command('/video', 'a dragon'));
    expect((await fake.request(body, type, headers(body, fake.sign))).status).toBe(401);
    expect(invocations).toEqual([]);
  });

  test('a request replayed after five minutes is refused', async () => {
    const { fake } = await startBench({ by: 'http', slack: { clock: clockAhead(301_000) } });
    expect((await fake.request(check, 'application/json')).status).toBe(401);
  });

  test('a retry is answered and not executed twice', async () => {
    const { fake, invocations, open } = await startBench({ by: 'http' });
    const [body, type] = fake.encode('slash_commands', fake.payloads.command('/video', 'a dragon'));
    expect((await fake.request(body, type)).status).toBe(200);
    const retried = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    expect((await fake.request(body, type, retried)).status).toBe(200);
    await fake.until(() => invocations[0]);
    await open('the end');
    expect(invocations).toHaveLength(2);
  });

  test('an event that comes again is not handled twice', async () => {
    const { fake, slack, open } = await startBench({ by: 'http' });
    const events: unknown[] = [];
    slack.onEvent('tokens_revoked', async ({ teamId }) => void events.push(teamId));
    const payload = fake.payloads.event({ type: 'tokens_revoked', tokens: { bot: ['UBOT'] } });
    await fake.send('events_api', payload);
    await fake.send('events_api', payload);
    await open();
    expect(events).toEqual(['T1']);
  });

  test.each([
    ['not JSON', 'application/json', '{"type":'],
    ['a payload that is not JSON', 'application/x-www-form-urlencoded', 'payload=%7B'],
  ])('%s is refused', async (_, type, body) => {
    const { fake } = await startBench({ by: 'http' });
    expect((await fake.request(body, type)).status).toBe(400);
  });

  test('too much is refused', async () => {
    const { fake } = await startBench({ by: 'http' });
    expect((await fake.request('x'.repeat(EVENT_LIMIT_BYTES + 1), 'text/plain')).status).toBe(413);
  });

  test('after a stop nothing is taken, so that Slack sends it again', async () => {
    const { fake, slack } = await startBench({ by: 'http' });
    await slack.stop();
    const [body, type] = fake.encode('slash_commands', fake.payloads.command('/video', 'a dragon'));
    expect((await fake.request(body, type)).status).toBe(503);
  });
});

test('several workspaces are each answered with their own token', async () => {
  const tokenFor = async (teamId: string) => (teamId === 'T2' ? 'xoxb-of-t2' : undefined);
  const authorize = async () => ({ botToken: 'xoxb-of-t2' });
  const { fake, open } = await startBench({ fake: { teamId: 'T2' }, slack: { tokens: { authorize, tokenFor } } });
  fake.addToken('xoxb-of-t2');
  expect((await open()).invocation.community).toBe('slack:T2');
  expect(new Set(fake.callsOf('chat.postMessage').map(({ token }) => token))).toEqual(new Set(['xoxb-of-t2']));
});

type Sign = (body: string, at?: number, secret?: string) => Record<string, string>;
