import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../commands/command.ts';
import { textsFor } from '../../../src/locales/languages.ts';
import { writeSpan } from '../../../src/locales/wording.ts';
import type { WireChannel } from '../../../src/platforms/web/wire.ts';
import { answerOf, cardOf, startPlayground } from './playground.ts';

describe('the language', () => {
  const german = textsFor('de');

  test('of a page is that of the definitions and of words in between', async () => {
    const playground = await startPlayground();
    const { id } = await playground.say('video', { prompt: 'x' });
    const expected = { low: 30_000, median: 34_000, high: 40_000 };
    await playground.web.update(
      { platform: 'web', messageId: id },
      cardOf({ tone: 'working', progress: { startedAt: 0, expected, tenths: 3 } }),
    );
    const response = await fetch(`${playground.url}/api/channel?as=web:ada&locale=de-AT`);
    const { commands, messageCommands, messages } = (await response.json()) as WireChannel;
    expect(commands[0]?.description).toBe(german.commands.video);
    expect(messageCommands[0]?.label).toBe(german.messageCommands.video_from_message);
    expect(messages[0]?.usually).toBe(writeSpan(german, { low: 30_000, high: 40_000 }));
  });

  test('goes with everything that is said and pressed', async () => {
    const playground = await startPlayground();
    const card = cardOf({ buttons: [{ action: 'again', target: 'g1', label: 'Again', style: 'plain' }] });
    playground.answers.command = async () => ({ kind: 'card', card, audience: 'everyone' });
    const ada = await playground.listen('web:ada');
    const who = { as: 'web:ada', locale: 'ja' };
    await playground.post('/api/commands', { ...who, command: 'quota', options: {} });
    const { id } = await ada.until((message) => message.card !== undefined);
    await playground.post('/api/buttons', { ...who, action: 'again', target: 'g1', message: id });
    await playground.post('/api/forms', { ...who, form: 'edit', target: 'g1', values: {} });
    const { invocations, presses, submissions } = playground;
    expect([...invocations, ...presses, ...submissions].map(({ locale }) => locale)).toEqual(['ja', 'ja', 'ja']);
  });

  test('that is none is a 400', async () => {
    const playground = await startPlayground();
    for (const locale of ['', '../de', 'x'.repeat(99)]) {
      const response = await fetch(`${playground.url}/api/channel?as=web:ada&locale=${locale}`);
      expect([locale, response.status]).toEqual([locale, 400]);
    }
  });
});

describe('a command whose answer is for the requester', () => {
  test('is private from the beginning, and stays so whatever its card says later', async () => {
    const playground = await startPlayground();
    const answer = Promise.withResolvers<Answer>();
    playground.answers.command = () => answer.promise;
    const ben = await playground.listen('web:ben');
    const message = await playground.say('video', { prompt: 'x', private: true });
    expect(message).toMatchObject({ onlyYou: true });
    expect(message.card).toBeUndefined();
    answer.resolve({ kind: 'generation', id: 'g1' });
    const ref = { platform: 'web', messageId: message.id };
    await playground.web.update(ref, cardOf({ title: 'Waiting' }));
    await playground.web.deliver(ref, cardOf({ title: 'Your video' }), await playground.video('g1'));
    playground.answers.command = async () => answerOf({ title: 'Hello' });
    await playground.say('video', { prompt: 'y' });
    await ben.until(({ card }) => card?.title === 'Hello');
    expect(ben.messages).toHaveLength(1);
  });

  test('has buttons whose new replies are private too', async () => {
    const playground = await startPlayground();
    const { id } = await playground.say('video', { prompt: 'x', private: true });
    const again = { as: 'web:ada', action: 'again', target: 'g1', message: id };
    const response = await playground.post('/api/buttons', again);
    expect(((await response.json()) as { message: object }).message).toMatchObject({ onlyYou: true });
    expect((await playground.channel('web:ben')).messages).toEqual([]);
  });
});

describe('a reply that is taken away', () => {
  test('goes from open pages and from the channel; again is no error', async () => {
    const playground = await startPlayground();
    const ben = await playground.listen('web:ben');
    const { id } = await playground.say('video', { prompt: 'x' });
    const kept = await playground.say('video', { prompt: 'y' });
    await ben.until((message) => message.id === kept.id && message.card !== undefined);
    await playground.web.remove({ platform: 'web', messageId: id });
    await playground.web.remove({ platform: 'web', messageId: id });
    await expect.poll(() => ben.removed).toEqual([id, id]);
    expect((await playground.channel()).messages.map((message) => message.id)).toEqual([kept.id]);
    await expect(playground.web.remove({ platform: 'discord' })).rejects.toMatchObject({ kind: 'invalid' });
  });
});
