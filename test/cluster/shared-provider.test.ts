import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startDailies } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { PROVIDERS } from '../../src/providers/index.ts';
import { type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { quickeningClock } from '../support/clock.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/log.ts';
import { describeOnPostgres } from '../support/postgres.ts';
import { tempFolder } from '../support/temp.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';
import { WebClient } from '../support/web-client.ts';

const MINUTE_MS = 60_000;

describeOnPostgres('two processes with one account at the provider', (server) => {
  async function start(options: { settings?: Record<string, string>; sandbox?: Partial<SandboxOptions> } = {}) {
    const url = await server.migratedDatabase();
    const clock = quickeningClock();
    const { log, lines } = recordingLog(['some-key']);
    const sandbox = await startSandbox({
      clock,
      log,
      key: 'some-key',
      shortSide: 32,
      durationMs: 1,
      ...options.sandbox,
    });
    onTestFinished(() => sandbox.stop());
    const add = async () => {
      const dailies = await startDailies(
        readConfig(
          {
            PORT: '0',
            DATA_DIR: join(await tempFolder(), 'data'),
            DATABASE_URL: url,
            DATABASE_POOL: '5',
            PROVIDER: 'aimlapi',
            AIMLAPI_KEY: 'some-key',
            AIMLAPI_BASE_URL: sandbox.url,
            ALLOW_PRIVATE_MEDIA_HOSTS: 'true',
            POLL_INTERVAL_MS: '2000',
            MEMBER_RATE: '1000/second',
            MEMBER_CONCURRENCY: '30',
            MEMBER_QUEUE: '30',
            PROVIDER_CONCURRENCY: '30',
            DEFAULT_QUOTA: '1000/week',
            ...options.settings,
          },
          PROVIDERS,
        ),
        { log, clock },
      );
      onTestFinished(() => dailies.stop());
      return { url: dailies.url, chat: new WebClient(() => dailies.url) };
    };
    const [first, second] = await Promise.all([add(), add()]);
    const both = [first, second];
    return {
      sandbox,
      clock,
      lines,
      both,
      chat: first.chat,
      posts: () => sandbox.calls.filter(({ method }) => method === 'POST'),
      looks: () => sandbox.calls.filter(({ path }) => path === '/v2/logs'),
      lists: () => sandbox.calls.filter(({ path }) => path === '/v1/models'),
      /** Asks for so many videos, and waits until both processes work on some of them. */
      async ask(count: number, prompt: (index: number) => string): Promise<string[]> {
        const ids: string[] = [];
        for (let index = 0; index < count; index++) ids.push(await first.chat.video(prompt(index)));
        await eventually(async () => {
          for (const { url } of both) {
            const metrics = await (await fetch(`${url}/metrics`)).text();
            expect(Number(/^dailies_generations_running (\d+)/m.exec(metrics)?.[1])).toBeGreaterThan(0);
          }
        });
        return ids;
      },
    };
  }

  it('try it once a minute together while it is refused, and all go on when it is taken again', async () => {
    const { sandbox, clock, lines, both, chat, posts, ask } = await start();
    sandbox.setAccount('no credit');
    const ids = await ask(30, (index) => `clip ${index}`);
    for (const id of ids) {
      await chat.until(id, ({ card }) => card?.title === TITLES.queued && card.text === en.cards.accountWaits);
    }
    for (const { url } of both) {
      await eventually(async () => {
        const health = await fetch(`${url}/healthz`);
        expect([health.status, await health.json()]).toMatchObject([503, { status: 'account refused' }]);
      });
    }
    const before = posts().length;
    clock.quicken(60);
    await expect.poll(() => posts().length).toBeGreaterThanOrEqual(before + 6);
    const [from, , , , , to] = posts().slice(before);
    // On its way to the provider a call may lose or gain a moment.
    expect((to?.at ?? 0) - (from?.at ?? 0)).toBeGreaterThan(4.5 * MINUTE_MS);
    expect(lines.filter((line) => line.includes('the provider refuses this account'))).toHaveLength(1);
    sandbox.setAccount('ok');
    for (const id of ids) await chat.untilTitle(id, TITLES.delivered);
    expect(new Set(sandbox.requests.map(({ prompt }) => prompt)).size).toBe(30);
    expect(sandbox.requests).toHaveLength(30);
    for (const { url } of both) await eventually(async () => expect((await fetch(`${url}/healthz`)).status).toBe(200));
  });

  it('look for lost requests at most 20 times a minute together', async () => {
    const { clock, chat, posts, looks, ask } = await start({ sandbox: { logLagMs: 2 * MINUTE_MS, durationMs: 1000 } });
    const ids = await ask(12, () => 'a dragon [reset]');
    clock.quicken(20);
    await expect.poll(() => posts().length).toBe(12);
    const before = looks().length;
    await expect.poll(() => looks().length).toBeGreaterThanOrEqual(before + 16);
    const latest = looks().slice(before, before + 16);
    expect((latest.at(-1)?.at ?? 0) - (latest[0]?.at ?? 0)).toBeGreaterThan(40_000);
    for (const id of ids) await chat.untilTitle(id, TITLES.delivered);
    expect(posts()).toHaveLength(12);
  });

  it('both stop offering a model that was refused to one of them, and ask for the list once', async () => {
    const { sandbox, both, chat, lists } = await start();
    const offered = async ({ chat }: (typeof both)[number]) => {
      const body = { as: 'web:ada', command: 'video', option: 'model', typed: '', options: {} };
      const { choices } = (await (await chat.post('/api/complete', body)).json()) as { choices: { value: string }[] };
      return choices.map(({ value }) => value);
    };
    for (const one of both) expect(await offered(one)).toContain('pro');
    const before = lists().length;
    sandbox.withdraw('pro');
    const refused = await chat.video('a dragon', { model: 'pro' });
    await chat.until(refused, ({ card }) => card?.tone === 'problem');
    for (const one of both) await eventually(async () => expect(await offered(one)).not.toContain('pro'));
    expect(lists()).toHaveLength(before + 1);
  });
});
