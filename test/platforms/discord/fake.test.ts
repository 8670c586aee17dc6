import { describe, expect, test } from 'vitest';
import { fastClock } from '../../support/clock.ts';
import { createOn, deaf, startBench, startFake } from './bench.ts';

const asBot = (fake: { token: string }) => ({ headers: { authorization: `Bot ${fake.token}` } });
const codeOf = async (response: Response) => ((await response.json()) as { code: number }).code;

describe('Discord’s rules, as the fake has them', () => {
  test('an acknowledgement that comes too late finds an unknown interaction (10062)', async () => {
    const { fake, logged } = await startBench({ fake: { acknowledgeMs: 50 } });
    fake.fault({ method: 'POST', path: /callback$/, kind: 'delay', ms: 80 });
    fake.slash({ name: 'video' });
    await fake.until(() => (logged().includes('10062') ? true : undefined));
  });

  test('a private message is unknown in its channel (10008)', async () => {
    const { fake, open } = await startBench();
    const { ref } = await open({ options: { prompt: 'x', private: true } });
    const address = `${fake.apiUrl}/v10/channels/${ref.channelId}/messages/${ref.messageId}`;
    expect(await codeOf(await fetch(address, asBot(fake)))).toBe(10008);
  });

  test('a message where the bot is not can’t be reached by the bot (50001)', async () => {
    const { fake, open } = await startBench();
    const { ref } = await open({ installed: 'user' });
    const address = `${fake.apiUrl}/v10/channels/${ref.channelId}/messages/${ref.messageId}`;
    expect(await codeOf(await fetch(address, asBot(fake)))).toBe(50001);
  });

  test('a token dies (50027)', async () => {
    const { fake, open } = await startBench({ fake: { tokenLifeMs: 100 } });
    const { ref } = await open();
    await fastClock(1).sleep(120);
    const address = `${fake.apiUrl}/v10/webhooks/${ref.applicationId}/${ref.token}/messages/@original`;
    expect(await codeOf(await fetch(address))).toBe(50027);
  });

  test('a deferred answer comes back with the message’s id only', async () => {
    const fake = await startFake();
    const discord = createOn(fake);
    await discord.listen(deaf);
    await discord.stop();
    await discord.close();
    fake.sendBy(() => undefined);
    const { id, token } = fake.slash({ name: 'video' });
    const address = `${fake.apiUrl}/v10/interactions/${id}/${token}/callback?with_response=true`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ type: 5 }) });
    const body = (await response.json()) as { interaction: object; resource?: object };
    expect(body.interaction).toMatchObject({ id, response_message_id: expect.any(String) });
    expect(body.resource).toBeUndefined();
  });
});
