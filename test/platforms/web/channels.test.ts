import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { WireMessage } from '../../../src/platforms/web/wire.ts';
import { makeOldDatabase } from '../../support/old-schema.ts';
import { tempFolder } from '../../support/temp.ts';
import { PICTURE } from './moderating.ts';
import { answerOf, cardOf, startPlayground } from './playground.ts';

const LOG = 'moderators-log';
const BLOCK = { action: 'again', target: 'g1', label: 'Block', style: 'danger' } as const;

describe('the moderators’ channel', () => {
  /** A playground with a message in the moderators’ channel, with a prompt, a button and a file. */
  const prepare = async () => {
    const playground = await startPlayground();
    const card = cardOf({ title: 'Reported', prompt: 'a secret', buttons: [BLOCK], files: [PICTURE] });
    const ref = await playground.web.post('web:local', LOG, card);
    return { playground, ref, id: String(ref.messageId) };
  };

  test('shows moderators what the bot says there by itself, and the others stay undisturbed', async () => {
    const { playground, id } = await prepare();
    const { channel, messages } = await playground.channel('web:mo', LOG);
    expect(channel).toBe(LOG);
    expect(messages).toMatchObject([{ id, channel: LOG, said: '', onlyYou: false, card: { title: 'Reported' } }]);
    expect(messages[0]).not.toHaveProperty('member');
    expect((await playground.channel('web:mo')).messages).toEqual([]);
  });

  test('is told to moderators alone, as soon as something changes in it', async () => {
    const { playground, ref, id } = await prepare();
    const [mo, ada] = [await playground.listen('web:mo'), await playground.listen('web:ada')];
    await playground.web.update(ref, cardOf({ title: 'Dealt with' }));
    await mo.until((message) => message.id === id && message.card?.title === 'Dealt with');
    await playground.web.post('web:local', 'general', cardOf({ title: 'For all' }));
    await ada.until(({ card }) => card?.title === 'For all');
    expect(ada.messages).toHaveLength(1);
  });

  test('is listed for those who see it, with when the latest message in it was said', async () => {
    const { playground } = await prepare();
    await playground.say('video', { prompt: 'x' }, 'web:ben');
    const mo = await playground.channel('web:mo');
    expect(mo.channels.map(({ id }) => id)).toEqual(['general', LOG]);
    const [said] = (await playground.channel('web:mo', LOG)).messages;
    expect(mo.channels[1]?.latest).toBe(said?.createdAt);
    const { channels } = await playground.channel('web:ada');
    expect(channels.map(({ id }) => id)).toEqual(['general']);
  });

  test('is not there for anybody else, whatever they ask for', async () => {
    const { playground, id } = await prepare();
    const as = 'web:ada';
    const asked = [
      fetch(`${playground.url}/api/channel?as=${as}&channel=${LOG}`),
      fetch(`${playground.url}/api/messages/${id}/files/0?as=${as}`),
      playground.post('/api/commands', { as, channel: LOG, command: 'quota', options: {} }),
      playground.post('/api/complete', { as, channel: LOG, command: 'video', option: 'model', typed: '', options: {} }),
      playground.post('/api/buttons', { as, action: 'again', target: 'g1', message: id }),
      playground.post('/api/messages/command', { as, name: 'video_from_message', message: id, part: 'reply' }),
    ];
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses).toEqual([404, 404, 404, 404, 404, 404]);
    const form = { as, form: 'video', target: 'g1', values: {}, message: id };
    const sent = await playground.post('/api/forms', form);
    expect(((await sent.json()) as { message: WireMessage }).message).toMatchObject({ channel: 'general' });
    expect((await playground.channel('web:mo', LOG)).messages).toHaveLength(1);
    expect([playground.invocations, playground.presses, playground.completions]).toEqual([[], [], []]);
  });

  test('has the answers to what was said and pressed in it', async () => {
    const { playground, id } = await prepare();
    const mo = await playground.listen('web:mo');
    const body = { as: 'web:mo', channel: LOG, command: 'video', options: { prompt: 'x' } };
    await playground.post('/api/commands', body);
    await playground.post('/api/buttons', { as: 'web:mo', action: 'again', target: 'g1', message: id });
    await mo.until(({ card }) => card?.title === 'Pressed');
    expect(mo.messages.map(({ channel }) => channel).every((channel) => channel === LOG)).toBe(true);
    expect([playground.invocations[0]?.channel, playground.presses[0]?.channel]).toEqual([LOG, LOG]);
    expect((await playground.channel('web:mo', LOG)).messages.map(({ said }) => said)).toEqual([
      '',
      '/video prompt:x',
      'Block',
    ]);
  });
});

test('a channel that does not exist is a 404 that says so', async () => {
  const playground = await startPlayground();
  const response = await fetch(`${playground.url}/api/channel?as=web:mo&channel=random`);
  expect([response.status, (await response.json()).error.message]).toEqual([404, 'I can’t find this channel.']);
});

test('what the bot says by itself cannot be pressed away by an answer to one', async () => {
  const playground = await startPlayground();
  await playground.web.post(
    'web:local',
    'general',
    cardOf({ title: 'Look', buttons: [{ ...BLOCK, action: 'cancel' }] }),
  );
  const ben = await playground.listen('web:ben');
  playground.answers.press = async () => answerOf({ title: 'Not yours' }, 'requester');
  const [message] = (await playground.channel('web:ben')).messages;
  await playground.post('/api/buttons', { as: 'web:ben', action: 'cancel', target: 'g1', message: message?.id });
  await ben.until(({ card, onlyYou }) => onlyYou && card?.title === 'Not yours');
  expect((await playground.channel('web:ada')).messages).toMatchObject([{ card: { title: 'Look' } }]);
});

test('what was said before there were channels is in the first one', async () => {
  const folder = await tempFolder();
  const { db, close } = await makeOldDatabase(`sqlite:${join(folder, 'dailies.db')}`, '0003_moderation');
  const said = { id: 'm1', member: 'web:ada', said: '/video prompt:long ago', created_at: Date.now() };
  await db.insertInto('web_messages').values(said).execute();
  await close();
  const after = await startPlayground({ folder });
  expect((await after.channel()).messages).toMatchObject([
    { id: 'm1', channel: 'general', said: '/video prompt:long ago' },
  ]);
});
