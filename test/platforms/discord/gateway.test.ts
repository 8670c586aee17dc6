import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createOn, startBench, startFake } from './bench.ts';

const dispatch = {
  command: async () => ({ kind: 'handled' as const }),
  press: async () => ({ kind: 'handled' as const }),
};

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
    const error = await failureOf(createOn(fake, { token }).listen(dispatch));
    expect(error).toBeInstanceOf(Error);
    expect(error?.message).toBe('DISCORD_TOKEN: Discord does not accept this bot token');
    expect(`${error?.stack} ${JSON.stringify(error)} ${String(error?.cause)}`).not.toContain(token);
  });

  test.each([
    [4004, 'DISCORD_TOKEN: Discord does not accept this bot token'],
    [4014, 'Discord refused the connection: the bot may not have these intents (4014)'],
  ])('by the gateway with %i', async (refuseGatewayWith, line) => {
    const fake = await startFake({ refuseGatewayWith });
    expect((await failureOf(createOn(fake).listen(dispatch)))?.message).toBe(line);
  });

  test('is no matter of waiting: an attempt out of reach is repeated until stop', async () => {
    const discord = createOn(await startFake(), { apiUrl: 'http://127.0.0.1:1/api' });
    const listening = failureOf(discord.listen(dispatch));
    await pause(50);
    await discord.stop();
    expect((await listening)?.name).toBe('AbortError');
  });
});
