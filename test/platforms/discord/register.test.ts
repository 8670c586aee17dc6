import { describe, expect, test } from 'vitest';
import type { Command } from '../../../commands/command.ts';
import type { Settings } from '../../../src/platforms/discord/register.ts';
import { createOn, startFake, video } from './bench.ts';

const dispatch = {
  command: async () => ({ kind: 'handled' as const }),
  press: async () => ({ kind: 'handled' as const }),
};

function memory(): Settings {
  const values = new Map<string, unknown>();
  return { get: async (key) => values.get(key), set: async (key, value) => values.set(key, value) };
}

describe('registering the commands', () => {
  test('happens at the first start, not when nothing has changed, and again when something has', async () => {
    const fake = await startFake();
    const settings = memory();
    const puts = () => fake.ledger.filter(({ method }) => method === 'PUT').length;
    const start = async (commands: Command[]) => {
      const discord = createOn(fake, { settings, commands });
      await discord.listen(dispatch);
      await discord.close();
    };
    await start([video]);
    expect(puts()).toBe(1);
    await start([video]);
    expect(puts()).toBe(1);
    await start([{ ...video, description: () => 'Make another video' }]);
    expect(puts()).toBe(2);
    expect(fake.commands.get('global')).toMatchObject([{ name: 'video', description: 'Make another video' }]);
  });

  test('tells options with their limits, the required ones first', async () => {
    const fake = await startFake();
    await createOn(fake).listen(dispatch);
    expect(fake.commands.get('global')).toEqual([
      {
        type: 1,
        name: 'video',
        description: 'Make a video',
        default_member_permissions: null,
        options: [
          { type: 3, name: 'prompt', description: 'What to show', required: true, max_length: 2000 },
          {
            type: 3,
            name: 'model',
            description: 'Which model',
            required: false,
            choices: [{ name: 'Lite', value: 'lite' }],
          },
          { type: 4, name: 'seed', description: 'A number', required: false, min_value: 0, max_value: 4_294_967_295 },
          { type: 5, name: 'watermark', description: 'With a watermark', required: false },
        ],
      },
    ]);
  });

  test('can be for one server, and then leaves the others alone', async () => {
    const fake = await startFake();
    const guildId = '123456789012345678';
    await createOn(fake, { guildId }).listen(dispatch);
    expect([...fake.commands.keys()]).toEqual([guildId]);
  });

  test('offers commands of moderators to moderators', async () => {
    const fake = await startFake();
    await createOn(fake, { commands: [{ ...video, who: 'moderators' }] }).listen(dispatch);
    expect(fake.commands.get('global')).toMatchObject([{ default_member_permissions: 32 }]);
  });

  test('is tried again while Discord is out of order', async () => {
    const fake = await startFake();
    fake.fault({ method: 'PUT', path: /commands$/, kind: 'refuse', status: 503, code: 0, message: 'later', times: 3 });
    await createOn(fake, { clock: { now: () => Date.now(), sleep: async () => {} } }).listen(dispatch);
    expect(fake.commands.has('global')).toBe(true);
  });

  test('names the setting when the bot is not in the server', async () => {
    const fake = await startFake();
    fake.fault({
      method: 'PUT',
      path: /commands$/,
      kind: 'refuse',
      status: 403,
      code: 50001,
      message: 'Missing Access',
    });
    const listening = createOn(fake, { guildId: '123456789012345678' }).listen(dispatch);
    await expect(listening).rejects.toThrow(
      /^DISCORD_GUILD_ID: expected a server that this bot was invited to, found 123456789012345678$/,
    );
  });
});
