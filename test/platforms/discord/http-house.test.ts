import { describe, expect, test } from 'vitest';
import { INTERACTIONS_PATH } from '../../../src/platforms/discord/http.ts';
import type { FakeMessage } from '../../fakes/discord/state.ts';
import { inDiscord, startHouse } from '../../support/house.ts';
import { TITLES } from '../../support/titles.ts';
import { startFake } from './bench.ts';
import { headersFor, type Keys, makeKeys } from './keys.ts';

const titled = (title: string) => (message: FakeMessage) => message.embeds[0]?.title === title;

/** The whole bot with `DISCORD_PUBLIC_KEY`, and a Discord that sends its interactions there. */
async function startByHttp() {
  const fake = await startFake();
  const ours = makeKeys();
  const house = await startHouse({ settings: { ...inDiscord(fake), DISCORD_PUBLIC_KEY: ours.publicKey } });
  const post = (interaction: object, keys: Keys = ours) => {
    const body = JSON.stringify(interaction);
    const headers = headersFor(body, keys, house.clock.now());
    return fetch(house.url + INTERACTIONS_PATH, { method: 'POST', headers, body });
  };
  const statuses: Promise<number>[] = [];
  fake.sendBy((raw) => void statuses.push(post(raw).then(({ status }) => status)));
  return { fake, house, post, statuses };
}

describe('the bot with DISCORD_PUBLIC_KEY', () => {
  test('makes a video and puts it into the reply, without a connection to the gateway', async () => {
    const { fake, statuses } = await startByHttp();
    const handle = fake.slash({ name: 'video', options: { prompt: 'a dragon' } });
    const done = await handle.reply(titled(TITLES.delivered));
    expect(done.attachments[0]?.bytes.subarray(4, 8).toString()).toBe('ftyp');
    expect(await Promise.all(statuses)).toEqual([202]);
    expect([fake.gateway.counts.identified, fake.gateway.openConnections]).toEqual([0, 0]);
  });

  test('answers Discord’s ping and refuses a forged one, as the portal tries when the address is saved', async () => {
    const { post } = await startByHttp();
    const ping = { id: '1', application_id: '10', token: 'ping', type: 1 };
    const answer = await post(ping);
    expect([answer.status, await answer.json()]).toEqual([200, { type: 1 }]);
    expect((await post(ping, makeKeys())).status).toBe(401);
  });

  test('carries out a press in the same reply, and makes nothing twice', async () => {
    const { fake, house } = await startByHttp();
    const first = fake.slash({ name: 'video', options: { prompt: 'first [slow]' } });
    await first.reply(titled(TITLES.generating));
    const second = fake.slash({ name: 'video', options: { prompt: 'second' } });
    const waiting = await second.reply(titled(TITLES.queued));
    const cancel = JSON.stringify(waiting.components).match(/"custom_id":"([^"]+)"/)?.[1] ?? '';
    fake.press(waiting, cancel);
    await second.reply(titled(TITLES.cancelled));
    expect(house.sandbox.requests).toHaveLength(1);
  });
});
