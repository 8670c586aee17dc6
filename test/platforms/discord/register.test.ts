import { describe, expect, test } from 'vitest';
import type { Command } from '../../../commands/command.ts';
import { commands, messageCommands } from '../../../commands/index.ts';
import type { Settings } from '../../../src/platforms/discord/register.ts';
import { commandSize, MOST_CHARACTERS } from '../../fakes/discord/command-rules.ts';
import { en } from '../../support/texts.ts';
import { createOn, deaf, fromMessage, startFake, video } from './bench.ts';

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
      await discord.listen(deaf);
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
    await createOn(fake, { languages: { en } }).listen(deaf);
    expect(fake.commands.get('global')).toEqual([
      {
        type: 1,
        name: 'video',
        description: 'Make a video',
        default_member_permissions: null,
        contexts: [0, 1, 2],
        integration_types: [0, 1],
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
    await createOn(fake, { guildId }).listen(deaf);
    expect([...fake.commands.keys()]).toEqual([guildId]);
  });

  test('offers commands of moderators to moderators, in servers only', async () => {
    const fake = await startFake();
    await createOn(fake, { commands: [{ ...video, who: 'moderators' }] }).listen(deaf);
    expect(fake.commands.get('global')).toMatchObject([
      { default_member_permissions: '32', contexts: [0], integration_types: [0] },
    ]);
  });

  test('for one server names no places, as there are none to choose from', async () => {
    const fake = await startFake();
    const guildId = '123456789012345678';
    await createOn(fake, { guildId }).listen(deaf);
    const [command] = fake.commands.get(guildId) ?? [];
    expect(command).not.toHaveProperty('contexts');
    expect(command).not.toHaveProperty('integration_types');
  });

  test('makes subcommands of several words, and groups of three', async () => {
    const fake = await startFake();
    const named = (name: string): Command => ({ ...video, name, who: 'moderators', options: [] });
    const commands = ['moderate queue', 'moderate quota set', 'moderate quota clear'].map(named);
    await createOn(fake, { commands, languages: { en } }).listen(deaf);
    expect(fake.commands.get('global')).toMatchObject([
      {
        type: 1,
        name: 'moderate',
        description: en.commands.moderate,
        default_member_permissions: '32',
        options: [
          { type: 1, name: 'queue', options: [] },
          {
            type: 2,
            name: 'quota',
            options: [
              { type: 1, name: 'set' },
              { type: 1, name: 'clear' },
            ],
          },
        ],
      },
    ]);
  });

  test('lets options complete themselves instead of listing choices', async () => {
    const fake = await startFake();
    const options = video.options.map((option) => (option.choices ? { ...option, complete: () => [] } : option));
    await createOn(fake, { commands: [{ ...video, options }], languages: { en } }).listen(deaf);
    const [told] = fake.commands.get('global') as { options: object[] }[];
    expect(told?.options[1]).toEqual({
      type: 3,
      name: 'model',
      description: 'Which model',
      required: false,
      autocomplete: true,
    });
  });

  test('puts message commands into the menu of messages', async () => {
    const fake = await startFake();
    await createOn(fake, { commands: [], messageCommands: [fromMessage], languages: { en } }).listen(deaf);
    expect(fake.commands.get('global')).toEqual([
      {
        type: 3,
        name: 'Make a video from this',
        default_member_permissions: null,
        contexts: [0, 1, 2],
        integration_types: [0, 1],
      },
    ]);
  });

  test('tells names, descriptions and choices in every language, as far as Discord takes them', async () => {
    const fake = await startFake();
    const words = (changes: object) => ({ ...en.commandWords, ...changes });
    const languages = {
      en,
      de: { ...en, commandWords: words({ video: 'film' }), language: 'Läuft' },
      es: { ...en, commandWords: words({ video: 'Vídeo corto' }), language: 'En marcha' },
    };
    const inWords: Command = {
      ...video,
      description: (texts) => texts.language,
      options: [
        {
          name: 'model',
          description: (texts) => texts.language,
          type: 'string',
          required: false,
          choices: [{ name: (texts) => texts.language, value: 'lite' }],
        },
      ],
    };
    await createOn(fake, { commands: [inWords], languages }).listen(deaf);
    const others = { de: 'Läuft', 'es-ES': 'En marcha', 'es-419': 'En marcha' };
    expect(fake.commands.get('global')).toMatchObject([
      {
        name: 'video',
        name_localizations: { de: 'film' },
        description: 'en',
        description_localizations: others,
        options: [{ description_localizations: others, choices: [{ name: 'en', name_localizations: others }] }],
      },
    ]);
  });

  test('gives options their native kinds, without lengths where there is no text', async () => {
    const fake = await startFake();
    const types = ['member', 'role', 'channel', 'mention'] as const;
    const options = types.map((type) => ({
      name: type,
      description: () => 'Whom or what',
      type,
      required: false,
      minimumLength: 1,
      maximumLength: 50,
    }));
    await createOn(fake, { commands: [{ ...video, options }], languages: { en } }).listen(deaf);
    const plain = { description: 'Whom or what', required: false };
    expect(fake.commands.get('global')).toMatchObject([
      {
        options: [
          { type: 6, name: 'member', ...plain },
          { type: 8, name: 'role', ...plain },
          { type: 7, name: 'channel', ...plain, channel_types: [0, 2, 5, 13, 15] },
          { type: 9, name: 'mention', ...plain },
        ],
      },
    ]);
    expect(JSON.stringify(fake.commands.get('global'))).not.toContain('_length');
  });

  test('finds room for all that people can say, in the longest of the languages', async () => {
    const fake = await startFake();
    await createOn(fake, { commands, messageCommands }).listen(deaf);
    const told = fake.commands.get('global') as { name: string; type: number }[];
    const sizes = told.filter(({ type }) => type === 1).map((command) => [command.name, commandSize({ ...command })]);
    expect(sizes.map(([name]) => name)).toEqual([...new Set(commands.map(({ name }) => name.split(' ')[0]))]);
    expect(sizes.filter(([, size]) => Number(size) > MOST_CHARACTERS)).toEqual([]);
  });

  test('is tried again while Discord is out of order', async () => {
    const fake = await startFake();
    fake.fault({ method: 'PUT', path: /commands$/, kind: 'refuse', status: 503, code: 0, message: 'later', times: 3 });
    await createOn(fake, { clock: { now: () => Date.now(), sleep: async () => {} } }).listen(deaf);
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
    const listening = createOn(fake, { guildId: '123456789012345678' }).listen(deaf);
    await expect(listening).rejects.toThrow(
      /^DISCORD_GUILD_ID: expected a server that this bot was invited to, found 123456789012345678$/,
    );
  });
});
