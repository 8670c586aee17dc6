import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Child, startChild } from '../chaos/child.ts';
import { startWorld, type World } from '../chaos/world.ts';
import { makeKeys } from '../platforms/discord/keys.ts';
import { tempFolder } from '../support/temp.ts';

/** Everything that goes wrong at the provider; `[silent]` would take half a real minute. */
const FAILURES = [
  '[400]',
  '[401]',
  '[403]',
  '[429]',
  '[503]',
  '[error]',
  '[moderated]',
  '[reset]',
  '[lost]',
  '[flaky]',
  '[unknown-state]',
  '[no-url]',
  '[expired]',
  '[html]',
  '[truncated]',
  // And a gateway before it that says in its refusal what it was sent.
  '[echo 400]',
  '[echo 422]',
  '[echo 403]',
];

/** Every value that must stay inside. */
const secretsOf = ({ discord, slack, settings }: World) => [
  discord.token,
  slack.botToken,
  slack.appToken,
  settings.AIMLAPI_KEY ?? 'no key',
];

/** Hands everything on to the sandbox, but repeats what it was sent where a prompt asks for it. */
async function startEcho(sandbox: string): Promise<string> {
  const server = createServer(async (from, to) => {
    const chunks: Buffer[] = [];
    for await (const chunk of from) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const status = /\[echo (\d+)\]/.exec(body.toString())?.[1];
    if (status) {
      const message = `no: ${from.headers.authorization} ${body.toString()}`;
      to.writeHead(Number(status), { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
      return;
    }
    const onward = request(sandbox + from.url, { method: from.method, headers: from.headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.on('error', () => to.destroy());
      answer.pipe(to);
    });
    onward.on('error', () => to.destroy());
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function start(folder: string, settings: Record<string, string>): Child {
  const child = startChild(folder, { LOG_LEVEL: 'trace', ...settings });
  onTestFinished(() => void child.process.kill('SIGKILL'));
  return child;
}

/** Chats that fail in each manner, and say in their refusals what they were sent. */
function trouble({ discord, slack }: World): void {
  const edits = { path: /messages/, method: 'PATCH' };
  discord.fault({ ...edits, kind: 'reset', times: 3 });
  const said = `no: Bot ${discord.token}`;
  discord.fault({ ...edits, kind: 'refuse', status: 400, code: 50035, message: said, times: 3 });
  discord.fault({ ...edits, kind: 'refuse', status: 500, code: 0, message: said, times: 3 });
  discord.fault({ ...edits, kind: 'rateLimit', retryAfterMs: 50, times: 3 });
  for (const error of ['invalid_auth', 'fatal_error', `unknown ${slack.botToken}`, slack.appToken]) {
    slack.fault({ method: 'chat.update', kind: 'refuse', error });
  }
  slack.fault({ method: 'files.getUploadURLExternal', kind: 'status', status: 500 });
  slack.fault({ method: 'files.getUploadURLExternal', kind: 'refuse', error: `no ${slack.botToken}` });
  slack.fault({ method: 'files.completeUploadExternal', kind: 'reset' });
}

describe('secrets', () => {
  it('are in no log line, no chat message, no HTTP answer and no database, whatever goes wrong', async () => {
    const folder = await tempFolder();
    const world = await startWorld(folder);
    onTestFinished(() => world.stop());
    const { discord, slack, sandbox } = world;
    const child = start(folder, {
      ...world.settings,
      AIMLAPI_BASE_URL: await startEcho(sandbox.url),
      MEMBER_CONCURRENCY: '40',
      PROVIDER_CONCURRENCY: '100',
    });
    expect(await child.ready).toBe('ready');
    trouble(world);
    const tokens: string[] = [];
    for (const failure of FAILURES) {
      tokens.push(discord.slash({ name: 'video', options: { prompt: `a dragon ${failure}` } }).token);
      void slack.command('/video', `a wyvern ${failure}`);
    }
    void slack.command('/video', 'seed:none');

    const url = /at (http:\S+?)\. /.exec(child.output())?.[1] ?? '';
    const answers: string[] = [];
    const look = async (path: string, init?: RequestInit) => {
      const response = await fetch(url + path, init);
      answers.push(JSON.stringify([...response.headers]), await response.text());
    };
    const json = { 'content-type': 'application/json' };
    for (const path of ['/healthz', '/metrics', '/nothing', '/media/x/y?expires=1&signature=z']) await look(path);
    await look('/discord/interactions', { method: 'POST', headers: json, body: '{' });
    await look('/slack/events', { method: 'POST', headers: json, body: '{"token":"x"}' });

    const ends = () => child.output().match(/"a video was delivered"|"a generation ended without a video"/g)?.length;
    // What is refused for the account waits for its operator.
    const waiting = FAILURES.filter((failure) => /40[13]/.test(failure)).length;
    await expect.poll(ends, { interval: 200 }).toBeGreaterThanOrEqual(2 * (FAILURES.length - waiting));
    child.process.kill('SIGTERM');
    expect(await child.ended).toBe(0);

    const seen: Record<string, string> = {
      log: child.output(),
      discord: JSON.stringify(discord.edits.map(({ body }) => body)),
      slack: JSON.stringify([slack.state.messages, slack.state.whispers, slack.state.views]),
      http: answers.join('\n'),
      provider: JSON.stringify(sandbox.requests),
      database: (await readFile(join(folder, 'dailies.db'))).toString('latin1'),
    };
    // What was said is there, without what must not be said.
    for (const where of ['log', 'discord', 'database']) expect(seen[where]).toContain('redacted');
    for (const [where, text] of Object.entries(seen)) {
      for (const secret of secretsOf(world)) expect(text.includes(secret), `${secret} in ${where}`).toBe(false);
    }
    for (const token of tokens) expect(seen.log?.includes(token), 'an interaction token in the log').toBe(false);
    for (const animal of ['dragon', 'wyvern']) {
      expect(seen.log?.includes(`a ${animal}`), 'a prompt in the log').toBe(false);
    }
  });

  it('are in no answer to requests by HTTP that are forged, broken or repeat them', async () => {
    const folder = await tempFolder();
    const world = await startWorld(folder);
    onTestFinished(() => world.stop());
    const { SLACK_APP_TOKEN: _, SLACK_BOT_TOKEN: __, ...settings } = world.settings;
    const ours = {
      SLACK_SIGNING_SECRET: 'canary-signing-secret',
      SLACK_CLIENT_SECRET: 'canary-client-secret',
      SECRET_KEY: 'canary-secret-key-of-more-than-32-characters',
    };
    const child = start(folder, {
      ...settings,
      ...ours,
      SLACK_CLIENT_ID: '12.34',
      PUBLIC_URL: 'https://bot.example.org',
      DISCORD_PUBLIC_KEY: makeKeys().publicKey,
    });
    expect(await child.ready, child.output()).toBe('ready');
    const url = /at (http:\S+?)\. /.exec(child.output())?.[1] ?? '';
    const secrets = [...secretsOf(world), ...Object.values(ours)];
    const answers: string[] = [];
    const types = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'];
    const bodies = ['{', JSON.stringify({ type: 'url_verification', challenge: secrets }), secrets.join('&')];
    for (const path of [
      '/discord/interactions',
      '/slack/events',
      '/slack/install',
      '/slack/oauth_redirect?code=x&state=y',
    ]) {
      for (const type of types) {
        for (const body of bodies) {
          const headers = { 'content-type': type, 'x-slack-signature': 'v0=1', 'x-slack-request-timestamp': '1' };
          const post = { method: 'POST', headers, body };
          for (const init of [post, { redirect: 'manual' as const }]) {
            const response = await fetch(url + path, init);
            answers.push(JSON.stringify([...response.headers]), await response.text());
          }
        }
      }
    }
    child.process.kill('SIGTERM');
    expect(await child.ended).toBe(0);
    expect(answers.join()).toContain('signature');
    for (const secret of secrets) {
      expect(answers.join().includes(secret), `${secret} in an answer`).toBe(false);
      expect(child.output().includes(secret), `${secret} in the log`).toBe(false);
    }
  });

  it.each<[string, (world: World) => Record<string, string> | undefined]>([
    [
      'because Discord refuses the token, and repeats it',
      ({ discord }) => {
        const message = `no: Bot ${discord.token}`;
        discord.fault({ path: /./, method: 'GET', kind: 'refuse', status: 401, code: 0, message, times: 99 });
        return {};
      },
    ],
    [
      'because Slack refuses the token, and repeats it',
      ({ slack }) => {
        slack.fault({ method: 'auth.test', kind: 'refuse', error: `no ${slack.botToken}`, times: 99 });
        return {};
      },
    ],
    ['because a token stands where something else should', ({ discord }) => ({ DISCORD_API_URL: discord.token })],
    ['because it has a half of Slack', () => ({ SLACK_APP_TOKEN: '' })],
    ['because it has no folder', () => ({ DATABASE_URL: 'sqlite:/sys/dailies/dailies.db' })],
  ])('are in nothing that a start says which fails %s', async (_, spoil) => {
    const folder = await tempFolder();
    const world = await startWorld(folder);
    onTestFinished(() => world.stop());
    const child = start(folder, { ...world.settings, ...spoil(world) });
    expect(await child.ended).toBe(1);
    expect(child.output()).toContain('Dailies cannot start. ');
    for (const secret of secretsOf(world)) expect(child.output()).not.toContain(secret);
  });
});
