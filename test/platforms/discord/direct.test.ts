import { describe, expect, test } from 'vitest';
import type { ReplyRef } from '../../../src/domain/reply.ts';
import { fastClock } from '../../support/clock.ts';
import { type Bench, card, clockAhead, startBench } from './bench.ts';
import { clip, failure, LIFE_MS } from './clips.ts';

const ADA = '222222222222222222';
const PRIVATE = { name: 'video', options: { prompt: 'a dragon', private: true }, userId: ADA };
const ended = card({ tone: 'problem', title: 'Couldn’t make this video' });
const done = card({ tone: 'done', title: 'Your video' });

const linkTo = (ref: ReplyRef) =>
  `https://discord.com/channels/${ref.guildId ?? '@me'}/${ref.channelId}/${ref.messageId}`;

/** Each way in which a reply gets out of reach: what to do to it, and how much later that counts. */
const OUT_OF_REACH: [string, object, (bench: Bench, ref: ReplyRef) => void, number][] = [
  ['private, its token dead', PRIVATE, () => undefined, LIFE_MS],
  ['in a server without the bot, its token dead', { userId: ADA, installed: 'user' }, () => undefined, LIFE_MS],
  ['deleted', { userId: ADA }, ({ fake }, ref) => fake.remove(fake.messageOf(String(ref.messageId))), 0],
  ['in a deleted channel', { userId: ADA }, ({ fake }, ref) => fake.deny(String(ref.channelId), 10003), LIFE_MS],
  ['in a channel it may not see', { userId: ADA }, ({ fake }, ref) => fake.deny(String(ref.channelId), 50001), LIFE_MS],
  ['in a channel it may not use', { userId: ADA }, ({ fake }, ref) => fake.deny(String(ref.channelId), 50013), LIFE_MS],
];

describe.each(OUT_OF_REACH)('a reply that is %s', (_, actor, happens, later) => {
  const start = async () => {
    const bench = await startBench();
    const { ref } = await bench.open(actor);
    happens(bench, ref);
    return { ...bench, ref, chat: bench.another({ clock: clockAhead(later) }) };
  };

  test('gets its video by direct message, once', async () => {
    const { fake, ref, chat } = await start();
    const { file, bytes } = await clip(2000);
    const delivered = await chat.deliver(ref, done, file);
    const [message, ...more] = fake.direct(ADA);
    expect(more).toEqual([]);
    expect(message?.attachments[0]?.bytes.equals(bytes)).toBe(true);
    expect(message?.embeds[0]).toMatchObject({ title: 'Your video', url: linkTo(ref) });
    expect(delivered).toEqual({ attached: true, receipt: message?.attachments[0]?.id });
    expect(await chat.findDelivery(ref, file.name)).toBe(message?.attachments[0]?.id);
    expect(await chat.deliver(ref, done, file)).toEqual(delivered);
    expect(fake.direct(ADA)).toHaveLength(1);
  });

  test('tells how it ended by direct message, once; what comes before that is not told', async () => {
    const { fake, ref, chat } = await start();
    expect((await failure(chat.update(ref, card()))).kind).toBe('gone');
    expect(fake.direct(ADA)).toEqual([]);
    await chat.update(ref, ended, { last: true });
    await chat.update(ref, ended, { last: true });
    expect(fake.direct(ADA)).toMatchObject([{ embeds: [{ title: 'Couldn’t make this video' }] }]);
  });

  test('is gone when the person takes no direct messages', async () => {
    const { fake, ref, chat } = await start();
    fake.closeDirect(ADA);
    const { file } = await clip(2000);
    expect((await failure(chat.deliver(ref, done, file))).kind).toBe('gone');
    expect((await failure(chat.update(ref, ended, { last: true }))).kind).toBe('gone');
    expect(await chat.findDelivery(ref, file.name)).toBeUndefined();
  });

  test('takes away what was written in its place', async () => {
    const { fake, ref, chat } = await start();
    await chat.remove(ref);
    await chat.update(ref, ended, { last: true });
    await chat.remove(ref);
    expect(fake.direct(ADA)).toEqual([]);
  });
});

