import { describe, expect, it } from 'vitest';
import type { CommandContext } from '../../commands/command.ts';
import { moderatorCommands } from '../../commands/moderate/moderators.ts';
import { communityId, memberId, memberOf } from '../../src/domain/ids.ts';
import { mention } from '../../src/domain/marks.ts';
import type { Asker } from '../../src/domain/origin.ts';
import { addModerator, listModerators, MOST_MODERATORS, removeModerator } from '../../src/moderation/moderator-list.ts';
import { beginModerating, runCommand } from '../support/moderating.ts';
import { en } from '../support/texts.ts';

const T1 = communityId('slack', 'T1');
const T2 = communityId('slack', 'T2');
const ADMIN: Asker = { community: T1, member: memberOf(T1, 'UADMIN1'), roles: [], moderator: true };
const ADA: Asker = { community: T1, member: memberOf(T1, 'UADA1'), roles: ['SCREW1'], moderator: false };

const ADA_NAME = mention('member', 'slack:T1/UADA1');
const BEN_NAME = mention('member', 'slack:T1/UBEN1');

async function begin() {
  const { store, moderation, as } = await beginModerating([]);
  const say = async (
    verb: 'add' | 'remove' | 'list',
    who?: string,
    asker: Asker & Pick<CommandContext, 'rolesOf'> = ADMIN,
  ) => {
    const command = moderatorCommands.find(({ name }) => name === `moderate moderators ${verb}`);
    const options = who === undefined ? {} : { who };
    const context = { ...as(asker), options, texts: en } as unknown as CommandContext;
    const answer = command && (await runCommand(command, context));
    if (answer?.kind !== 'card') throw new Error('expected a card');
    expect(answer.audience).toBe('requester');
    return answer.card;
  };
  return { store, moderation, as, say };
}

describe('a moderator', () => {
  it('is whom the platform says, and nobody else where nobody is named', async () => {
    const { moderation } = await begin();
    expect(await moderation.isModerator(ADMIN)).toBe(true);
    expect(await moderation.isModerator(ADA)).toBe(false);
  });

  it('is a member who was named, until the name is taken off', async () => {
    const { moderation, say } = await begin();
    expect(await say('add', 'UADA1')).toMatchObject({ tone: 'done', text: en.moderators.added({ name: ADA_NAME }) });
    expect(await moderation.isModerator(ADA)).toBe(true);
    expect(await moderation.isModerator({ ...ADA, member: memberOf(T1, 'UBEN1') })).toBe(false);
    expect(await say('remove', 'UADA1')).toMatchObject({
      tone: 'done',
      text: en.moderators.removed({ name: ADA_NAME }),
    });
    expect(await moderation.isModerator(ADA)).toBe(false);
  });

  it('is everybody with a role that was named', async () => {
    const { moderation, say } = await begin();
    await say('add', 'SCREW1');
    expect(await moderation.isModerator(ADA)).toBe(true);
    expect(await moderation.isModerator({ ...ADA, roles: ['SOTHER1'] })).toBe(false);
  });

  it('in one community is none in another', async () => {
    const { moderation, say } = await begin();
    await say('add', 'UADA1');
    await say('add', 'SCREW1');
    expect(await moderation.isModerator({ ...ADA, community: T2 })).toBe(false);
    const elsewhere = { ...ADMIN, community: T2, member: memberOf(T2, 'UADMIN2') };
    expect((await say('remove', 'UADA1', elsewhere)).text).toBe(
      en.moderators.unknown({ name: mention('member', 'slack:T2/UADA1') }),
    );
    expect((await say('list', undefined, elsewhere)).text).toBe(en.moderators.empty);
    expect(await moderation.isModerator({ ...ADA, roles: [] })).toBe(true);
  });

  it('may be named by the whole member id, too', async () => {
    const { moderation, say } = await begin();
    await say('add', 'slack:T1/UADA1');
    expect(await moderation.isModerator(ADA)).toBe(true);
  });
});

