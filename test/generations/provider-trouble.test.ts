import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { fastClock } from '../support/clock.ts';
import { startHouse } from '../support/house.ts';
import { recordingLog } from '../support/log.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';

const SPEED = 60;

/** A sandbox behind a gateway that can be taken out of order. */
async function startGateway() {
  const sandbox = await startSandbox({
    clock: fastClock(SPEED),
    log: recordingLog().log,
    key: 'house-key',
    shortSide: 32,
  });
  onTestFinished(() => sandbox.stop());
  const seen: string[] = [];
  let down = false;
  const server = createServer((from, to) => {
    if (down && !from.url?.startsWith('/files/')) {
      seen.push(from.method ?? '');
      from.resume();
      // In the API's own words; a gateway's would prove nothing, and the requests would be looked for.
      to.writeHead(503).end(
        JSON.stringify({ message: 'Service unavailable', path: from.url, requestId: 'r-1', statusCode: '503' }),
      );
      return;
    }
    const onward = request(sandbox.url + from.url, { method: from.method, headers: from.headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(to);
    });
    onward.on('error', () => to.destroy());
    from.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    sandbox,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Methods of the requests that came while it was out of order. */
    seen,
    setDown: (next: boolean) => {
      down = next;
    },
  };
}

describe('a provider that is out of order', () => {
  it('is left alone; requests wait in line, say why, and are made when it is back', async () => {
    const gateway = await startGateway();
    const { chat, clock } = await startHouse({
      settings: { AIMLAPI_BASE_URL: gateway.url, MEMBER_CONCURRENCY: '10', MEMBER_QUEUE: '50' },
      speed: SPEED,
    });
    gateway.setDown(true);
    const ids = [];
    for (let index = 0; index < 10; index++) ids.push(await chat.video(`clip ${index}`));
    for (const id of ids) {
      await chat.until(id, ({ card }) => card?.title === TITLES.queued && card.text === en.cards.providerBusy);
    }
    // Two minutes of ten waiting: without a breaker these are about fifty requests.
    const before = gateway.seen.length;
    await clock.sleep(120_000);
    expect(gateway.seen.length - before).toBeLessThan(10);
    gateway.setDown(false);
    for (const id of ids) await chat.untilTitle(id, TITLES.delivered);
    const asked = gateway.sandbox.requests.map(({ clientRequestId }) => clientRequestId);
    expect(new Set(asked).size).toBe(10);
    expect(asked).toHaveLength(10);
  });

  it('lets a waiting request be cancelled', async () => {
    const gateway = await startGateway();
    const { chat } = await startHouse({ settings: { AIMLAPI_BASE_URL: gateway.url }, speed: SPEED });
    gateway.setDown(true);
    const id = await chat.video('a dragon');
    // Between two attempts; at the moment of one it is too late, and the button is gone.
    const cancelled = async () => {
      await chat.press(id, 'cancel').catch(() => undefined);
      return (await chat.messages()).find((message) => message.id === id)?.card?.title;
    };
    await expect.poll(cancelled).toBe(TITLES.cancelled);
  });

  it('while it makes videos is polled less, and nothing fails by it', async () => {
    const gateway = await startGateway();
    const { chat, clock } = await startHouse({
      settings: { AIMLAPI_BASE_URL: gateway.url, MEMBER_CONCURRENCY: '10' },
      speed: SPEED,
    });
    const ids = await Promise.all([1, 2, 3, 4, 5].map((index) => chat.video(`clip ${index} [slow]`)));
    for (const id of ids) await chat.untilTitle(id, TITLES.generating);
    gateway.setDown(true);
    await clock.sleep(120_000);
    expect(gateway.seen.length).toBeLessThan(20);
    gateway.setDown(false);
    for (const id of ids) await chat.untilTitle(id, TITLES.delivered);
  });
});
