import { PermissionFlagsBits } from 'discord.js';
import { onTestFinished } from 'vitest';
import { INTERACTIONS_PATH } from '../../../src/platforms/discord/http.ts';
import { DEFAULT_SIZE_LIMIT } from '../../../src/platforms/discord/ref.ts';
import type { FakeDiscord, Handle } from '../../fakes/discord/index.ts';
import type { Picked } from '../../fakes/discord/raw.ts';
import type { FakeMessage } from '../../fakes/discord/state.ts';
import { serveRoutes } from '../../http/support.ts';
import { en } from '../../support/texts.ts';
import { platformContract } from '../contract.ts';
import type { Done, Given, Harness, OpenForm, Shown, Wanted, Who } from '../harness.ts';
import { createOn, startFake } from './bench.ts';
import { headersFor, makeKeys } from './keys.ts';
import { readMarkdown } from './markdown-reader.ts';

const USERS: Record<Who, { userId: string; permissions?: bigint }> = {
  member: { userId: '900000000000000001' },
  other: { userId: '900000000000000002' },
  moderator: { userId: '900000000000000003', permissions: PermissionFlagsBits.ManageGuild },
};

const ROLE = '800000000000000001';

/** Another server, where the bot is too. */
const OTHERS = { guild: '700000000000000001', channel: '700000000000000002' };

/** Flag of a message that only one person sees. */
const EPHEMERAL = 64;

/** How long an acknowledgement is waited for, in ms; Discord waits 3 s. */

const abilities = { forms: true, complete: true, messageCommands: true, limitBytes: DEFAULT_SIZE_LIMIT };

platformContract('Discord by its gateway', abilities, async ({ dispatch, ...parts }) => {
  const fake = await startFake();
  const platform = createOn(fake, parts);
  await platform.listen(dispatch);
  return harnessOf(fake, platform, parts);
});

platformContract('Discord by HTTP', abilities, async ({ dispatch, ...parts }) => {
  const fake = await startFake();
  const keys = makeKeys();
  const platform = createOn(fake, { ...parts, publicKey: keys.publicKey });
  if (!platform.routes) throw new Error('expected routes');
  const server = await serveRoutes(platform.routes);
  onTestFinished(() => server.close());
  await platform.listen(dispatch);
  fake.sendBy((interaction) => {
    const body = JSON.stringify(interaction);
    void fetch(server.url + INTERACTIONS_PATH, { method: 'POST', headers: headersFor(body, keys, Date.now()), body });
  });
  return harnessOf(fake, platform, parts);
});

function harnessOf(fake: FakeDiscord, platform: Harness['platform'], parts: Omit<Wanted, 'dispatch'>): Harness {
  const { guildId, channelId } = fake.here;
  fake.channel(channelId, guildId);
  fake.channel(OTHERS.channel, OTHERS.guild);

  /** A value as Discord hands it over: what was picked from a list comes with what it is. */
  const told = (command: string, option: string, value: Given): string | number | boolean | Picked => {
    if (typeof value !== 'object') return value;
    const id = value.id.replace(/^discord:/, '');
    const type = parts.commands.find(({ name }) => name === command)?.options.find(({ name }) => name === option)?.type;
    const kind = value.pick === 'member' ? 'user' : value.pick;
    const roles = value.pick === 'member' ? { roles: [ROLE] } : {};
    return { pick: type === 'mention' ? 'mentionable' : kind, id, ...roles };
  };
  const valuesOf = (command: string, options: Record<string, Given>) =>
    Object.fromEntries(Object.entries(options).map(([name, value]) => [name, told(command, name, value)]));

  const doneOn = (who: Who, latestFor: (reader: Who) => Promise<FakeMessage | undefined>): Omit<Done, 'form'> => ({
    async seenBy(reader) {
      const message = await latestFor(reader);
      return message && show(message);
    },
    async press(label, presser = who) {
      const message = await latestFor(presser);
      const id = message?.components.flatMap(({ components }) => components).find((each) => each.label === label);
      if (!message || !id) throw new Error(`expected a button ${label}, got ${JSON.stringify(message?.components)}`);
      return doneBy(presser, fake.press(message, id.custom_id, USERS[presser]));
    },
  });

  const doneBy = async (who: Who, handle: Handle): Promise<Done> => {
    await handle.acknowledged();
    const latestFor = async (reader: Who): Promise<FakeMessage | undefined> => {
      const { followUp, reply } = handle.shown;
      return [followUp, reply].find(
        (message) => message && isVisible(message) && (!isPrivate(message) || reader === who),
      );
    };
    return {
      ...doneOn('member', latestFor),
      async form(): Promise<OpenForm | undefined> {
        const { modal } = handle.shown;
        const fields = modal?.components.map(({ label, component: { custom_id, value, options } }) => {
          const chosen = options?.find((option) => option.default)?.value;
          return [custom_id, { label, value: value ?? chosen }];
        });
        return modal && fields
          ? {
              title: modal.title,
              fields: Object.fromEntries(fields),
              fill: (values) => doneBy(who, fake.submit(handle, values)),
            }
          : undefined;
      },
    };
  };

  return {
    platform,
    another: async () => createOn(fake, parts),
    say: async (name, options = {}, who = 'member') =>
      doneBy(who, fake.slash({ name, options: valuesOf(name, options), ...USERS[who] })),
    sayDirectly: async (name, options = {}) =>
      doneBy('member', fake.slash({ name, options: valuesOf(name, options), ...USERS.member, guildId: null })),
    named: { member: `discord:${USERS.other.userId}`, role: ROLE, channel: channelId },
    here: { community: `discord:${guildId}`, channel: channelId },
    elsewhere: { community: `discord:${OTHERS.guild}`, channel: OTHERS.channel },
    async posted() {
      const id = fake.messagesIn(channelId).at(-1)?.id ?? '';
      const latest = async () => fake.messagesIn(channelId).find((message) => message.id === id);
      return { ...doneOn('member', latest), form: async () => undefined };
    },
    complete: async (name, focused, typed) =>
      fake.autocomplete({ name, focused, options: { [focused]: typed }, ...USERS.member }).choices(),
    async onMessage(name, text) {
      const command = parts.messageCommands.find((one) => one.name === name);
      if (!command) throw new Error(`expected the message command ${name}`);
      const label = command.label(en);
      return doneBy('member', fake.messageCommand({ name: label, target: { content: text }, ...USERS.member }));
    },
  };
}

const isVisible = ({ deleted, loading }: FakeMessage) => !deleted && !loading;
const isPrivate = ({ flags }: FakeMessage) => (flags & EPHEMERAL) !== 0;

function show({ content, embeds, components, attachments }: FakeMessage): Shown {
  const described = readMarkdown(
    [content, ...embeds.map(({ description = '' }) => description)].filter(Boolean).join('\n'),
  );
  const fields = embeds.flatMap(({ fields: all = [] }) => all).map(({ name, value }) => `${name}\n${value}`);
  return {
    title: readMarkdown(embeds[0]?.title ?? '').text,
    text: [described.text, ...fields.map((field) => readMarkdown(field).text)].join('\n'),
    prompt: described.quoted,
    buttons: components.flatMap((row) => row.components).map((each) => ('label' in each && each.label) || ''),
    clips: attachments.filter(({ filename }) => filename.endsWith('.mp4')).map(({ bytes }) => bytes),
    files: attachments
      .filter(({ filename }) => !filename.endsWith('.mp4'))
      .map(({ filename, bytes, description }) => ({ name: filename, content: bytes, alt: description })),
  };
}
