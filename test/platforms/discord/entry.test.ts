import { describe, expect, onTestFinished, test } from 'vitest';
import { INTERACTIONS_PATH } from '../../../src/platforms/discord/http.ts';
import { serveRoutes } from '../../http/support.ts';
import { createOn, deaf, startBench, startFake } from './bench.ts';
import { headersFor, makeKeys } from './keys.ts';

const keys = makeKeys();
const { publicKey } = keys;

/** Sends an interaction as Discord does. */
async function post(url: string, raw: object): Promise<number> {
  const body = JSON.stringify(raw);
  const headers = headersFor(body, keys, Date.now());
  return (await fetch(url + INTERACTIONS_PATH, { method: 'POST', headers, body })).status;
}

describe('interactions by HTTP', () => {
  test('need no connection to the gateway, and go the same way', async () => {
    const bench = await startBench({ discord: { publicKey } });
    const url = await serve(bench.discord);
    bench.fake.sendBy((raw) => void post(url, raw));
    const { ref, handle } = await bench.open();
    expect((await handle.acknowledged()).type).toBe(5);
    expect(ref.messageId).toBe((await handle.reply()).id);
    expect(bench.fake.gateway.openConnections).toBe(0);
    expect(bench.fake.commands.has('global')).toBe(true);
  });

  test('are taken between start and stop only', async () => {
    const fake = await startFake();
    const discord = createOn(fake, { publicKey });
    const url = await serve(discord);
    const sent: Promise<number>[] = [];
    fake.sendBy((raw) => void sent.push(post(url, raw)));
    const use = async () => {
      const handle = fake.slash({ name: 'video' });
      await Promise.all(sent);
      return handle;
    };
    const early = await use();
    await discord.listen(deaf);
    const between = await use();
    await between.acknowledged();
    await discord.stop();
    const late = await use();
    expect(await between.reply()).toBeDefined();
    expect([early, late].map(({ interaction }) => interaction.acknowledged)).toEqual([undefined, undefined]);
  });
});

/** The routes of a platform on a server of their own. */
async function serve({ routes }: ReturnType<typeof createOn>): Promise<string> {
  if (!routes) throw new Error('expected routes');
  const server = await serveRoutes(routes);
  onTestFinished(() => server.close());
  return server.url;
}

test('with the gateway there are no routes', async () => {
  expect(createOn(await startFake()).routes).toBeUndefined();
});
