import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CommunityId,
  communityId,
  idOf,
  type MemberId,
  memberId,
  memberOf,
  parseId,
  personalCommunityId,
  placeOf,
  platformOf,
} from '../../src/domain/ids.ts';

const PLATFORM = fc.constantFrom('discord', 'slack', 'web', 'another');
const OWN = fc.stringMatching(/^[\w-]{0,30}[A-Za-z0-9]$/);

describe('ids', () => {
  it.each([
    ['discord:9', { platform: 'discord', team: undefined, personal: false, own: '9' }],
    ['discord:user:5', { platform: 'discord', team: undefined, personal: true, own: '5' }],
    ['slack:T1', { platform: 'slack', team: undefined, personal: false, own: 'T1' }],
    ['slack:T1/U1', { platform: 'slack', team: 'T1', personal: false, own: 'U1' }],
    ['web:local', { platform: 'web', team: undefined, personal: false, own: 'local' }],
    ['web:ada', { platform: 'web', team: undefined, personal: false, own: 'ada' }],
  ])('%s is taken apart', (id, parts) => {
    expect(parseId(id)).toEqual(parts);
    expect([platformOf(id), idOf(id)]).toEqual([parts.platform, parts.own]);
  });

  it.each(['', 'ada', '123', 'SCREW1', ':5', 'discord:', 'discord:5:6', 'discord:T1/5', 'slack:T1/', 'slack:/U1'])(
    '%j is no id of a community or a member',
    (id) => {
      expect(parseId(id)).toBeUndefined();
      expect([platformOf(id), idOf(id)]).toEqual(['', id]);
    },
  );

  it.each(['slack:T1/U1/U2', 'slack:user:T1/U1', 'web:a b', 'web:ada\n', 'Web:ada', `web:${'a'.repeat(97)}`])(
    'nor is %j',
    (id) => expect(parseId(id)).toBeUndefined(),
  );

  it('are taken apart into what they were made of', () => {
    fc.assert(
      fc.property(PLATFORM, OWN, OWN, (platform, own, user) => {
        const community = communityId(platform, own);
        expect(parseId(community)).toEqual({ platform, team: undefined, personal: false, own });
        const team = platform === 'slack' ? own : undefined;
        expect(parseId(memberOf(community, user))).toEqual({ platform, team, personal: false, own: user });
        expect(memberId(platform, user, team)).toBe(memberOf(community, user));
        const personal = personalCommunityId(platform, user);
        expect(parseId(personal)).toEqual({ platform, team: undefined, personal: true, own: user });
      }),
    );
  });

  it('of communities say the server or workspace where there is one', () => {
    expect(placeOf('discord:9', 'discord')).toBe('9');
    expect(placeOf('slack:T1', 'slack')).toBe('T1');
    expect(['discord:user:5', 'slack:9', 'discord:'].map((id) => placeOf(id, 'discord'))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it('an id of one kind is no id of another, and no text is one by itself', () => {
  const find = (_community: CommunityId, _member: MemberId) => true;
  const [community, member] = [communityId('web', 'local'), memberId('web', 'ada')];
  expect(find(community, member)).toBe(true);
  // @ts-expect-error The types tell the two apart.
  expect(find(member, community)).toBe(true);
  // @ts-expect-error
  expect(find('web:local', member)).toBe(true);
});