test.each([
  ['private', PRIVATE],
  ['in a server without the bot', { userId: ADA, installed: 'user' }],
])('a reply that is %s is not asked for by its channel', async (_, actor) => {
  const { fake, open, another } = await startBench();
  const { ref } = await open(actor);
  await another({ clock: clockAhead(LIFE_MS) }).update(ref, ended, { last: true });
  expect(fake.ledger.filter(({ path }) => path.includes(`/channels/${ref.channelId}`))).toEqual([]);
});

describe('a direct message', () => {
  test('that told of an end becomes the video when there is one after all', async () => {
    const { fake, open, another } = await startBench();
    const { ref } = await open(PRIVATE);
    const chat = another({ clock: clockAhead(LIFE_MS) });
    await chat.update(ref, card({ tone: 'problem', title: 'This is taking too long' }), { last: true });
    await chat.deliver(ref, done, (await clip(2000)).file);
    expect(fake.direct(ADA)).toMatchObject([{ embeds: [{ title: 'Your video' }], attachments: [{ size: 2000 }] }]);
  });

  test('is not sent for what the person did themselves', async () => {
    const { fake, open, another } = await startBench();
    const { ref } = await open(PRIVATE);
    const chat = another({ clock: clockAhead(LIFE_MS) });
    const cancelled = card({ tone: 'info', title: 'Cancelled' });
    expect((await failure(chat.update(ref, cancelled, { last: true }))).kind).toBe('gone');
    expect(fake.direct(ADA)).toEqual([]);
  });

  test('holds 10 MiB, whatever the server holds', async () => {
    const { fake, open, another } = await startBench();
    const { ref } = await open({ ...PRIVATE, attachmentSizeLimit: 50_000_000 });
    const chat = another({ clock: clockAhead(LIFE_MS) });
    const { file } = await clip(10 * 1024 * 1024 + 1);
    expect(await chat.deliver(ref, done, file)).toEqual({ attached: false, limitBytes: 10 * 1024 * 1024 });
    expect(fake.direct(ADA)).toEqual([]);
  });

  test('has buttons that belong to the server where it was asked for', async () => {
    const { fake, open, another, presses, submissions, answerWith } = await startBench();
    const { ref } = await open(PRIVATE);
    const guild = String(ref.guildId);
    const button = { target: 'g1', label: 'Press', style: 'plain' as const };
    const buttons = ['again', 'edit'].map((action) => ({ ...button, action }));
    await another({ clock: clockAhead(LIFE_MS) }).update(ref, { ...ended, buttons }, { last: true });
    const [message] = fake.direct(ADA);
    if (!message) throw new Error('expected a direct message');
    const [again = '', edit = ''] = message.components[0]?.components.map(({ custom_id }) => custom_id) ?? [];
    fake.press(message, again, { userId: ADA, permissions: 0x8n });
    const press = await fake.until(() => presses[0]);
    expect(press).toMatchObject({ action: 'again', target: 'g1', community: `discord:${guild}`, moderator: false });
    answerWith({ kind: 'form', form: { name: 'edit', target: 'g1', title: 'Edit', send: 'Go', fields: FIELDS } });
    const opened = fake.press(message, edit, { userId: ADA });
    await opened.modal();
    fake.submit(opened);
    expect((await fake.until(() => submissions[0])).community).toBe(`discord:${guild}`);
  });
});

const FIELDS = [{ name: 'prompt', label: 'Prompt', type: 'text', required: true, value: 'x' }] as const;

describe('taking a reply away', () => {
  test.each([
    ['while its token lives', 0],
    ['after its token’s life', LIFE_MS],
  ])('%s; again is no error', async (_, later) => {
    const { open, another } = await startBench();
    const { ref, handle } = await open();
    const chat = another({ clock: clockAhead(later) });
    await chat.remove(ref);
    expect((await handle.reply()).deleted).toBe(true);
    await chat.remove(ref);
  });

  test('works on a private one through the button that was just pressed', async () => {
    const life = { fake: { tokenLifeMs: 400 } };
    const { fake, open, discord, presses } = await startBench(life);
    const { ref, handle } = await open(PRIVATE);
    await fastClock(1).sleep(450);
    fake.press(await handle.reply(), 'd:cancel:g1', { userId: ADA });
    await fake.until(() => presses[0]);
    await discord.remove(ref);
    expect((await handle.reply()).deleted).toBe(true);
  });
});
