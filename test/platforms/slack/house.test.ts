import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { inSlack, startHouse } from '../../support/house.ts';
import { TITLES } from '../../support/titles.ts';
import { startFake, textIn } from './bench.ts';

const INSTALL = {
  SLACK_CLIENT_ID: '12.34',
  SLACK_CLIENT_SECRET: 'canary-client-secret',
  SLACK_SIGNING_SECRET: 'canary-signing-secret',
  SECRET_KEY: 'canary-secret-key-of-more-than-32-characters',
  PUBLIC_URL: 'https://bot.example.org',
};

test('the Home tab shows what I have left and what I have made', async () => {
  const fake = await startFake();
  await startHouse({ settings: { ...inSlack(fake), DEFAULT_QUOTA: '20/day' } });
  await fake.command('/video', 'a dragon model:pro', { user: 'U1' });
  await fake.until(() => fake.state.messages.find((one) => textIn(one.blocks).includes(TITLES.delivered)));
  await fake.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' });
  const home = await fake.until(() => fake.state.homes.get('U1'));
  expect(textIn(home.blocks)).toContain('18 of 20 credits');
  expect(textIn(home.blocks)).toContain('a dragon');
});

test('several workspaces: the page of installation leads to Slack, and no secret is told', async () => {
  const fake = await startFake();
  const house = await startHouse({ settings: { ...INSTALL, SLACK_API_URL: fake.apiUrl } });
  const answer = await fetch(`${house.url}/slack/install`, { redirect: 'manual' });
  const location = new URL(answer.headers.get('location') ?? '');
  expect(location.searchParams.get('client_id')).toBe('12.34');
  expect(location.searchParams.get('redirect_uri')).toBe('https://bot.example.org/slack/oauth_redirect');
  expect(house.lines.join()).not.toContain('canary');
});

test('by HTTP, requests come in at /slack/events, and forged ones do not', async () => {
  const fake = await startFake();
  const house = await startHouse({
    settings: { SLACK_BOT_TOKEN: fake.botToken, SLACK_SIGNING_SECRET: 'the-secret', SLACK_API_URL: fake.apiUrl },
  });
  const body = JSON.stringify({ type: 'url_verification', challenge: 'a riddle' });
  const post = (secret: string) => {
    const timestamp = String(Math.floor(house.clock.now() / 1000));
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
    const headers = {
      'content-type': 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
    };
    return fetch(`${house.url}/slack/events`, { method: 'POST', headers, body });
  };
  const good = await post('the-secret');
  expect([good.status, await good.text()]).toEqual([200, expect.stringContaining('a riddle')]);
  expect((await post('another-secret')).status).toBe(401);
});
