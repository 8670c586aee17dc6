import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CommandContext } from '../../commands/command.ts';
import { moderatorCommands } from '../../commands/moderate/moderators.ts';
import { type Asker, isModerator, MOST_MODERATORS, Moderators } from '../../src/limits/moderators.ts';
import { openStore } from '../../src/store/store.ts';
import { en } from '../../src/texts/en.ts';
import { VirtualClock } from '../support/clock.ts';
import { tempFolder } from '../support/temp.ts';

const ADMIN: Asker = { community: 'slack:T1', member: 'slack:T1/UADMIN1', roles: [], moderator: true };
const ADA: Asker = { community: 'slack:T1', member: 'slack:T1/UADA1', roles: ['SCREW1'], moderator: false };

async function begin() {
  const store = await openStore(`sqlite:${join(await tempFolder(), 'dailies.db')}`);
  onTestFinished(() => store.close());
  const moderators = new Moderators(store, new VirtualClock());
  const say = async (verb: 'add' | 'remove' | 'list', who?: string, asker = ADMIN) => {
    const command = moderatorCommands.find(({ name }) => name === `moderate moderators ${verb}`);
    const options = who === undefined ? {} : { who };
    const context = { ...asker, options, texts: en, moderators } as unknown as CommandContext;
    const answer = await command?.run(context);
    if (answer?.kind !== 'card') throw new Error('expected a card');
    expect(answer.audience).toBe('requester');
    return answer.card;
  };
  return { store, moderators, say };
}

describe('a moderator', () => {
  it('is whom the platform says, and nobody else where nobody is named', async () => {
    const { store } = await begin();
    expect(await isModerator(store, ADMIN)).toBe(true);
    expect(await isModerator(store, ADA)).toBe(false);
  });

  it('is a member who was named, until the name is taken off', async () => {
    const { moderators, say } = await begin();
    expect(await say('add', 'UADA1')).toMatchObject({ tone: 'done', text: en.moderators.added('UADA1') });
    expect(await moderators.isModerator(ADA)).toBe(true);
    expect(await moderators.isModerator({ ...ADA, member: 'slack:T1/UBEN1' })).toBe(false);
    expect(await say('remove', 'UADA1')).toMatchObject({ tone: 'done', text: en.moderators.removed('UADA1') });
    expect(await moderators.isModerator(ADA)).toBe(false);
  });

  it('is everybody with a role that was named', async () => {
    const { moderators, say } = await begin();
    await say('add', 'SCREW1');
    expect(await moderators.isModerator(ADA)).toBe(true);
    expect(await moderators.isModerator({ ...ADA, roles: ['SOTHER1'] })).toBe(false);
  });

  it('in one community is none in another', async () => {
    const { moderators, say } = await begin();
    await say('add', 'UADA1');
    await say('add', 'SCREW1');
    expect(await moderators.isModerator({ ...ADA, community: 'slack:T2' })).toBe(false);
    const elsewhere = { ...ADMIN, community: 'slack:T2', member: 'slack:T2/UADMIN2' };
    expect((await say('remove', 'UADA1', elsewhere)).text).toBe(en.moderators.unknown('UADA1'));
    expect((await say('list', undefined, elsewhere)).text).toBe(en.moderators.empty);
    expect(await moderators.isModerator({ ...ADA, roles: [] })).toBe(true);
  });

  it('may be named by the whole member id, too', async () => {
    const { moderators, say } = await begin();
    await say('add', 'slack:T1/UADA1');
    expect(await moderators.isModerator(ADA)).toBe(true);
  });
});

describe('/moderate moderators', () => {
  it('is for moderators', async () => {
    expect(moderatorCommands.map(({ name, who }) => [name, who])).toEqual([
      ['moderate moderators add', 'moderators'],
      ['moderate moderators remove', 'moderators'],
      ['moderate moderators list', 'moderators'],
    ]);
  });

  it('lets nobody name others who was only named', async () => {
    const { moderators, say } = await begin();
    await say('add', 'UADA1');
    const refused = { tone: 'problem', text: en.moderators.adminsOnly };
    expect(await say('add', 'UBEN1', ADA)).toMatchObject(refused);
    expect(await say('remove', 'UADA1', ADA)).toMatchObject(refused);
    expect((await moderators.list('slack:T1')).map(({ subject }) => subject)).toEqual(['UADA1']);
  });

  it('lists who was named, the earliest first, to those who were named as well', async () => {
    const { say } = await begin();
    expect((await say('list')).text).toBe(en.moderators.empty);
    await say('add', 'SCREW1');
    await say('add', 'UADA1');
    expect((await say('list', undefined, ADA)).text).toBe(`${en.moderators.text}\nSCREW1\nUADA1`);
  });

  it('says when nothing has changed', async () => {
    const { say } = await begin();
    await say('add', 'UADA1');
    expect((await say('add', 'UADA1')).text).toBe(en.moderators.known('UADA1'));
    expect((await say('remove', 'UBEN1')).text).toBe(en.moderators.unknown('UBEN1'));
  });

  it.each(['', 'bob', '@bob', '<@UADA1', 'discord:123', 'slack:', 'UADA1 UBEN1', "'; drop table moderators; --"])(
    'refuses “%s”, which is nobody',
    async (who) => {
      const { moderators, say } = await begin();
      await expect(say('add', who)).rejects.toMatchObject({
        code: 'option_value',
        params: { option: 'who', expected: en.moderators.expected },
      });
      expect(await moderators.list('slack:T1')).toEqual([]);
    },
  );

  it('names no more than fit a list, even when all are named at once', async () => {
    const { moderators, say } = await begin();
    const cards = await Promise.all(
      Array.from({ length: MOST_MODERATORS + 5 }, (_, index) => say('add', `U${100 + index}`)),
    );
    expect(await moderators.list('slack:T1')).toHaveLength(MOST_MODERATORS);
    expect(cards.filter(({ text }) => text === en.moderators.full(MOST_MODERATORS))).toHaveLength(5);
    expect((await say('list')).text?.length).toBeLessThan(3000);
  });

  it('named twice at once is named once', async () => {
    const { moderators, say } = await begin();
    await Promise.all([say('add', 'UADA1'), say('add', 'UADA1'), say('add', 'UADA1')]);
    expect(await moderators.list('slack:T1')).toEqual([
      { subject: 'UADA1', addedBy: ADMIN.member, addedAt: Date.UTC(2026, 0, 1) },
    ]);
  });
});
