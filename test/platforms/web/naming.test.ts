import { describe, expect, test } from 'vitest';
import { MODERATING } from './moderating.ts';
import { startPlayground } from './playground.ts';

describe('whom and what an option names', () => {
  test('is handed over by its id, with the roles of all members among them', async () => {
    const playground = await startPlayground({ commands: MODERATING });
    const named = { member: 'web:ben', role: 'crew', channel: 'moderators-log' };
    await playground.say('moderate quota set', named, 'web:mo');
    await playground.say('moderate moderators add', { who: 'ada' }, 'web:mo');
    await playground.say('moderate moderators add', { who: 'guests' }, 'web:mo');
    expect(playground.invocations.map(({ options, rolesOf }) => [options, rolesOf])).toEqual([
      [named, { 'web:ben': ['guests'] }],
      [{ who: 'ada' }, { 'web:ada': ['crew'] }],
      [{ who: 'guests' }, {}],
    ]);
  });

  test('is said by its name', async () => {
    const playground = await startPlayground({ commands: MODERATING });
    const options = { member: 'web:ada', role: 'crew', channel: 'general', credits: 5, per: 'day' };
    const { said } = await playground.say('moderate quota set', options, 'web:mo');
    expect(said).toBe('/moderate quota set member:Ada role:crew channel:general credits:5 per:day');
    expect((await playground.say('moderate moderators add', { who: 'ben' }, 'web:mo')).said).toBe(
      '/moderate moderators add who:Ben',
    );
  });

  test('can be chosen from what there is for whoever looks', async () => {
    const playground = await startPlayground({ commands: MODERATING });
    const { commands } = await playground.channel('web:mo');
    const choicesOf = (command: string) =>
      Object.fromEntries(
        (commands.find(({ name }) => name === command)?.options ?? []).map(({ name, choices }) => [name, choices]),
      );
    expect(choicesOf('moderate quota set')).toMatchObject({
      member: [
        { name: 'Ada', value: 'web:ada' },
        { name: 'Ben', value: 'web:ben' },
        { name: 'Mo', value: 'web:mo' },
      ],
      role: [
        { name: 'crew', value: 'crew' },
        { name: 'guests', value: 'guests' },
      ],
      channel: [
        { name: 'general', value: 'general' },
        { name: 'moderators-log', value: 'moderators-log' },
      ],
    });
    expect(choicesOf('moderate moderators add').who?.map(({ value }) => value)).toEqual([
      'ada',
      'ben',
      'mo',
      'crew',
      'guests',
    ]);
  });

  test.each([
    ['moderate quota set', { member: 'web:eve' }, 'options.member: expected one of web:ada, web:ben, web:mo, found'],
    ['moderate quota set', { member: 'Ada' }, 'options.member: expected one of'],
    ['moderate quota set', { role: 'pirates' }, 'options.role: expected one of crew, guests, found "pirates"'],
    ['moderate quota set', { channel: 'random' }, 'options.channel: expected one of general, moderators-log, found'],
    ['moderate quota set', { channel: 5 }, 'options.channel: expected one of general, moderators-log, found 5'],
    ['moderate moderators add', { who: 'web:ada' }, 'options.who: expected one of ada, ben, mo, crew, guests, found'],
  ])('“%s” of %j is a 400 when it is not there', async (command, options, message) => {
    const playground = await startPlayground({ commands: MODERATING });
    const response = await playground.post('/api/commands', { as: 'web:mo', command, options });
    expect(response.status).toBe(400);
    expect((await response.json()).error.message).toContain(message);
    expect(playground.invocations).toEqual([]);
  });

  test('nobody can name a channel that they do not see', async () => {
    const playground = await startPlayground({ commands: MODERATING });
    const body = { as: 'web:ada', command: 'moderate log', options: { channel: 'moderators-log' } };
    const response = await playground.post('/api/commands', body);
    expect([response.status, (await response.json()).error.message]).toEqual([
      400,
      'options.channel: expected one of general, found "moderators-log"',
    ]);
  });
});

test('people have roles', async () => {
  const playground = await startPlayground();
  for (const as of ['web:ada', 'web:ben', 'web:mo']) await playground.say('quota', {}, as);
  expect(playground.invocations.map(({ roles }) => roles)).toEqual([['crew'], ['guests'], ['crew']]);
  const { people, roles } = await playground.channel();
  expect(people.map((person) => person.roles)).toEqual([['crew'], ['guests'], ['crew']]);
  expect(roles.map(({ id }) => id)).toEqual(['crew', 'guests']);
});
