import { describe, expect, test } from 'vitest';
import { type Command, EVERYONE } from '../../../commands/command.ts';
import { at, mention } from '../../../src/domain/marks.ts';
import { renderCard } from '../../../src/platforms/discord/render.ts';
import { card, startBench, video } from './bench.ts';

const GUILD = '111111111111111111';
const ADA = '222222222222222222';
const BEN = '333333333333333333';
const CREW = '444444444444444444';
const HERE = { locale: 'en-US' };

const name: Command = {
  ...video,
  name: 'moderate block',
  who: 'moderators',
  options: (['member', 'mention', 'role'] as const).map((type) => ({
    name: type,
    description: () => 'Whom',
    type,
    required: false,
  })),
};

async function begin() {
  const bench = await startBench({ discord: { commands: [video, name] } });
  const said = async (actor: object) => {
    const before = bench.invocations.length;
    bench.fake.slash({ name: 'video', options: { prompt: 'x' }, userId: ADA, ...actor });
    return await bench.fake.until(() => bench.invocations[before]);
  };
  return { ...bench, said };
}

describe('where something is said', () => {
  test('a thread belongs to its channel', async () => {
    const { said } = await begin();
    const [thread, channel] = ['555555555555555555', '666666666666666666'];
    expect(await said({ channelId: thread, threadOf: channel })).toMatchObject({
      channel: thread,
      parentChannel: channel,
      direct: false,
      alone: false,
    });
    expect(await said({ channelId: channel })).not.toHaveProperty('parentChannel');
  });

  test.each([
    ['a direct message', { guildId: null }],
    ['direct messages of other people', { guildId: null, amongOthers: true }],
    ['a server that knows the app by a member’s own installation only', { installed: 'user' }],
  ])('%s is no server’s', async (_, actor) => {
    const { said } = await begin();
    const { community, direct, alone } = await said(actor);
    expect({ community, direct, alone }).toEqual({ community: `discord:user:${ADA}`, direct: true, alone: false });
  });

  test('a private reply in a server is for one, and only there are others', async () => {
    const { said } = await begin();
    const options = { prompt: 'x', private: true };
    expect(await said({ options })).toMatchObject({ direct: false, alone: true });
    expect(await said({ options, guildId: null })).toMatchObject({ direct: true, alone: false });
  });
});

describe('whom a command names', () => {
  const options = {
    member: { pick: 'user', id: BEN, roles: [CREW] },
    mention: { pick: 'mentionable', id: CREW },
  } as const;

  test('comes with their roles in the server that the command belongs to', async () => {
    const { said } = await begin();
    expect(await said({ name: 'moderate block', options })).toMatchObject({
      options: { member: `discord:${BEN}`, mention: CREW },
      rolesOf: { [`discord:${BEN}`]: [CREW] },
    });
  });

  test('is a member where anything can be mentioned, though they are not in the server', async () => {
    const { said } = await begin();
    const mentioned = { mention: { pick: 'mentionable', id: BEN, isPerson: true } } as const;
    const invocation = await said({ name: 'moderate block', options: mentioned });
    expect(invocation.options).toEqual({ mention: `discord:${BEN}` });
  });

  test('is nobody in particular when it is @everyone, whose id is the server’s', async () => {
    const { said } = await begin();
    const everyone = { role: { pick: 'role', id: GUILD }, mention: { pick: 'mentionable', id: GUILD } } as const;
    const invocation = await said({ name: 'moderate block', options: everyone, guildId: GUILD });
    expect(invocation.options).toEqual({ role: EVERYONE, mention: EVERYONE });
  });

  test('comes without roles where the server is not the community, or they are not in it', async () => {
    const { said } = await begin();
    expect(await said({ name: 'moderate block', options, installed: 'user' })).not.toHaveProperty('rolesOf');
    const stranger = { member: { pick: 'user', id: BEN } } as const;
    expect(await said({ name: 'moderate block', options: stranger })).not.toHaveProperty('rolesOf');
  });
});

describe('what a card mentions', () => {
  test('is Discord’s own mention in texts, values and notes', () => {
    const all = [mention('member', `discord:${ADA}`), mention('role', CREW), mention('channel', '777')].join(' ');
    const body = renderCard(card({ text: all, fields: [{ label: 'Who', value: all }], notes: [all] }), HERE);
    const shown = `<@${ADA}> <@&${CREW}> <#777>`;
    expect(body.embeds[0]?.description).toBe(`${shown}\n-# ${shown}`);
    expect(body.embeds[0]?.fields?.[0]?.value).toBe(shown);
    expect(body.allowed_mentions).toEqual({ parse: [] });
  });

  test('is a plain id where Discord shows no mentions, and where it is no id of Discord’s', () => {
    const ada = mention('member', `discord:${ADA}`);
    const fields = [{ label: `By ${ada}`, value: mention('member', 'slack:T1/U_1') }];
    const [embed] = renderCard(card({ title: `Of ${ada}`, fields }), HERE).embeds;
    expect(embed?.title).toBe(`Of @${ADA}`);
    expect(embed?.fields?.[0]).toMatchObject({ name: `By @${ADA}`, value: '@slack:T1/U\\_1' });
  });

  test('is whole or not there, wherever a text is cut', () => {
    const marks = [mention('member', `discord:${ADA}`), at(1_800_000_000_000, 'relative')];
    for (let length = 940; length <= 1010; length++) {
      const text = `${'x'.repeat(length)} ${marks.join(' ')} and so on and so on`;
      const description = renderCard(card({ text }), HERE).embeds[0]?.description ?? '';
      expect(description).toMatch(/^x+(?: <@\d+>(?: <t:\d+:R>.*)?)?…?$/);
    }
  });
});

test('a list may have ten buttons and more, in rows of five', () => {
  const buttons = Array.from({ length: 27 }, (_, index) => ({
    action: 'cancel',
    target: `g${index}`,
    label: `Cancel ${index}`,
    style: 'plain' as const,
  }));
  const rows = (count: number) =>
    renderCard(card({ buttons: buttons.slice(0, count) }), HERE).components.map(({ components }) => components.length);
  expect(rows(10)).toEqual([5, 5]);
  expect(rows(12)).toEqual([5, 5, 2]);
  expect(rows(27)).toEqual([5, 5, 5, 5, 5]);
});
