import { describe, expect, it } from 'vitest';
import type { FakeDiscord, FakeDiscordOptions, Handle } from '../../fakes/discord/index.ts';
import type { FakeMessage } from '../../fakes/discord/state.ts';
import { inDiscord, startHouse } from '../../support/house.ts';
import { en } from '../../support/texts.ts';
import { TITLES } from '../../support/titles.ts';
import { startFake } from './bench.ts';

const ADA = '222222222222222222';
const BOB = '333333333333333333';
const MANAGE_GUILD = 0x20n;

const titled =
  (title: string) =>
  ({ embeds }: FakeMessage) =>
    embeds[0]?.title === title;

async function start(options: FakeDiscordOptions = {}) {
  const fake = await startFake(options);
  return { fake, house: await startHouse({ settings: inDiscord(fake) }) };
}

/** Ada asks for a video. */
const ask = (fake: FakeDiscord, options: Record<string, string | number | boolean> = {}) =>
  fake.slash({ name: 'video', options: { prompt: 'a dragon', ...options }, userId: ADA });

const finished = (handle: Handle) => handle.reply(titled(TITLES.delivered));

/** Presses a button by its action. */
function press(fake: FakeDiscord, message: FakeMessage, action: string, actor: object = {}): Handle {
  const ids = message.components.flatMap(({ components }) => components.map(({ custom_id }) => custom_id));
  const id = ids.find((each) => each.split(':')[1] === action);
  if (!id) throw new Error(`expected a button ${action}, found ${ids.join(', ')}`);
  return fake.press(message, id, { userId: ADA, ...actor });
}

/** The direct message that has the clip. */
const clipBy = (fake: FakeDiscord) =>
  fake.until(() => fake.direct(ADA).find(({ attachments }) => attachments.length > 0));

describe('the buttons of a video', () => {
  it('Edit prompt opens a form, and makes the changed one in a new reply', async () => {
    const { fake, house } = await start();
    const done = await finished(ask(fake, { seed: 7 }));
    const pressed = press(fake, done, 'edit');
    expect((await pressed.modal()).components[0]?.component.value).toBe('a dragon');
    const second = await finished(fake.submit(pressed, { prompt: 'two dragons' }));
    expect(second.id).not.toBe(done.id);
    expect(house.sandbox.requests.map(({ body }) => body)).toMatchObject([
      { prompt: 'a dragon', seed: 7 },
      { prompt: 'two dragons', seed: 7 },
    ]);
  });

  it('Same shot in pro keeps the seed', async () => {
    const { fake, house } = await start();
    const done = await finished(ask(fake, { model: 'lite', seed: 7 }));
    await finished(press(fake, done, 'pro'));
    const [lite, pro] = house.sandbox.requests.map(({ body }) => body as { model: string; seed: number });
    expect([lite?.seed, pro?.seed]).toEqual([7, 7]);
    expect([lite?.model, pro?.model]).toEqual([expect.stringContaining('lite'), expect.stringContaining('pro')]);
  });

  it('Delete is for the requester and moderators; anybody else gets a private word', async () => {
    const { fake } = await start();
    const first = await finished(ask(fake));
    const word = await press(fake, first, 'delete', { userId: BOB }).followUp();
    expect(word).toMatchObject({ flags: 64, embeds: [{ description: en.errors.requester_only }] });
    expect(first.deleted).toBe(false);
    press(fake, first, 'delete');
    await fake.until(() => (first.deleted ? true : undefined));
    const second = await finished(ask(fake));
    press(fake, second, 'delete', { userId: BOB, permissions: MANAGE_GUILD });
    await fake.until(() => (second.deleted ? true : undefined));
  });

  it('Edit prompt of somebody else’s is refused in private', async () => {
    const { fake } = await start();
    const done = await finished(ask(fake));
    const word = await press(fake, done, 'edit', { userId: BOB }).reply();
    expect(word).toMatchObject({ flags: 64, embeds: [{ description: en.errors.requester_only }] });
  });
});

describe('a private video', () => {
  it('is private from the beginning and gets its video there', async () => {
    const { fake } = await start();
    const done = await finished(ask(fake, { private: true }));
    expect(done.flags).toBe(64);
    expect(done.attachments).toHaveLength(1);
    expect(fake.direct(ADA)).toEqual([]);
  });

  it('that outlives its token comes by direct message', async () => {
    const { fake } = await start({ tokenLifeMs: 150 });
    ask(fake, { private: true });
    const message = await clipBy(fake);
    expect(message.embeds[0]?.title).toBe(TITLES.delivered);
  });

  it('that can’t be sent directly either is found in the history, and delivered from there', async () => {
    const { fake, house } = await start({ tokenLifeMs: 150 });
    fake.closeDirect(ADA);
    ask(fake, { private: true });
    const refused = ({ status, path }: { status: number; path: string }) =>
      status === 403 && path.endsWith('/messages');
    await fake.until(() => fake.ledger.find(refused));
    fake.setTokenLife(60_000);
    const history = await untilHistory(fake, en.states.undelivered);
    const again = await finished(press(fake, history, 'deliver'));
    expect(again).toMatchObject({ flags: 64, attachments: [expect.anything()] });
    expect(house.sandbox.requests).toHaveLength(1);
  });
});

/** Looks into the history until it says this. */
async function untilHistory(fake: FakeDiscord, words: string): Promise<FakeMessage> {
  for (;;) {
    const message = await fake.slash({ name: 'history', userId: ADA }).reply(({ loading }) => !loading);
    if (JSON.stringify(message.embeds).includes(words)) return message;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a reply', () => {
  it('that outlives its token ends in its own message', async () => {
    const { fake } = await start({ tokenLifeMs: 150 });
    const handle = ask(fake);
    const done = await finished(handle);
    expect(done.attachments).toHaveLength(1);
    expect(fake.edits.at(-1)).toMatchObject({ by: 'channel', messageId: done.id });
    expect(fake.direct(ADA)).toEqual([]);
  });

  it('that was deleted meanwhile is followed by a direct message with the video', async () => {
    const { fake } = await start();
    fake.remove(await ask(fake).reply(titled(TITLES.generating)));
    const message = await clipBy(fake);
    expect(message.embeds[0]?.url).toContain('/channels/');
  });

  it('in a server without the bot gets its video while the token lives, and a direct message after', async () => {
    const { fake } = await start();
    const actor = { name: 'video', options: { prompt: 'a dragon' }, userId: ADA, installed: 'user' as const };
    const done = await finished(fake.slash(actor));
    expect(done.attachments).toHaveLength(1);
    fake.setTokenLife(150);
    fake.slash(actor);
    await clipBy(fake);
  });

  it('is not touched by a gateway that is lost and found', async () => {
    const { fake } = await start();
    const handle = ask(fake);
    await handle.reply(titled(TITLES.generating));
    fake.gateway.drop(4000);
    expect((await finished(handle)).attachments).toHaveLength(1);
  });
});
