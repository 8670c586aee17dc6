import type { Installation } from '@slack/oauth';
import { describe, expect, it } from 'vitest';
import { createInstallations } from '../../../src/platforms/slack/install/index.ts';
import { Sealer } from '../../../src/platforms/slack/install/sealing.ts';
import { VirtualClock } from '../../support/clock.ts';
import { openFreshStore } from '../../support/fresh-database.ts';

const SECRET_KEY = 'a-secret-key-of-more-than-32-characters';
const OTHER_KEY = 'another-secret-key-of-over-32-characters';

const install = (changes: Partial<Installation> = {}): Installation => ({
  team: { id: 'T1' },
  enterprise: undefined,
  user: { id: 'U1', token: undefined, scopes: undefined },
  bot: { id: 'B1', userId: 'UBOT', token: 'xoxb-one', scopes: ['chat:write'] },
  isEnterpriseInstall: false,
  authVersion: 'v2',
  ...changes,
});
const organisation = install({ team: undefined, enterprise: { id: 'E1' }, isEnterpriseInstall: true });

async function begin() {
  const store = await openFreshStore();
  const clock = new VirtualClock();
  const keyv = store.keyv('slack-installations');
  const open = (secretKey = SECRET_KEY) => createInstallations({ keyv, secretKey, clock });
  return { keyv, clock, open, installations: (await open()).installations };
}

describe('a sealed value', () => {
  const sealer = new Sealer(SECRET_KEY);

  it('can be opened with the same key for the same place, in another process too', () => {
    const sealed = sealer.seal('Grüße 🎬', 'team:T1');
    expect(new Sealer(SECRET_KEY).open(sealed, 'team:T1')).toBe('Grüße 🎬');
  });

  it('differs each time, because each has a nonce of its own', () => {
    expect(sealer.seal('x', 'p')).not.toBe(sealer.seal('x', 'p'));
  });

  it('cannot be moved to another place', () => {
    const sealed = sealer.seal('xoxb', 'team:T1');
    expect(() => sealer.open(sealed, 'team:T2')).toThrow(expect.objectContaining({ kind: 'damaged' }));
  });

  it('with any part changed, cut or added is refused', () => {
    const sealed = sealer.seal('xoxb-secret', 'p');
    for (let index = 0; index < sealed.length; index++) {
      const changed = `${sealed.slice(0, index)}${sealed[index] === 'A' ? 'B' : 'A'}${sealed.slice(index + 1)}`;
      const opened = () => sealer.open(changed, 'p');
      // The last character of base64url can hold bits that belong to no byte.
      if (!isSameValue(sealed, changed)) expect(opened, `character ${index}`).toThrow('');
    }
    for (const wrong of ['', 'v1', sealed.slice(0, -8), `${sealed}.x`, `v2${sealed.slice(2)}`]) {
      expect(() => sealer.open(wrong, 'p')).toThrow(expect.objectContaining({ name: 'SealError' }));
    }
  });

  it('under another key is refused in words that name the setting and nothing secret', () => {
    const sealed = sealer.seal('xoxb-secret', 'p');
    expect(() => new Sealer(OTHER_KEY).open(sealed, 'p', 'this')).toThrow(
      'SECRET_KEY: expected the one that this was stored with, found another',
    );
  });
});

/** Whether two sealed values differ in nothing but unused bits. */
function isSameValue(one: string, other: string): boolean {
  const [a, b] = [one.split('.'), other.split('.')];
  if (a.length !== b.length || a[0] !== b[0] || a[1] !== b[1]) return false;
  return a.every((part, index) => Buffer.from(part, 'base64url').equals(Buffer.from(b[index] ?? '', 'base64url')));
}

describe('installations', () => {
  it('outlive a restart', async () => {
    const { installations, open } = await begin();
    await installations.store(install());
    expect(await (await open()).installations.fetch({ teamId: 'T1', isEnterpriseInstall: false })).toEqual(
      JSON.parse(JSON.stringify(install())),
    );
  });

  it('cannot be opened with another SECRET_KEY: the start says so, and so does every read', async () => {
    const { installations, keyv, clock, open } = await begin();
    await installations.store(install());
    await expect(open(OTHER_KEY)).rejects.toMatchObject({
      name: 'InstallationError',
      kind: 'other key',
      message: 'SECRET_KEY: expected the one that the list of Slack workspaces was stored with, found another',
    });
    await keyv.delete('key-check');
    const { installations: others } = await createInstallations({ keyv, secretKey: OTHER_KEY, clock });
    await expect(others.tokenFor('T1')).rejects.toMatchObject({ kind: 'other key' });
    expect(await installations.tokenFor('T1')).toBe('xoxb-one');
  });

  it('cannot be swapped in the database', async () => {
    const { installations, keyv } = await begin();
    await installations.store(install());
    await installations.store(install({ team: { id: 'T2' } }));
    await keyv.set('team:T2', await keyv.get('team:T1'));
    await expect(installations.tokenFor('T2')).rejects.toMatchObject({ kind: 'damaged' });
  });

  it('that are not there are named for Bolt', async () => {
    const { installations } = await begin();
    await expect(installations.authorize({ teamId: 'T9', isEnterpriseInstall: false })).rejects.toMatchObject({
      kind: 'not installed',
      message: 'the app is not installed in T9',
    });
  });

  it('made at the same time are all kept', async () => {
    const { installations } = await begin();
    const teams = Array.from({ length: 50 }, (_, index) => `T${index}`);
    const token = (id: string) => `xoxb-${id}`;
    await Promise.all(
      teams.map((id) =>
        installations.store(install({ team: { id }, bot: { id: 'B', userId: 'U', token: token(id), scopes: [] } })),
      ),
    );
    expect(await Promise.all(teams.map((id) => installations.tokenFor(id)))).toEqual(teams.map(token));
  });
});

