import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createOn, deaf, startBench, startFake } from './bench.ts';

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as Error,
  );

describe('the gateway', () => {
  test('is resumed after a drop, and an interaction sent meanwhile arrives', async () => {
    const { fake, invocations, logged } = await startBench();
    fake.gateway.drop();
    await fake.until(() => (fake.gateway.openConnections === 0 ? true : undefined));
    const handle = fake.slash({ name: 'video', options: { prompt: 'sent into the gap' } });
    expect((await handle.acknowledged()).type).toBe(5);
    await fake.until(() => invocations[0]);
    expect(invocations[0]?.options.prompt).toBe('sent into the gap');
    expect(fake.gateway.counts).toMatchObject({ identified: 1, resumed: 1 });
    expect(logged()).toContain('the connection to Discord is lost');
  });

  test('is reconnected when Discord asks for it', async () => {
    const { fake, open } = await startBench();
    fake.gateway.askToReconnect();
    await fake.until(() => (fake.gateway.counts.resumed === 1 ? true : undefined));
    await open();
  });

  test('is resumed when Discord takes back that the session is lost', async () => {
    const { fake, open } = await startBench();
    fake.gateway.invalidateSessions({ resumable: true });
    await fake.until(() => (fake.gateway.counts.resumed === 1 ? true : undefined));
    await open();
  });

  test('begins anew when the session is lost for good, and takes input again', async () => {
    const { fake, open } = await startBench();
    fake.gateway.invalidateSessions({ resumable: false });
    await fake.until(() => (fake.gateway.counts.identified === 2 ? true : undefined));
    await open();
  });

  test('is kept alive by heartbeats', async () => {
    const { fake } = await startBench({ fake: { heartbeatMs: 50 } });
    await fake.until(() => (fake.gateway.counts.heartbeats >= 3 ? true : undefined));
    expect(fake.gateway.counts).toMatchObject({ identified: 1, resumed: 0 });
  });

  test('brings nothing any more after a stop, while replies can still be edited', async () => {
    const { fake, discord, open, invocations } = await startBench();
    const { ref, handle } = await open();
    await discord.stop();
    await fake.until(() => (fake.gateway.openConnections === 0 ? true : undefined));
    fake.slash({ name: 'video' });
    await discord.update(ref, { tone: 'info', title: 'still here', fields: [], notes: [], buttons: [] });
    await handle.reply(({ embeds }) => embeds[0]?.title === 'still here');
    expect(invocations).toHaveLength(1);
  });

  test('is not left open by a stop during a reconnect', async () => {
    const { fake, discord, logged } = await startBench();
    fake.gateway.drop();
    await fake.until(() => (logged().includes('connection to Discord is lost') ? true : undefined));
    await discord.stop();
    await pause(700);
    expect(fake.gateway.openConnections).toBe(0);
  });
});

describe('a connection that is refused for good', () => {
  test('by a wrong token: one plain line without the token', async () => {
    const fake = await startFake();
    const token = 'wrong-token-that-nobody-may-see';
    const error = await failureOf(createOn(fake, { token }).listen(deaf));
    expect(error).toBeInstanceOf(Error);
    expect(error?.message).toBe('DISCORD_TOKEN: Discord does not accept this bot token');
    expect(`${error?.stack} ${JSON.stringify(error)} ${String(error?.cause)}`).not.toContain(token);
  });

  test.each([
    [4004, 'DISCORD_TOKEN: Discord does not accept this bot token'],
    [4014, 'Discord refused the connection: the bot may not have these intents (4014)'],
  ])('by the gateway with %i', async (refuseGatewayWith, line) => {
    const fake = await startFake({ refuseGatewayWith });
    expect((await failureOf(createOn(fake).listen(deaf)))?.message).toBe(line);
  });

  test('is no matter of waiting: an attempt out of reach is repeated until stop', async () => {
    const discord = createOn(await startFake(), { apiUrl: 'http://127.0.0.1:1/api' });
    const listening = failureOf(discord.listen(deaf));
    await pause(50);
    await discord.stop();
    expect((await listening)?.name).toBe('AbortError');
  });
});

describe('several connections', () => {
  test('are only those that are this process’s own, when they are divided', async () => {
    const shards = { ids: [1], count: 2 };
    const { fake, invocations } = await startBench({ discord: { shards } });
    expect(fake.gateway.shards).toEqual([[1, 2]]);
    const inShard = (shard: number) => String((BigInt(1000 + shard) << 22n) + 1n);
    for (const guildId of [inShard(0), inShard(1)]) fake.slash({ name: 'video', guildId });
    await fake.until(() => (invocations.length > 0 ? true : undefined));
    expect(invocations.map(({ reply }) => reply.guildId)).toEqual([inShard(1)]);
  });

  test('are opened when Discord asks for them, and each brings what happens in its servers', async () => {
    const { fake, invocations, logged } = await startBench({ fake: { shards: 2 } });
    expect(fake.gateway.shards.toSorted()).toEqual([
      [0, 2],
      [1, 2],
    ]);
    const inShard = (shard: number) => String((BigInt(1000 + shard) << 22n) + 1n);
    for (const guildId of [inShard(0), inShard(1)]) fake.slash({ name: 'video', guildId });
    await fake.until(() => (invocations.length === 2 ? true : undefined));
    expect(invocations.map(({ reply }) => reply.guildId).toSorted()).toEqual([inShard(0), inShard(1)]);
    expect(logged()).toMatch(/"shard":1.*connected to Discord/);
  });

  test('are resumed each for itself', async () => {
    const { fake, logged } = await startBench({ fake: { shards: 2 } });
    fake.gateway.drop(4000, 1);
    await fake.until(() => (fake.gateway.counts.resumed === 1 ? true : undefined));
    expect(fake.gateway.counts.identified).toBe(2);
    expect(logged()).toMatch(/"shard":1.*connection to Discord is lost/);
    expect(logged()).not.toMatch(/"shard":0.*connection to Discord is lost/);
  });

  test('above what Discord allows in a day are waited for', async () => {
    const fake = await startFake({ sessions: { remaining: 0, resetAfterMs: 60_000 } });
    const waits: number[] = [];
    const sleep = async (ms: number) => {
      waits.push(ms);
      fake.allowSessions(10);
    };
    await createOn(fake, { clock: { now: () => Date.now(), sleep } }).listen(deaf);
    expect(waits[0]).toBeGreaterThan(50_000);
    expect(fake.gateway.shards).toHaveLength(1);
  });
});

test('the invite link with the smallest permissions is logged at the start', async () => {
  const { fake, logged } = await startBench();
  const line = logged()
    .split('\n')
    .find((each) => each.includes('invite link'));
  const url = new URL(JSON.parse(line ?? '{}').url);
  expect(url.origin + url.pathname).toBe('https://discord.com/oauth2/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: fake.applicationId,
    scope: 'bot applications.commands',
    // View Channel, Send Messages, Embed Links, Attach Files, Read Message History, Send Messages in Threads
    permissions: String((1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 15n) | (1n << 16n) | (1n << 38n)),
  });
});