describe('/moderate moderators', () => {
  it('takes off, and has in the audit, what was named, whatever it looks like by now', async () => {
    const { store, as } = await begin();
    const discord = { ...ADMIN, community: communityId('discord', '1'), member: memberId('discord', '2') };
    await addModerator(as(discord), { kind: 'member', id: 'discord:3' });
    expect(await removeModerator(as(discord), { kind: 'role', id: '3' })).toBe('done');
    const [removed] = await store.audit.list('discord:1', 1, 0);
    expect(removed).toMatchObject({ action: 'moderators.remove', subject: { kind: 'member', id: 'discord:3' } });
  });

  it('is for moderators', async () => {
    expect(moderatorCommands.map(({ name, who }) => [name, who])).toEqual([
      ['moderate moderators add', 'moderators'],
      ['moderate moderators remove', 'moderators'],
      ['moderate moderators list', 'moderators'],
    ]);
  });

  it('lets nobody name others who was only named', async () => {
    const { as, say } = await begin();
    await say('add', 'UADA1');
    const refused = { tone: 'problem', text: en.moderators.adminsOnly };
    expect(await say('add', 'UBEN1', ADA)).toMatchObject(refused);
    expect(await say('remove', 'UADA1', ADA)).toMatchObject(refused);
    expect((await listModerators(as(ADMIN))).map(({ id }) => id)).toEqual(['slack:T1/UADA1']);
  });

  it('lists who was named, the earliest first, to those who were named as well', async () => {
    const { say } = await begin();
    expect((await say('list')).text).toBe(en.moderators.empty);
    await say('add', 'SCREW1');
    await say('add', 'UADA1');
    expect((await say('list', undefined, ADA)).text).toBe(
      `${en.moderators.text}\n${mention('role', 'SCREW1')}\n${ADA_NAME}`,
    );
  });

  it('lists them to nobody else, whatever their client let them send', async () => {
    const { say } = await begin();
    await say('add', 'UBEN1');
    await expect(say('list', undefined, ADA)).rejects.toMatchObject({ code: 'moderators_only' });
  });

  it('says when nothing has changed', async () => {
    const { say } = await begin();
    await say('add', 'UADA1');
    expect((await say('add', 'UADA1')).text).toBe(en.moderators.known({ name: ADA_NAME }));
    expect((await say('remove', 'UBEN1')).text).toBe(en.moderators.unknown({ name: BEN_NAME }));
  });

  it.each(['', 'bob', '@bob', '<@UADA1', 'discord:123', 'slack:', 'UADA1 UBEN1', "'; drop table moderators; --"])(
    'refuses “%s”, which is nobody',
    async (who) => {
      const { as, say } = await begin();
      await expect(say('add', who)).rejects.toMatchObject({
        code: 'option_value',
        params: { option: 'who', expected: en.moderators.expected },
      });
      expect(await listModerators(as(ADMIN))).toEqual([]);
    },
  );

  it('names no more than fit a list, even when all are named at once', async () => {
    const { as, say } = await begin();
    const cards = await Promise.all(
      Array.from({ length: MOST_MODERATORS + 5 }, (_, index) => say('add', `U${100 + index}`)),
    );
    expect(await listModerators(as(ADMIN))).toHaveLength(MOST_MODERATORS);
    expect(cards.filter(({ text }) => text === en.moderators.full({ max: MOST_MODERATORS }))).toHaveLength(5);
    expect((await say('list')).text?.length).toBeLessThan(3000);
  });

  it('named twice at once is named once', async () => {
    const { as, say } = await begin();
    await Promise.all([say('add', 'UADA1'), say('add', 'UADA1'), say('add', 'UADA1')]);
    expect(await listModerators(as(ADMIN))).toEqual([{ kind: 'member', id: 'slack:T1/UADA1' }]);
  });

  it('is in the audit, once for each change', async () => {
    const { store, say } = await begin();
    await say('add', 'UADA1');
    await say('add', 'UADA1');
    await say('add', 'SCREW1');
    await say('remove', 'UADA1');
    await say('remove', 'UADA1');
    await say('add', 'UBEN1', ADA);
    const entries = await store.audit.list('slack:T1', 10, 0);
    expect(entries.map(({ actor, action, subject }) => [actor, action, subject])).toEqual([
      [ADMIN.member, 'moderators.remove', { kind: 'member', id: 'slack:T1/UADA1' }],
      [ADMIN.member, 'moderators.add', { kind: 'role', id: 'SCREW1' }],
      [ADMIN.member, 'moderators.add', { kind: 'member', id: 'slack:T1/UADA1' }],
    ]);
  });

  it('names members and roles in Discord as the platform has found them', async () => {
    const { say } = await begin();
    const place = { community: communityId('discord', '1'), member: memberId('discord', '9') };
    const admin = { ...ADMIN, ...place, rolesOf: { 'discord:77': [] } };
    const ada = mention('member', 'discord:77');
    const crew = mention('role', '78');
    expect((await say('add', '77', admin)).text).toBe(en.moderators.added({ name: ada }));
    expect((await say('add', '78', { ...admin, rolesOf: {} })).text).toBe(en.moderators.added({ name: crew }));
    expect((await say('list', undefined, { ...admin, rolesOf: {} })).text).toBe(
      [en.moderators.text, ada, crew].join('\n'),
    );
  });
});
