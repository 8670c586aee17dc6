import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../../src/http/web-app.ts';
import { createInstallations, createInstallRoutes } from '../../../src/platforms/slack/install/index.ts';
import { BOT_SCOPES } from '../../../src/platforms/slack/manifest.ts';
import { openStore } from '../../../src/store/store.ts';
import { VirtualClock } from '../../support/clock.ts';
import { putDatabase } from '../../support/fresh-database.ts';
import { recordingLog } from '../../support/log.ts';
import { tempFolder } from '../../support/temp.ts';
import { en } from '../../support/texts.ts';
import { startInstallFake } from './install-fake.ts';

const SECRET_KEY = 'a-secret-key-of-more-than-32-characters';
const PUBLIC_URL = 'https://bot.example.org';

async function begin(options: { clientSecret?: string } = {}) {
  const slack = await startInstallFake();
  const clock = new VirtualClock();
  const folder = await tempFolder();
  await putDatabase(folder);
  const store = await openStore(`sqlite:${join(folder, 'dailies.db')}`);
  onTestFinished(() => store.close());
  const { log, lines } = recordingLog();
  const { installations, sealer } = await createInstallations({
    keyv: store.keyv('slack-installations'),
    secretKey: SECRET_KEY,
    clock,
  });
  const app = createApp({ log });
  app.route(
    '/',
    createInstallRoutes({
      clientId: slack.clientId,
      clientSecret: options.clientSecret ?? slack.clientSecret,
      apiUrl: slack.apiUrl,
      publicUrl: PUBLIC_URL,
      installations,
      sealer,
      textsFor: () => en,
      clock,
      log,
    }),
  );
  return { slack, clock, folder, lines, installations, app, browser: new Browser(app) };
}

/** Follows what the server says, with the cookies that it sets. */
class Browser {
  readonly #app: ReturnType<typeof createApp>;
  readonly #cookies = new Map<string, string>();

  constructor(app: ReturnType<typeof createApp>) {
    this.#app = app;
  }

  async open(url: string) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.#app.request(url, { headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      this.#cookies.set(name, value);
    }
    return {
      status: response.status,
      location: response.headers.get('location') ?? '',
      response,
      body: await response.text(),
    };
  }

  /** @returns the address of Slack's page. */
  async install(): Promise<string> {
    const { status, location } = await this.open(`${PUBLIC_URL}/slack/install`);
    expect(status).toBe(302);
    return location;
  }
}

const T1 = { teamId: 'T1', isEnterpriseInstall: false };

describe('/slack/install', () => {
  it('leads to Slack, with the app, its scopes and the way back', async () => {
    const { slack, browser } = await begin();
    const url = new URL(await browser.install());
    expect(url.origin + url.pathname).toBe('https://slack.com/oauth/v2/authorize');
    expect(url.searchParams.get('client_id')).toBe(slack.clientId);
    expect(url.searchParams.get('scope')?.split(',')).toEqual([...BOT_SCOPES]);
    expect(url.searchParams.get('redirect_uri')).toBe(`${PUBLIC_URL}/slack/oauth_redirect`);
    expect(url.searchParams.get('user_scope') ?? '').toBe('');
  });

  it('ends with a token that is there for the workspace, and a page that says so', async () => {
    const { slack, browser, installations } = await begin();
    const page = await browser.open(slack.allow(await browser.install(), { team: 'T1', token: 'xoxb-one' }));
    expect(page.status).toBe(200);
    expect(page.body).toContain('Dailies is installed');
    expect(page.body).toContain('https://slack.com/app_redirect?app=A1&amp;team=T1');
    expect(page.response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await installations.tokenFor('T1')).toBe('xoxb-one');
    expect(await installations.authorize(T1)).toEqual({
      botToken: 'xoxb-one',
      botId: 'B1',
      botUserId: 'UBOT1',
      teamId: 'T1',
    });
    expect(await installations.tokenFor('T2')).toBeUndefined();
  });

  it('once more replaces the token, and leaves other workspaces alone', async () => {
    const { slack, browser, installations } = await begin();
    await browser.open(slack.allow(await browser.install(), { team: 'T1', token: 'xoxb-one' }));
    await browser.open(slack.allow(await browser.install(), { team: 'T2', token: 'xoxb-two' }));
    await browser.open(slack.allow(await browser.install(), { team: 'T1', token: 'xoxb-new' }));
    expect(await installations.tokenFor('T1')).toBe('xoxb-new');
    expect(await installations.tokenFor('T2')).toBe('xoxb-two');
  });

  it('for an organisation serves all its workspaces, and no other organisation’s', async () => {
    const { slack, browser, installations } = await begin();
    await browser.open(slack.allow(await browser.install(), { enterprise: 'E1', token: 'xoxb-org' }));
    expect(await installations.tokenFor('T5', 'E1')).toBe('xoxb-org');
    expect(await installations.tokenFor('T5', 'E2')).toBeUndefined();
    expect(await installations.tokenFor('T5')).toBeUndefined();
    expect(
      await installations.authorize({ teamId: 'T5', enterpriseId: 'E1', isEnterpriseInstall: true }),
    ).toMatchObject({ botToken: 'xoxb-org', teamId: 'T5', enterpriseId: 'E1' });
  });

  it('for one workspace of an organisation goes before the organisation’s', async () => {
    const { slack, browser, installations } = await begin();
    await browser.open(slack.allow(await browser.install(), { enterprise: 'E1', token: 'xoxb-org' }));
    await browser.open(slack.allow(await browser.install(), { team: 'T1', enterprise: 'E1', token: 'xoxb-one' }));
    expect(await installations.tokenFor('T1', 'E1')).toBe('xoxb-one');
    expect(await installations.tokenFor('T2', 'E1')).toBe('xoxb-org');
  });

  it('that is refused on Slack’s page changes nothing and says so', async () => {
    const { slack, browser, installations } = await begin();
    const page = await browser.open(slack.deny(await browser.install()));
    expect(page.status).toBe(200);
    expect(page.body).toContain('Nothing was installed');
    expect(slack.calls).toEqual([]);
    expect(await installations.tokenFor('T1')).toBeUndefined();
  });
});

