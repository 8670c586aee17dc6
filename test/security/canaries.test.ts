import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startChild } from '../chaos/child.ts';
import { SPEED, startWorld } from '../chaos/world.ts';
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
].concat(['[unknown-state]', '[no-url]', '[expired]', '[html]', '[truncated]']);
const PATIENCE = { timeout: 40_000, interval: 200 };

describe('secrets', () => {
  it('are in no log line, no chat message, no HTTP answer and no database, whatever goes wrong', async () => {
    const folder = await tempFolder();
    const world = await startWorld(folder);
    onTestFinished(() => world.stop());
    const { discord, slack, sandbox } = world;
    const secrets = [discord.token, slack.botToken, slack.appToken, 'chaos-key'];
    const child = startChild(folder, { ...world.settings, LOG_LEVEL: 'trace', MEMBER_CONCURRENCY: '10' });
    onTestFinished(() => void child.process.kill('SIGKILL'));
    expect(await child.ready).toBe('ready');

    const messages = { path: /messages/, times: 3 };
    discord.fault({ ...messages, method: 'PATCH', kind: 'reset' });
    discord.fault({
      ...messages,
      method: 'PATCH',
      kind: 'refuse',
      status: 400,
      code: 50035,
      message: 'Invalid Form Body',
    });
    discord.fault({ ...messages, method: 'PATCH', kind: 'rateLimit', retryAfterMs: 50 });
    discord.fault({ ...messages, method: 'GET', kind: 'refuse', status: 401, code: 0, message: `no ${discord.token}` });
    for (const error of ['invalid_auth', 'fatal_error', 'invalid_arguments']) {
      slack.fault({ method: 'chat.update', kind: 'refuse', error });
    }
    slack.fault({ method: 'files.getUploadURLExternal', kind: 'status', status: 500 });
    slack.fault({ method: 'files.completeUploadExternal', kind: 'reset' });

    const tokens: string[] = [];
    for (const failure of FAILURES) {
      tokens.push(discord.slash({ name: 'video', options: { prompt: `a dragon ${failure}` } }).token);
      void slack.command('/video', `a dragon ${failure}`);
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

    await expect
      .poll(() => child.output().match(/"a video was delivered"|without a video/g)?.length ?? 0, PATIENCE)
      .toBeGreaterThan(FAILURES.length);
    // Some wait in line for a minute of their own; what they say is what the others said.
    await new Promise((resolve) => setTimeout(resolve, 60_000 / SPEED));
    child.process.kill('SIGTERM');
    await child.ended;

    const seen: Record<string, string> = {
      log: child.output(),
      discord: JSON.stringify(discord.edits.map(({ body }) => body)),
      slack: JSON.stringify([slack.state.messages, slack.state.whispers, slack.state.views]),
      http: answers.join('\n'),
      provider: JSON.stringify(sandbox.requests),
      database: (await readFile(join(folder, 'dailies.db'))).toString('latin1'),
    };
    expect(seen.log?.length).toBeGreaterThan(10_000);
    for (const [where, text] of Object.entries(seen)) {
      for (const secret of secrets) expect(text.includes(secret), `${secret} in ${where}`).toBe(false);
    }
    for (const token of tokens) expect(seen.log?.includes(token), 'an interaction token in the log').toBe(false);
    for (const prompt of FAILURES) expect(seen.log?.includes(`a dragon ${prompt}`), 'a prompt in the log').toBe(false);
  }, 90_000);
});
