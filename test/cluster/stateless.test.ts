import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { INTERACTIONS_PATH } from '../../src/platforms/discord/http.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { startFakeDiscord } from '../fakes/discord/index.ts';
import type { FakeMessage } from '../fakes/discord/state.ts';
import { headersFor, makeKeys } from '../platforms/discord/keys.ts';
import { recordingLog } from '../support/log.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { describeOnPostgres } from '../support/postgres.ts';
import { startBot } from '../support/processes.ts';
import { tempFolder } from '../support/temp.ts';
import { TITLES } from '../support/titles.ts';

const MODERATOR = { userId: '111111111111111111', permissions: 0x20n };

const titled = (title: string) => (message: FakeMessage) => message.embeds[0]?.title === title;

/** The id of a message's button for this. */
function buttonOf(message: FakeMessage, action: string): string {
  const ids = [...JSON.stringify(message.components).matchAll(/"custom_id":"([^"]+)"/g)].map(([, id = '']) => id);
  const found = ids.find((id) => id.includes(action));
  if (!found) throw new Error(`expected a button for ${action}, found ${ids}`);
  return found;
}

describeOnPostgres('two bots behind a load balancer', (server) => {
  /** Two bots that take interactions by HTTP, one worker, and a Discord that sends to the bot that is chosen. */
  async function start() {
    const fake = await startFakeDiscord({ acknowledgeMs: PATIENCE_MS });
    onTestFinished(() => fake.close());
    const { log } = recordingLog();
    const sandbox = await startSandbox({ clock: systemClock, log, key: 'some-key', shortSide: 32, durationMs: 4000 });
    onTestFinished(() => sandbox.stop());
    const keys = makeKeys();
    const settings = {
      DATABASE_URL: await server.database(),
      DISCORD_TOKEN: fake.token,
      DISCORD_API_URL: fake.apiUrl,
      DISCORD_PUBLIC_KEY: keys.publicKey,
      PROVIDER: 'aimlapi',
      AIMLAPI_KEY: 'some-key',
      AIMLAPI_BASE_URL: sandbox.url,
      ALLOW_PRIVATE_MEDIA_HOSTS: 'true',
      POLL_INTERVAL_MS: '1000',
      MEMBER_CONCURRENCY: '1',
    };
    const [one = '', two = '', worker = ''] = await Promise.all(
      ['bot', 'bot', 'worker'].map(async (ROLE) => startBot(await tempFolder(), { ...settings, ROLE }).ready),
    );
    let url = one;
    fake.sendBy((raw) => {
      const body = JSON.stringify(raw);
      void fetch(url + INTERACTIONS_PATH, { method: 'POST', headers: headersFor(body, keys, Date.now()), body });
    });
    return {
      fake,
      sandbox,
      /** From now on this bot is sent what people do. */
      turnTo: (which: 'one' | 'two') => {
        url = { one, two }[which];
      },
      ask: (prompt: string) => fake.slash({ name: 'video', options: { prompt } }),
      running: async () => {
        const text = await (await fetch(`${worker}/metrics`)).text();
        return Number(/^dailies_generations_running (\d+)/m.exec(text)?.[1]);
      },
    };
  }

  it('take each other’s buttons: Cancel and Again', async () => {
    const { fake, sandbox, turnTo, ask } = await start();
    const first = ask('first');
    await first.reply(titled(TITLES.generating));
    const second = ask('second');
    const waiting = await second.reply(titled(TITLES.queued));
    turnTo('two');
    fake.press(waiting, buttonOf(waiting, 'cancel'));
    await second.reply(titled(TITLES.cancelled));
    const done = await first.reply(titled(TITLES.delivered));
    const again = fake.press(done, buttonOf(done, 'again'));
    await again.reply(titled(TITLES.delivered));
    expect(sandbox.requests.map(({ prompt }) => prompt)).toEqual(['first', 'first']);
    expect(fake.violations).toEqual([]);
  });

  it('reach the worker when a moderator ends what runs', async () => {
    const { fake, turnTo, ask, running } = await start();
    const first = ask('first');
    await first.reply(titled(TITLES.generating));
    const second = ask('second [slow]');
    const cancel = buttonOf(await second.reply(titled(TITLES.queued)), 'cancel');
    const started = await second.reply(titled(TITLES.generating));
    await expect.poll(running).toBe(1);
    turnTo('two');
    fake.press(started, cancel, MODERATOR);
    await expect.poll(running, { interval: 20 }).toBe(0);
    await second.reply(titled(TITLES.cancelled));
  });

  it('tell the same place in line', async () => {
    const { fake, turnTo, ask } = await start();
    await ask('first [slow]').reply(titled(TITLES.generating));
    for (const prompt of ['second', 'third']) await ask(prompt).reply(titled(TITLES.queued));
    const listed: string[][] = [];
    for (const bot of ['one', 'two'] as const) {
      turnTo(bot);
      const { embeds } = await fake.slash({ name: 'queue' }).reply(({ embeds }) => embeds.length > 0);
      listed.push(JSON.stringify(embeds).match(/number \d+ in the queue\\n\w+/g) ?? []);
    }
    expect(listed[0]).toEqual(['number 1 in the queue\\nsecond', 'number 2 in the queue\\nthird']);
    expect(listed[1]).toEqual(listed[0]);
  });
});
