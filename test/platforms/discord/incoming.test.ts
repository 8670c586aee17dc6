import { describe, expect, test } from 'vitest';
import { card, startBench } from './bench.ts';

const GUILD = '111111111111111111';
const ADA = '222222222222222222';

describe('a command', () => {
  test('is acknowledged within Discord’s three seconds, before it is handed over', async () => {
    const { fake, invocations } = await startBench();
    const handle = fake.slash({ name: 'video', options: { prompt: 'a dragon' } });
    const { type, afterMs } = await handle.acknowledged();
    expect(type).toBe(5);
    expect(afterMs).toBeLessThan(1000);
    const reply = await handle.reply();
    expect(reply.loading).toBe(true);
    const { reply: ref } = await fake.until(() => invocations[0]);
    expect(ref).toMatchObject({
      platform: 'discord',
      messageId: reply.id,
      channelId: reply.channelId,
      ephemeral: false,
    });
  });

  test('comes with who, where, and what was said', async () => {
    const { fake, invocations } = await startBench();
    fake.slash({
      name: 'video',
      options: { prompt: 'a dragon', seed: 7, watermark: false },
      guildId: GUILD,
      userId: ADA,
      channelId: '333333333333333333',
      roles: ['444444444444444444'],
      locale: 'de',
      attachmentSizeLimit: 25_000_000,
    });
    const { reply, ...rest } = await fake.until(() => invocations[0]);
    expect(rest).toEqual({
      alone: false,
      direct: false,
      command: 'video',
      options: { prompt: 'a dragon', seed: 7, watermark: false },
      localisedNames: true,
      community: `discord:${GUILD}`,
      channel: '333333333333333333',
      member: `discord:${ADA}`,
      roles: ['444444444444444444'],
      moderator: false,
      locale: 'de',
    });
    expect(reply).toMatchObject({ guildId: GUILD, userId: ADA, attachmentSizeLimit: 25_000_000 });
    expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
  });

  test.each([
    ['who manages the server', 0x20n, true],
    ['who administers the server', 0x8n, true],
    ['who manages messages only', 0x2000n, false],
  ])('of somebody %s', async (_, permissions, moderator) => {
    const { fake, invocations } = await startBench();
    fake.slash({ name: 'video', permissions });
    expect((await fake.until(() => invocations[0])).moderator).toBe(moderator);
  });

  test('in a direct message makes the person a community of their own', async () => {
    const { fake, invocations } = await startBench();
    fake.slash({ name: 'video', userId: ADA, guildId: null });
    const invocation = await fake.until(() => invocations[0]);
    expect(invocation).toMatchObject({ community: `discord:user:${ADA}`, roles: [], moderator: false });
    expect(invocation.reply.guildId).toBeNull();
  });

  test('by a user’s own installation counts for nothing in the server it is used in', async () => {
    const { fake, invocations } = await startBench();
    const roles = ['444444444444444444'];
    fake.slash({ name: 'video', userId: ADA, guildId: GUILD, roles, permissions: 0x8n, installed: 'user' });
    const invocation = await fake.until(() => invocations[0]);
    expect(invocation).toMatchObject({ community: `discord:user:${ADA}`, roles: [], moderator: false });
  });

  test('has its subcommands in its name', async () => {
    const { fake, invocations } = await startBench();
    fake.slash({ name: 'moderate quota set', options: { credits: 5 } });
    const { command, options } = await fake.until(() => invocations[0]);
    expect({ command, options }).toEqual({ command: 'moderate quota set', options: { credits: 5 } });
  });

  test('is handed over once when the answer to its acknowledgement was lost', async () => {
    const { fake, invocations } = await startBench();
    fake.fault({ method: 'POST', path: /callback$/, kind: 'reset', after: true });
    const handle = fake.slash({ name: 'video' });
    const { reply } = await fake.until(() => invocations[0]);
    expect(reply.messageId).toBe((await handle.reply()).id);
    expect(invocations).toHaveLength(1);
  });

  test('is handed over once when no answer to its acknowledgement came, but it had arrived', async () => {
    const { fake, invocations } = await startBench();
    for (const after of [true, false]) fake.fault({ method: 'POST', path: /callback$/, kind: 'reset', after });
    const handle = fake.slash({ name: 'video' });
    const { reply } = await fake.until(() => invocations[0]);
    expect(reply.messageId).toBe((await handle.reply()).id);
    expect(invocations).toHaveLength(1);
  });

  test('is handed over by the answer to its first acknowledgement, though a second one was sent meanwhile', async () => {
    const { fake, invocations } = await startBench();
    for (const ms of [1_600, 5_000]) fake.fault({ method: 'POST', path: /callback$/, kind: 'delay', ms });
    const handle = fake.slash({ name: 'video' });
    const { reply } = await fake.until(() => invocations[0]);
    expect(reply.messageId).toBe((await handle.reply()).id);
    expect(fake.ledger.filter(({ path }) => path.includes(handle.interaction.token))).toMatchObject([{ status: 200 }]);
    expect(invocations).toHaveLength(1);
  });

  test('is left alone when somebody else has acknowledged it', async () => {
    const { fake, invocations, logged } = await startBench();
    fake.fault({ method: 'POST', path: /callback$/, kind: 'refuse', status: 400, code: 40060, message: 'already' });
    fake.slash({ name: 'video' });
    await fake.until(() => (logged().includes('could not be answered') ? true : undefined));
    expect(invocations).toHaveLength(0);
  });
});