describe('an event of Slack', () => {
  const seconds = (clock: VirtualClock) => Math.floor(clock.now() / 1000);
  const event = (type: string, at: number, more: object = {}) => ({
    type: 'event_callback',
    team_id: 'T1',
    event_time: at,
    event: { type },
    ...more,
  });

  it('that the app was uninstalled removes that workspace and no other', async () => {
    const { installations, clock } = await begin();
    await installations.store(install());
    await installations.store(install({ team: { id: 'T2' } }));
    expect(await installations.onEvent(event('app_uninstalled', seconds(clock)))).toBe(true);
    expect(await installations.tokenFor('T1')).toBeUndefined();
    expect(await installations.tokenFor('T2')).toBe('xoxb-one');
    expect(await installations.onEvent(event('app_uninstalled', seconds(clock)))).toBe(false);
  });

  it('that it was uninstalled from an organisation removes that, whether or not it says who is authorised', async () => {
    const { installations, clock } = await begin();
    const at = seconds(clock);
    const flagged = {
      enterprise_id: 'E1',
      authorizations: [{ enterprise_id: 'E1', team_id: null, is_enterprise_install: true }],
    };
    for (const more of [flagged, { team_id: null, enterprise_id: 'E1', authorizations: [] }]) {
      await installations.store(organisation);
      await installations.store(install({ enterprise: { id: 'E1' } }));
      expect(await installations.onEvent(event('app_uninstalled', at, more))).toBe(true);
      expect(await installations.tokenFor('T2', 'E1')).toBeUndefined();
      expect(await installations.tokenFor('T1', 'E1')).toBe('xoxb-one');
    }
  });

  it('from one workspace of an organisation leaves the organisation alone', async () => {
    const { installations, clock } = await begin();
    await installations.store(organisation);
    const more = { enterprise_id: 'E1', authorizations: [{ is_enterprise_install: false }] };
    await installations.onEvent(event('app_uninstalled', seconds(clock), more));
    expect(await installations.tokenFor('T1', 'E1')).toBe('xoxb-one');
  });

  it('that the bot’s token was revoked removes the installation; anybody else’s token does not', async () => {
    const { installations, clock } = await begin();
    await installations.store(install());
    const at = seconds(clock);
    const revoked = (tokens: object) => event('tokens_revoked', at, { event: { type: 'tokens_revoked', tokens } });
    expect(await installations.onEvent(revoked({ oauth: ['U1'] }))).toBe(false);
    expect(await installations.onEvent(revoked({ oauth: [], bot: ['UOTHER'] }))).toBe(false);
    expect(await installations.tokenFor('T1')).toBe('xoxb-one');
    expect(await installations.onEvent(revoked({ oauth: ['U1'], bot: ['UBOT'] }))).toBe(true);
    expect(await installations.tokenFor('T1')).toBeUndefined();
  });

  it('that comes late does not remove what was installed anew since', async () => {
    const { installations, clock } = await begin();
    await installations.store(install());
    const uninstalledAt = seconds(clock);
    await clock.advance(60_000);
    await installations.store(install());
    expect(await installations.onEvent(event('app_uninstalled', uninstalledAt))).toBe(false);
    expect(await installations.tokenFor('T1')).toBe('xoxb-one');
  });

  it('removes what another key has sealed, too', async () => {
    const { keyv, clock, open, installations } = await begin();
    await installations.store(install());
    await keyv.delete('key-check');
    const { installations: others } = await open(OTHER_KEY);
    expect(await others.onEvent(event('app_uninstalled', seconds(clock)))).toBe(true);
    expect(await installations.tokenFor('T1')).toBeUndefined();
  });

  it.each([undefined, null, 7, {}, { event: { type: 'app_uninstalled' } }, { event: { type: 'app_home_opened' } }])(
    'that ends nothing (%j) changes nothing',
    async (body) => {
      const { installations } = await begin();
      await installations.store(install());
      expect(await installations.onEvent(body)).toBe(false);
      expect(await installations.tokenFor('T1')).toBe('xoxb-one');
    },
  );
});