describe('an answer from Slack’s page', () => {
  const stale = 'This page is too old';

  it('with a forged state is refused before Slack is asked', async () => {
    const { slack, browser } = await begin();
    const url = new URL(slack.allow(await browser.install(), { team: 'T1' }));
    url.searchParams.set('state', 'v1.AAAAAAAAAAA.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
    const page = await browser.open(url.href);
    expect(page).toMatchObject({ status: 400, body: expect.stringContaining(stale) });
    expect(slack.calls).toEqual([]);
  });

  it('with a state that was not made here is refused, even when the cookie agrees', async () => {
    const { slack, app } = await begin();
    const response = await app.request(`${PUBLIC_URL}/slack/oauth_redirect?code=code-1&state=made-up`, {
      headers: { cookie: 'slack-app-oauth-state=made-up' },
    });
    expect(response.status).toBe(400);
    expect(slack.calls).toEqual([]);
  });

  it('in another browser than the one that began is refused', async () => {
    const { slack, browser, app, installations } = await begin();
    const url = slack.allow(await browser.install(), { team: 'T1' });
    const page = await new Browser(app).open(url);
    expect(page).toMatchObject({ status: 400, body: expect.stringContaining(stale) });
    expect(await installations.tokenFor('T1')).toBeUndefined();
  });

  it('after ten minutes is refused, and up to then is not', async () => {
    const { slack, browser, clock, installations } = await begin();
    const late = slack.allow(await browser.install(), { team: 'T1' });
    await clock.advance(10 * 60_000);
    expect((await browser.open(late)).status).toBe(400);
    expect(slack.calls).toEqual([]);
    const inTime = slack.allow(await browser.install(), { team: 'T1' });
    await clock.advance(10 * 60_000 - 1);
    expect((await browser.open(inTime)).status).toBe(200);
    expect(await installations.tokenFor('T1')).toBeDefined();
  });

  it('that comes twice installs once', async () => {
    const { slack, browser } = await begin();
    const url = slack.allow(await browser.install(), { team: 'T1' });
    expect((await browser.open(url)).status).toBe(200);
    expect((await browser.open(url)).status).toBe(400);
    expect(slack.calls.filter((method) => method === 'oauth.v2.access')).toHaveLength(1);
  });

  it.each(['', '?state=x', '?code=%00&state=%ff', '?code=a&code=b'])(
    'that is no answer (%s) is refused',
    async (query) => {
      const { app } = await begin();
      expect((await app.request(`${PUBLIC_URL}/slack/oauth_redirect${query}`)).status).toBe(400);
    },
  );

  it('is told when Slack does not take it, without a word of the secret', async () => {
    const { slack, browser, lines, installations } = await begin({ clientSecret: 'wrong-secret-canary' });
    const page = await browser.open(slack.allow(await browser.install(), { team: 'T1' }));
    expect(page).toMatchObject({ status: 502, body: expect.stringContaining('Installation failed') });
    expect(lines.join('')).toContain('bad_client_secret');
    expect(lines.join('') + page.body).not.toContain('wrong-secret-canary');
    expect(await installations.tokenFor('T1')).toBeUndefined();
  });

  it('with token rotation or without a bot is not kept', async () => {
    const { slack, browser, installations } = await begin();
    const rotating = { refresh_token: 'xoxe-1', expires_in: 43_200 };
    const first = await browser.open(slack.allow(await browser.install(), { team: 'T1', more: rotating }));
    expect(first.status).toBe(502);
    const userOnly = { access_token: undefined, bot_user_id: undefined };
    const second = await browser.open(slack.allow(await browser.install(), { team: 'T1', more: userOnly }));
    expect(second.status).toBe(502);
    expect(await installations.tokenFor('T1')).toBeUndefined();
  });
});

describe('what is kept', () => {
  it('holds no token that a reader of the database file could use, and no log line does', async () => {
    const { slack, browser, folder, lines, installations } = await begin();
    await browser.open(slack.allow(await browser.install(), { team: 'T1', token: 'xoxb-canary-4711' }));
    expect(await installations.tokenFor('T1')).toBe('xoxb-canary-4711');
    const files = (await readdir(folder)).filter((name) => name.startsWith('dailies.db'));
    const bytes = Buffer.concat(await Promise.all(files.map((name) => readFile(join(folder, name)))));
    expect(bytes.includes('team:T1')).toBe(true);
    expect(bytes.includes('canary-4711')).toBe(false);
    expect(bytes.includes(Buffer.from('xoxb-canary-4711').toString('base64').slice(0, 12))).toBe(false);
    expect(lines.join('')).not.toContain('canary');
  });
});
