import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../src/lib/clock.ts';
import { startSandbox } from '../src/sandbox/sandbox.ts';
import { recordingLog } from './support/log.ts';
import { startBot } from './support/processes.ts';
import { tempFolder } from './support/temp.ts';
import { TITLES } from './support/titles.ts';
import { WebClient } from './support/web-client.ts';

describe('the program', () => {
  it('starts with no settings at all, and makes a playable video in the playground', async () => {
    const bot = startBot(await tempFolder());
    const chat = new WebClient(() => url);
    const url = await bot.ready;
    const done = await chat.untilTitle(await chat.video('a dragon', { resolution: '480p' }), TITLES.delivered);
    expect((await chat.clip(done)).length).toBeGreaterThan(10_000);
    expect(bot.output()).toContain(
      `Dailies is ready. The playground is at ${url}. Videos come from free stand-in clips`,
    );
  });

  it('goes on after a SIGKILL: the same reply, nothing ordered twice', async () => {
    const folder = await tempFolder();
    const { log } = recordingLog();
    const sandbox = await startSandbox({ clock: systemClock, log, shortSide: 32, durationMs: 2000 });
    onTestFinished(() => sandbox.stop());
    const settings = {
      PROVIDER: 'aimlapi',
      AIMLAPI_KEY: 'some-key',
      AIMLAPI_BASE_URL: sandbox.url,
      ALLOW_PRIVATE_MEDIA_HOSTS: 'true',
      POLL_INTERVAL_MS: '1000',
    };
    let url = '';
    const chat = new WebClient(() => url);
    const first = startBot(folder, settings);
    url = await first.ready;
    const running = await chat.video('running');
    const waiting = await chat.video('waiting');
    await chat.untilTitle(running, TITLES.generating);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = startBot(folder, settings);
    url = await second.ready;
    await chat.untilTitle(running, TITLES.delivered);
    await chat.untilTitle(waiting, TITLES.delivered);
    expect(sandbox.requests.map(({ prompt }) => prompt)).toEqual(['running', 'waiting']);
    expect(await chat.messages()).toHaveLength(2);
  });

  it('keeps what the sandbox was making, too', async () => {
    const folder = await tempFolder();
    let url = '';
    const chat = new WebClient(() => url);
    const first = startBot(folder);
    url = await first.ready;
    const id = await chat.video('a dragon', { resolution: '480p' });
    await chat.untilTitle(id, TITLES.generating);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = startBot(folder);
    url = await second.ready;
    await chat.untilTitle(id, TITLES.delivered);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends well and soon on %s, in the middle of work', async (signal) => {
    const bot = startBot(await tempFolder());
    const url = await bot.ready;
    const chat = new WebClient(() => url);
    await chat.untilTitle(await chat.video('a dragon [slow]'), TITLES.generating);
    bot.child.kill(signal);
    expect(await bot.ended).toBe(0);
    expect(bot.output()).not.toContain('"state":"delivered"');
    expect(bot.output()).not.toContain('"level":50');
  });

  it('stops at once with one plain line for each wrong setting', async () => {
    const bot = startBot(await tempFolder(), { PORT: 'eighty', AIMLAPI_KEY: 'canary key', LOG_LEVEL: 'loud' });
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toBe(
      [
        'Dailies cannot start. AIMLAPI_KEY: expected a key of the AI/ML API, without spaces, found a value of 10 characters',
        'Dailies cannot start. PORT: expected a whole number from 0 to 65535, found "eighty"',
        'Dailies cannot start. LOG_LEVEL: expected fatal or error or warn or info or debug or trace or silent, found "loud"',
        '',
      ].join('\n'),
    );
  });

  it('reads a .env file, which does not go before what is set already', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, '.env'), 'LOG_LEVEL=loud\nPORT=eighty\n');
    const bot = startBot(folder);
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toContain('LOG_LEVEL');
    expect(bot.output()).not.toContain('PORT');
  });

  it('refuses a database that another process uses, with a plain line', async () => {
    const folder = await tempFolder();
    const first = startBot(folder);
    await first.ready;
    const second = startBot(folder);
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(
      /^Dailies cannot start\. \S+dailies\.db is in use by another process; stop that one first\n$/,
    );
  });

  it('brings a new database up to date once, whoever else starts at the same moment', async () => {
    const folder = await tempFolder();
    const starts = [1, 2, 3].map(() => startBot(folder));
    const ends = await Promise.all(starts.map(({ ready, ended }) => Promise.race([ready.then(() => 'works'), ended])));
    expect(ends.sort()).toEqual([1, 1, 'works']);
    for (const { output, child } of starts) {
      if (child.exitCode === 1) expect(output()).toMatch(/^Dailies cannot start\. \S+dailies\.db is in use/);
    }
  });

  it('ends with a line in the log, and without secrets, when nobody catches an error', async () => {
    // As soon as the program looks after such errors.
    const slip =
      'setInterval(() => { if (process.listenerCount("uncaughtException")) throw new Error("no: " + process.env.AIMLAPI_KEY) }, 5)';
    const bot = startBot(await tempFolder(), {
      AIMLAPI_KEY: 'canary-key',
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(slip)}`,
    });
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toContain('"level":60');
    expect(bot.output()).toContain('no: [redacted]');
    expect(bot.output()).not.toContain('canary-key');
  });

  it('refuses a port that is in use, with a plain line', async () => {
    const first = startBot(await tempFolder());
    const port = new URL(await first.ready).port;
    const second = startBot(await tempFolder(), { PORT: port });
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(new RegExp(`^Dailies cannot start\\. .*${port}.*\\n$`));
  });
});
