import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { openStore } from '../../src/store/store.ts';
import { type FakeDiscord, type Handle, startFakeDiscord } from '../fakes/discord/index.ts';
import { eventually } from '../support/eventually.ts';
import { recordingLog } from '../support/log.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { describeOnPostgres } from '../support/postgres.ts';
import { type BotProcess, startBot } from '../support/processes.ts';
import { tempFolder } from '../support/temp.ts';
import { TITLES } from '../support/titles.ts';

/** One bot and some workers, each a process, in a Discord and with an AI/ML API of this test's own. */
interface Cluster {
  fake: FakeDiscord;
  sandbox: Sandbox;
  workers: BotProcess[];
  /** Resolves with the new process once it is ready. */
  addWorker(): Promise<BotProcess>;
  /** So many members ask for a video each. */
  ask(count: number): Handle[];
  /** Resolves when every reply shows this. */
  all(handles: readonly Handle[], title: string): Promise<void>;
  /** How many generations a worker runs, by its own metrics. */
  runningOn(worker: BotProcess): Promise<number>;
}

describeOnPostgres('a bot and its workers', (server) => {
  async function start(workers: number, durationMs: number): Promise<Cluster & { url: string }> {
    const fake = await startFakeDiscord({ acknowledgeMs: PATIENCE_MS });
    onTestFinished(() => fake.close());
    const { log } = recordingLog();
    const sandbox = await startSandbox({ clock: systemClock, log, key: 'some-key', shortSide: 32, durationMs });
    onTestFinished(() => sandbox.stop());
    const url = await server.database();
    const settings = {
      DATABASE_URL: url,
      DISCORD_TOKEN: fake.token,
      DISCORD_API_URL: fake.apiUrl,
      PROVIDER: 'aimlapi',
      AIMLAPI_KEY: 'some-key',
      AIMLAPI_BASE_URL: sandbox.url,
      ALLOW_PRIVATE_MEDIA_HOSTS: 'true',
      POLL_INTERVAL_MS: '1000',
    };
    const add = async (ROLE: string) => {
      const bot = startBot(await tempFolder(), { ...settings, ROLE });
      await bot.ready;
      return bot;
    };
    const [, ...running] = await Promise.all([add('bot'), ...Array.from({ length: workers }, () => add('worker'))]);
    return {
      url,
      fake,
      sandbox,
      workers: running,
      async addWorker() {
        const worker = await add('worker');
        running.push(worker);
        return worker;
      },
      ask: (count) =>
        Array.from({ length: count }, (_, index) =>
          fake.slash({
            name: 'video',
            options: { prompt: 'a dragon' },
            userId: String(222222222222222000n + BigInt(index)),
          }),
        ),
      async all(handles, title) {
        const shows = ({ embeds }: { embeds: readonly { title?: string }[] }) => embeds[0]?.title === title;
        await Promise.all(handles.map((handle) => handle.reply(shows)));
      },
      async runningOn({ ready }) {
        const text = await (await fetch(`${await ready}/metrics`)).text();
        return Number(/^dailies_generations_running (\d+)/m.exec(text)?.[1]);
      },
    };
  }

  /** Every video was ordered once, paid once, and is in its reply once. */
  async function expectEachOnce({ url, fake, sandbox }: Cluster & { url: string }, handles: readonly Handle[]) {
    expect(sandbox.requests).toHaveLength(handles.length);
    expect(fake.edits.filter(({ files }) => files.length > 0)).toHaveLength(handles.length);
    for (const handle of handles) expect((await handle.reply()).attachments).toHaveLength(1);
    const store = await openStore(url);
    onTestFinished(() => store.close());
    // A member sees the clip a moment before its row says so.
    await eventually(async () => {
      expect(await store.generations.countByState()).toEqual(new Map([['delivered', handles.length]]));
      expect(await store.queue?.waiting(10)).toEqual([]);
    });
    expect(fake.violations).toEqual([]);
  }

  it('make videos; the workers need no connection to the gateway', async () => {
    const cluster = await start(2, 1500);
    expect(cluster.fake.gateway.shards).toHaveLength(1);
    const handles = cluster.ask(6);
    await cluster.all(handles, TITLES.delivered);
    await expectEachOnce(cluster, handles);
    expect(cluster.fake.gateway.shards).toHaveLength(1);
  });

  it('go on elsewhere with what a killed worker had', async () => {
    const cluster = await start(1, 4000);
    const handles = cluster.ask(5);
    await cluster.all(handles, TITLES.generating);
    await cluster.addWorker();
    cluster.workers[0]?.child.kill('SIGKILL');
    await cluster.all(handles, TITLES.delivered);
    await expectEachOnce(cluster, handles);
  });

  it('hand over when a worker is told to stop, which ends well', async () => {
    const cluster = await start(1, 8000);
    const handles = cluster.ask(5);
    await cluster.all(handles, TITLES.generating);
    const [first] = cluster.workers;
    const second = await cluster.addWorker();
    const store = await openStore(cluster.url);
    onTestFinished(() => store.close());
    first?.child.kill('SIGTERM');
    // On a busy machine some have ended by then.
    const left = async () => (await store.generations.listUnfinished()).length;
    while ((await cluster.runningOn(second)) < (await left())) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await first?.ended).toBe(0);
    await cluster.all(handles, TITLES.delivered);
    await expectEachOnce(cluster, handles);
  });

  it.each(['fast', 'immediate'] as const)('go on after the database was restarted (%s)', async (how) => {
    const cluster = await start(2, 3000);
    const handles = cluster.ask(6);
    await cluster.all(handles, TITLES.generating);
    await server.restart(how, 1000);
    await cluster.all(handles, TITLES.delivered);
    await expectEachOnce(cluster, handles);
  });
});
