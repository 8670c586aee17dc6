import { expect, it } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { describeOnPostgres } from '../support/postgres.ts';
import { startBot } from '../support/processes.ts';
import { tempFolder } from '../support/temp.ts';

describeOnPostgres('several processes', (server) => {
  const settings = async (more: Record<string, string> = {}) => ({
    DATABASE_URL: await server.database(),
    PROVIDER: 'aimlapi',
    AIMLAPI_KEY: 'key-one',
    LOG_LEVEL: 'warn',
    ...more,
  });

  it('that admit requests at the same time accept exactly as many as there are credits', async () => {
    const shared = await settings({
      // The provider is out of reach, so lite counts as withdrawn, and the default costs 2 credits.
      DEFAULT_QUOTA: '10/day',
      MEMBER_QUEUE: '1000',
      AIMLAPI_BASE_URL: 'http://127.0.0.1:1',
    });
    const bots = await Promise.all(Array.from({ length: 4 }, async () => startBot(await tempFolder(), shared)));
    const urls = await Promise.all(bots.map(({ ready }) => ready));
    const ask = async (url: string) => {
      const response = await fetch(`${url}/api/commands`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ as: 'web:ada', command: 'video', options: { prompt: 'a dragon' } }),
      });
      if (!response.ok) throw new Error(`expected 2xx, got ${response.status} ${await response.text()}`);
    };
    await Promise.all(urls.flatMap((url) => Array.from({ length: 25 }, () => ask(url))));
    const store = await openStore(shared.DATABASE_URL);
    try {
      // Each request has its answer in the channel before it counts as handled.
      while ((await store.webMessages.listLatest(1000)).some(({ card }) => !card))
        await store.generations.countByState();
      const accepted = (await store.generations.listUnfinished()).length;
      expect(accepted).toBe(5);
      expect(await store.holds.usedByMember('web:local', 'web:ada', 0)).toBe(10);
    } finally {
      await store.close();
    }
  });

  it('with different keys do not start beside each other', async () => {
    const shared = await settings();
    await startBot(await tempFolder(), shared).ready;
    const other = startBot(await tempFolder(), { ...shared, AIMLAPI_KEY: 'key-two' });
    expect(await other.ended).toBe(1);
    expect(other.output()).toBe(
      'Dailies cannot start. AIMLAPI_KEY: expected the same value as in the other processes that share this database, found another (or one of an older version still runs)\n',
    );
  });

  it('start while a tool without settings has the database open', async () => {
    const shared = await settings();
    const tool = await openStore(shared.DATABASE_URL);
    await startBot(await tempFolder(), shared).ready;
    await tool.close();
  });

  it('with a stand-in for the provider do not start beside the real one', async () => {
    const shared = await settings();
    await startBot(await tempFolder(), shared).ready;
    const { AIMLAPI_KEY: _, ...others } = shared;
    const other = startBot(await tempFolder(), { ...others, PROVIDER: 'sandbox' });
    expect(await other.ended).toBe(1);
    expect(other.output()).toContain('PROVIDER: expected the same value as in the other processes');
  });

  it('with a clock that is a minute wrong do not start', async () => {
    const url = await server.database();
    const opening = openStore(url, { now: () => Date.now() + 61_000 });
    await expect(opening).rejects.toMatchObject({
      kind: 'peers',
      message: expect.stringMatching(
        /^this machine's clock is 6[01] s ahead of the database's; set both by a time server/,
      ),
    });
  });

  it.each([
    ['a worker without a chat', { ROLE: 'worker' }, /^DISCORD_TOKEN or SLACK_BOT_TOKEN: expected the token of a chat/],
    [
      'a bot on a SQLite file',
      { ROLE: 'bot', DISCORD_TOKEN: 'x', DATABASE_URL: '' },
      /^ROLE: expected all, because a SQL/,
    ],
  ])('refuse %s with one plain line', async (_, more, words) => {
    const bot = startBot(await tempFolder(), await settings(more));
    expect(await bot.ended).toBe(1);
    expect(bot.output().replace('Dailies cannot start. ', '')).toMatch(words);
    expect(bot.output().trim().split('\n')).toHaveLength(1);
  });

  it('say in one plain line that the database is not there', async () => {
    const bot = startBot(
      await tempFolder(),
      await settings({ DATABASE_URL: 'postgres://ada:hush@127.0.0.1:1/dailies' }),
    );
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toMatch(
      /^Dailies cannot start\. DATABASE_URL: no database answers at 127\.0\.0\.1:1\/dailies .*\n$/,
    );
    expect(bot.output()).not.toContain('hush');
  });
});