describe('an answer', () => {
  test('for everyone is shown in the reply', async () => {
    const { fake, answerWith } = await startBench();
    answerWith({ kind: 'card', audience: 'everyone', card: card({ title: 'All of you' }) });
    const handle = fake.slash({ name: 'video' });
    const reply = await handle.reply(({ loading }) => !loading);
    expect(reply.embeds[0]?.title).toBe('All of you');
  });

  test('for the requester takes the public reply away and comes privately', async () => {
    const { fake, answerWith } = await startBench();
    answerWith({ kind: 'card', audience: 'requester', card: card({ title: 'For you' }) });
    const handle = fake.slash({ name: 'video' });
    const whisper = await handle.followUp();
    expect(whisper).toMatchObject({ flags: 64, embeds: [{ title: 'For you' }] });
    const reply = await handle.reply(({ deleted }) => deleted);
    expect(reply.id).not.toBe(whisper.id);
    expect(reply.embeds).toEqual([]);
  });

  test('is given even when Discord is busy for a moment', async () => {
    const { fake, answerWith } = await startBench();
    answerWith({ kind: 'card', audience: 'everyone', card: card({ title: 'Late' }) });
    fake.fault({ method: 'PATCH', path: /@original$/, kind: 'rateLimit', retryAfterMs: 100 });
    const handle = fake.slash({ name: 'video' });
    await handle.reply(({ embeds }) => embeds[0]?.title === 'Late');
  });

  test('that cannot be given is logged, without the interaction’s token', async () => {
    const { fake, answerWith, logged } = await startBench();
    answerWith({ kind: 'card', audience: 'everyone', card: card() });
    fake.fault({ method: 'PATCH', path: /@original$/, kind: 'refuse', status: 403, code: 50013, message: 'Missing' });
    const handle = fake.slash({ name: 'video' });
    await fake.until(() => (logged().includes('could not be answered') ? true : undefined));
    expect(logged()).toContain('50013');
    expect(logged()).not.toContain(handle.token);
    expect(logged()).not.toContain(fake.token);
  });
});

describe('a button', () => {
  const withButtons = card({
    buttons: [
      { action: 'again', target: 'g1', label: 'Again', style: 'primary' },
      { action: 'cancel', target: 'g1', label: 'Cancel', style: 'danger' },
    ],
  });

  test('that answers in a new reply opens one', async () => {
    const { fake, discord, open, presses } = await startBench();
    const { ref, handle } = await open();
    await discord.update(ref, withButtons);
    const message = await handle.reply(({ components }) => components.length > 0);
    expect(message.components[0]?.components.map(({ custom_id }) => custom_id)).toEqual(['d:again:g1', 'd:cancel:g1']);
    const pressed = fake.press(message, 'd:again:g1', { userId: ADA });
    expect((await pressed.acknowledged()).type).toBe(5);
    const press = await fake.until(() => presses[0]);
    expect(press).toMatchObject({ action: 'again', target: 'g1', member: `discord:${ADA}` });
    expect(press.reply.messageId).toBe((await pressed.reply()).id);
    expect(press.reply.messageId).not.toBe(message.id);
  });

  test('that answers in the same reply changes that one', async () => {
    const { fake, discord, open, presses, answerWith } = await startBench();
    const { ref, handle } = await open();
    await discord.update(ref, withButtons);
    const message = await handle.reply(({ components }) => components.length > 0);
    answerWith({ kind: 'card', audience: 'everyone', card: card({ title: 'Cancelled' }) });
    const pressed = fake.press(message, 'd:cancel:g1');
    expect((await pressed.acknowledged()).type).toBe(6);
    expect((await fake.until(() => presses[0])).reply).toMatchObject({
      messageId: message.id,
      channelId: message.channelId,
      ephemeral: false,
    });
    await handle.reply(({ embeds, components }) => embeds[0]?.title === 'Cancelled' && components.length === 0);
  });

  test('refuses privately and leaves the message as it is', async () => {
    const { fake, discord, open, answerWith } = await startBench();
    const { ref, handle } = await open();
    await discord.update(ref, withButtons);
    const message = await handle.reply(({ components }) => components.length > 0);
    answerWith({ kind: 'card', audience: 'requester', card: card({ title: 'Not yours' }) });
    const whisper = await fake.press(message, 'd:cancel:g1').followUp();
    expect(whisper).toMatchObject({ flags: 64, embeds: [{ title: 'Not yours' }] });
    expect(message).toMatchObject({ deleted: false, embeds: [{ title: 'Making the video' }] });
  });

  test('with an unknown action is handed over, to be refused there', async () => {
    const { fake, open, presses } = await startBench();
    const { handle } = await open();
    const pressed = fake.press(await handle.reply(), 'd:juggle:x:y');
    expect((await pressed.acknowledged()).type).toBe(6);
    expect(await fake.until(() => presses[0])).toMatchObject({ action: 'juggle', target: 'x:y' });
  });

  test('of some older bot is acknowledged and nothing else', async () => {
    const { fake, open, discord, presses } = await startBench();
    const { handle } = await open();
    const pressed = fake.press(await handle.reply(), 'regenerate_42');
    expect((await pressed.acknowledged()).type).toBe(6);
    await discord.stop();
    expect(presses).toEqual([]);
  });
});
