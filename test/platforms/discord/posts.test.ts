import { describe, expect, test } from 'vitest';
import { DRAWING, FILES } from '../contract-script.ts';
import { card, startBench } from './bench.ts';
import { failure } from './clips.ts';

const GUILD = '111111111111111111';
const CHANNEL = '333333333333333333';
const COMMUNITY = `discord:${GUILD}`;

async function begin() {
  const bench = await startBench();
  bench.fake.channel(CHANNEL, GUILD);
  return bench;
}

describe('a post', () => {
  test('is one message, whose ref has no token in it', async () => {
    const { fake, another } = await begin();
    const ref = await another().post(COMMUNITY, CHANNEL, card({ title: 'Look' }));
    expect(fake.messagesIn(CHANNEL).map(({ embeds }) => embeds[0]?.title)).toEqual(['Look']);
    expect(ref).toMatchObject({ token: '', tokenExpiresAt: 0, channelId: CHANNEL, guildId: GUILD, userId: '' });
  });

  test.each([
    ['a channel of another server', COMMUNITY, '999999999999999999'],
    ['a direct message', COMMUNITY, 'direct'],
    ['a person’s own community', 'discord:user:222222222222222222', CHANNEL],
    ['another platform’s community', 'slack:T1', CHANNEL],
    ['what is no id', COMMUNITY, `${CHANNEL}/messages`],
    ['a category', COMMUNITY, '888888888888888888'],
  ])('never goes into %s', async (_, community, channel) => {
    const { fake, discord } = await begin();
    fake.channel('999999999999999999', '777777777777777777');
    fake.channel('888888888888888888', GUILD, 4);
    const direct = fake.slash({ name: 'video', userId: '222222222222222222', guildId: null }).interaction.channelId;
    const to = channel === 'direct' ? direct : channel;
    expect((await failure(discord.post(community, to, card()))).kind).toBe('gone');
    expect(fake.messagesIn(to).filter(({ embeds }) => embeds[0]?.title === card().title)).toEqual([]);
  });

  test.each([10003, 50001, 50013] as const)('finds its channel gone when Discord says %i', async (code) => {
    const { fake, discord } = await begin();
    fake.deny(CHANNEL, code);
    expect((await failure(discord.post(COMMUNITY, CHANNEL, card()))).kind).toBe('gone');
  });

  test('that is gone is nobody’s: no direct message takes its place', async () => {
    const { fake, discord } = await begin();
    const ref = await discord.post(COMMUNITY, CHANNEL, card());
    const [message] = fake.messagesIn(CHANNEL);
    if (message) fake.remove(message);
    const ended = card({ tone: 'problem', title: 'Too late' });
    expect((await failure(discord.update(ref, ended, { last: true }))).kind).toBe('gone');
    expect(await discord.findDelivery(ref, 'dailies-g1.mp4')).toBeUndefined();
    await discord.remove(ref);
    expect(fake.ledger.filter(({ path }) => path === '/users/@me/channels')).toEqual([]);
  });
});

describe('files', () => {
  const files = [...FILES];
  const names = FILES.map(({ name }) => name);

  test('are attached, the picture inside the card with its description', async () => {
    const { fake, discord } = await begin();
    await discord.post(COMMUNITY, CHANNEL, card({ files }));
    const [message] = fake.messagesIn(CHANNEL);
    expect(message?.embeds[0]?.image).toEqual({ url: 'attachment://usage.png' });
    expect(message?.attachments.map(({ filename, description }) => [filename, description])).toEqual([
      ['usage.png', 'Videos by day'],
      ['usage.csv', 'Videos by day, as a table'],
    ]);
    expect(message?.attachments.map(({ bytes }) => bytes.toString('base64'))).toEqual(
      FILES.map(({ base64 }) => base64),
    );
  });

  test('show an SVG as a PNG', async () => {
    const { fake, discord } = await begin();
    await discord.post(COMMUNITY, CHANNEL, card({ files: [DRAWING] }));
    const [message] = fake.messagesIn(CHANNEL);
    expect(message?.embeds[0]?.image).toEqual({ url: 'attachment://usage.png' });
    expect(message?.attachments).toMatchObject([{ filename: 'usage.png', description: DRAWING.alt }]);
    expect(message?.attachments[0]?.bytes.toString('latin1', 1, 4)).toBe('PNG');
  });

  test('without a picture are only attached', async () => {
    const { fake, discord } = await begin();
    await discord.post(COMMUNITY, CHANNEL, card({ files: files.slice(1) }));
    expect(fake.messagesIn(CHANNEL)[0]?.embeds[0]).not.toHaveProperty('image');
  });

  test('of a newer card take the place of the older ones', async () => {
    const { fake, discord } = await begin();
    const ref = await discord.post(COMMUNITY, CHANNEL, card({ files }));
    await discord.update(ref, card({ files }));
    expect(fake.messagesIn(CHANNEL)[0]?.attachments.map(({ filename }) => filename)).toEqual(names);
  });

  test('wait for a rate limit rather than get lost', async () => {
    const { fake, discord } = await begin();
    fake.fault({ method: 'POST', path: /messages$/, kind: 'rateLimit', retryAfterMs: 20 });
    await discord.post(COMMUNITY, CHANNEL, card({ files }));
    expect(fake.messagesIn(CHANNEL)[0]?.attachments.map(({ filename }) => filename)).toEqual(names);
  });
});
