import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { createInstallations, REMOVAL_EVENTS } from '../../../src/platforms/slack/install/index.ts';
import { openFreshStore } from '../../support/fresh-database.ts';
import { startBench } from './bench.ts';

/** The platform with tokens from the store of installations. */
async function begin() {
  const store = await openFreshStore();
  const { installations } = await createInstallations({
    keyv: store.keyv('slack-installations'),
    secretKey: 'a-secret-key-of-more-than-32-characters',
    clock: systemClock,
  });
  const bench = await startBench({
    slack: {
      tokens: {
        authorize: (source) => installations.authorize(source),
        tokenFor: (team, enterprise) => installations.tokenFor(team, enterprise),
      },
    },
  });
  const { fake, slack } = bench;
  for (const name of REMOVAL_EVENTS) {
    slack.onEvent(name, async ({ body }) => {
      await installations.onEvent(body);
    });
  }
  const install = () =>
    installations.store({
      team: { id: fake.teamId },
      enterprise: undefined,
      user: { id: 'U1', token: undefined, scopes: undefined },
      bot: { id: 'B1', userId: fake.state.botUserId, token: fake.botToken, scopes: [] },
      isEnterpriseInstall: false,
    });
  const happen = (event: { type: string } & Record<string, unknown>) =>
    fake.send('events_api', { ...fake.payloads.event(event), event_time: Math.floor(Date.now() / 1000) });
  return { ...bench, installations, install, happen };
}

describe('a workspace that has installed the app', () => {
  it('is answered with its own token', async () => {
    const { install, open } = await begin();
    await install();
    const { invocation, message } = await open('a dragon');
    expect(invocation).toMatchObject({ community: 'slack:T1', options: { prompt: 'a dragon' } });
    expect(message.channel).toBe('C1');
  });

  it.each([
    ['uninstalls it', (bot: string) => ({ type: 'app_uninstalled', bot })],
    ['revokes the bot’s token', (bot: string) => ({ type: 'tokens_revoked', tokens: { oauth: [], bot: [bot] } })],
  ])('is forgotten when it %s', async (_, event) => {
    const { fake, install, happen, installations, slack } = await begin();
    await install();
    await happen(event(fake.state.botUserId));
    await expect.poll(() => installations.tokenFor('T1')).toBeUndefined();
    await expect(slack.clientFor('T1')).rejects.toMatchObject({ name: 'ReplyError', kind: 'gone' });
  });
});

describe('a workspace that has not', () => {
  it('is not answered, and nothing is carried out', async () => {
    const { fake, invocations, logged } = await begin();
    await fake.command('/video', 'a dragon').catch(() => undefined);
    await expect.poll(logged).toContain('the app is not installed in T1');
    expect(invocations).toEqual([]);
    expect(fake.state.messages).toEqual([]);
  });
});
