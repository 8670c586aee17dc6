import { describe, expect, test } from 'vitest';
import { HANDLED } from '../../../commands/command.ts';
import { type Bench, card, startBench } from './bench.ts';

const ADA = '222222222222222222';
const GUILD = '111111111111111111';
const PRIVATE = { name: 'video', options: { prompt: 'a dragon', private: true } };
const withButtons = card({
  buttons: [
    { action: 'again', target: 'g1', label: 'Again', style: 'primary' },
    { action: 'cancel', target: 'g1', label: 'Cancel', style: 'danger' },
  ],
});

async function showPrivately({ discord, open }: Bench) {
  const { ref, handle } = await open(PRIVATE);
  await discord.update(ref, withButtons);
  return handle.reply(({ components }) => components.length > 0);
}

describe('a private reply', () => {
  test('is private from the beginning', async () => {
    const { open } = await startBench();
    const { ref, handle } = await open(PRIVATE);
    expect((await handle.reply()).flags).toBe(64);
    expect(ref.ephemeral).toBe(true);
  });

  test('takes a card for the requester in place, with nothing deleted', async () => {
    const { fake, answerWith } = await startBench();
    answerWith({ kind: 'card', audience: 'requester', card: card({ title: 'For you' }) });
    const reply = await fake.slash(PRIVATE).reply(({ loading }) => !loading);
    expect(reply).toMatchObject({ flags: 64, deleted: false, embeds: [{ title: 'For you' }] });
    expect(fake.ledger.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  test('opens further ones in private', async () => {
    const bench = await startBench();
    const message = await showPrivately(bench);
    const again = await bench.fake.press(message, 'd:again:g1').reply();
    expect(again.flags).toBe(64);
    expect(again.id).not.toBe(message.id);
  });

  test('is changed by its buttons, and not overwritten by a refusal', async () => {
    const bench = await startBench();
    const message = await showPrivately(bench);
    bench.answerWith({ kind: 'card', audience: 'requester', card: card({ title: 'Too late' }) });
    await bench.fake.press(message, 'd:cancel:g1').followUp();
    expect(message.embeds[0]?.title).toBe('Making the video');
    bench.answerWith({ kind: 'card', audience: 'everyone', card: card({ title: 'Page 2' }) });
    await bench.fake.press(message, 'd:cancel:g1').reply(({ embeds }) => embeds[0]?.title === 'Page 2');
    expect(message.embeds[0]?.title).toBe('Page 2');
  });

  test('is also what a server makes of the replies of a member’s own app', async () => {
    const { open } = await startBench();
    const { ref } = await open({ installed: 'user', mustBePrivate: true });
    expect(ref.ephemeral).toBe(true);
  });
});

test('an answer that shows itself leaves no “thinking…” behind', async () => {
  const { fake, answerWith } = await startBench();
  answerWith(HANDLED);
  const reply = await fake.slash({ name: 'video' }).reply(({ deleted }) => deleted);
  expect(reply.loading).toBe(true);
});

test('a command that nobody knows is refused in private', async () => {
  const { fake } = await startBench();
  expect((await fake.slash({ name: 'juggle' }).reply()).flags).toBe(64);
});

describe('where the bot is not in the server', () => {
  test.each([
    ['a server that the app is not in', { guildId: GUILD, installed: 'user' as const }],
    ['direct messages of other people', { guildId: null, amongOthers: true }],
  ])('%s: a person is a community of their own', async (_, place) => {
    const { open, invocations } = await startBench();
    const { ref } = await open({ ...place, userId: ADA });
    expect(invocations[0]).toMatchObject({ community: `discord:user:${ADA}`, roles: [], moderator: false });
    expect(ref.botInChannel).toBe(false);
  });

  test('direct messages with the bot can be edited by it', async () => {
    const { open, invocations } = await startBench();
    const { ref } = await open({ guildId: null, userId: ADA });
    expect(invocations[0]?.community).toBe(`discord:user:${ADA}`);
    expect(ref.botInChannel).toBe(true);
  });
});
