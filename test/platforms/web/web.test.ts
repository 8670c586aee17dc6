import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../commands/command.ts';
import { ReplyError, type ReplyRef } from '../../../src/domain/reply.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { answerOf, cardOf, startPlayground } from './playground.ts';

const refTo = (messageId: string): ReplyRef => ({ platform: 'web', messageId });

describe('saying a command', () => {
  test('the dispatch gets who said what and where to answer', async () => {
    const playground = await startPlayground();
    const { id } = await playground.say('video', { prompt: 'a dragon', duration: 10, watermark: true }, 'web:mo');
    expect(playground.invocations).toEqual([
      {
        command: 'video',
        options: { prompt: 'a dragon', duration: 10, watermark: true },
        community: 'web:local',
        channel: 'general',
        member: 'web:mo',
        direct: false,
        roles: ['crew'],
        rolesOf: {},
        moderator: true,
        locale: 'en',
        reply: { platform: 'web', messageId: id },
        alone: false,
      },
    ]);
  });

  test('the message is there at once, as it was said, and gets its card when the answer comes', async () => {
    const playground = await startPlayground();
    const answer = Promise.withResolvers<Answer>();
    playground.answers.command = () => answer.promise;
    const ada = await playground.listen('web:ada');

    const { id } = await playground.say('video', { prompt: 'a dragon over the peaks', model: 'pro' });
    const thinking = await ada.until((message) => message.id === id);
    expect(thinking.said).toBe('/video prompt:a dragon over the peaks model:pro');
    expect(thinking.card).toBeUndefined();

    answer.resolve(answerOf({ title: 'Heard' }));
    const answered = await ada.until((message) => message.id === id && message.card !== undefined);
    expect(answered).toMatchObject({ member: 'web:ada', onlyYou: false, card: { title: 'Heard' } });
    expect((await playground.channel('web:ben')).messages).toEqual([answered]);
  });

  test('an unknown command is answered by the dispatch, with a card', async () => {
    const playground = await startPlayground();
    const ada = await playground.listen('web:ada');
    playground.answers.command = async ({ command }) => answerOf({ title: `no ${command}` }, 'requester');
    await playground.say('vidoe', { prompt: 'a dragon' });
    expect((await ada.until(({ card }) => card !== undefined)).card?.title).toBe('no vidoe');
  });

  test('a command that breaks is told to whoever said it', async () => {
    const playground = await startPlayground();
    const ada = await playground.listen('web:ada');
    playground.answers.command = () => Promise.reject(new Error('a mistake of ours'));
    await playground.say('quota');
    const message = await ada.until(({ card }) => card !== undefined);
    expect(message).toMatchObject({ onlyYou: true, card: { tone: 'problem' } });
    expect(JSON.stringify(message)).not.toContain('a mistake of ours');
  });
});

describe('private answers', () => {
  test('only the requester ever hears of them', async () => {
    const playground = await startPlayground();
    const [ada, ben] = [await playground.listen('web:ada'), await playground.listen('web:ben')];
    playground.answers.command = async ({ command }) =>
      answerOf({ title: `${command} for you` }, command === 'quota' ? 'requester' : 'everyone');
    await playground.say('quota');
    const message = await ada.until(({ card }) => card?.title === 'quota for you');
    expect(message.onlyYou).toBe(true);

    // What Ben hears next proves that he would have heard of it by now.
    await playground.say('video', { prompt: 'x' });
    await ben.until(({ card }) => card?.title === 'video for you');
    expect(ben.messages.map(({ said }) => said)).toEqual(['/video prompt:x']);
    expect((await playground.channel('web:ben')).messages.map(({ said }) => said)).toEqual(['/video prompt:x']);
    expect((await playground.channel('web:ada')).messages.map(({ onlyYou }) => onlyYou)).toEqual([true, false]);
  });

  test('while nobody knows yet whether the answer is private, nobody else sees the question', async () => {
    const playground = await startPlayground();
    const answer = Promise.withResolvers<Answer>();
    playground.answers.command = () => answer.promise;
    await playground.say('quota');
    expect((await playground.channel('web:ben')).messages).toEqual([]);
    expect((await playground.channel('web:ada')).messages).toHaveLength(1);
    answer.resolve(answerOf({}, 'requester'));
  });

  test('an update leaves a private message private', async () => {
    const playground = await startPlayground();
    const ada = await playground.listen('web:ada');
    playground.answers.command = async () => answerOf({}, 'requester');
    const { id } = await playground.say('quota');
    await ada.until(({ card }) => card !== undefined);
    await playground.web.update(refTo(id), cardOf({ title: 'Changed' }));
    expect(await ada.until(({ card }) => card?.title === 'Changed')).toMatchObject({ onlyYou: true });
    expect((await playground.channel('web:ben')).messages).toEqual([]);
  });
});

describe('the outgoing half', () => {
  test('an update reaches open pages and stays after a restart, by the reply ref alone', async () => {
    const playground = await startPlayground();
    const { id } = await playground.say('video', { prompt: 'x' });
    await playground.stop();

    const again = await startPlayground({ folder: playground.folder });
    const ben = await again.listen('web:ben');
    const ref = JSON.parse(JSON.stringify(refTo(id)));
    await again.web.update(
      ref,
      cardOf({
        title: 'Making the video',
        progress: { startedAt: 5, expected: { low: 30_000, median: 34_000, high: 40_000 } },
      }),
    );
    const message = await ben.until(({ card }) => card?.title === 'Making the video');
    expect(message.usually).toBe('usually takes 30–40 s');
    expect((await again.channel()).messages).toEqual([message]);
  });

  test('works before anything is taken in', async () => {
    const playground = await startPlayground();
    const { id } = await playground.say('video', { prompt: 'x' });
    await playground.stop();
    const again = await startPlayground({ folder: playground.folder, listening: false });
    await again.web.update(refTo(id), cardOf({ title: 'Early' }));
    expect((await again.channel()).messages[0]?.card?.title).toBe('Early');
    expect((await again.post('/api/commands', { as: 'web:ada', command: 'quota', options: {} })).status).toBe(503);
  });

  test('a message that was removed is gone, for every kind of change', async () => {
    const playground = await startPlayground();
    const { id } = await playground.say('video', { prompt: 'x' });
    await playground.store.webMessages.deleteBefore(Date.now() + 1);
    const file = await playground.video('g1');
    const changes = [
      playground.web.update(refTo(id), cardOf({})),
      playground.web.deliver(refTo(id), cardOf({}), file),
      playground.web.findDelivery(refTo(id), file.name),
    ];
    for (const change of changes) await expect(change).rejects.toMatchObject({ name: 'ReplyError', kind: 'gone' });
  });

  test('a reply of another platform is a mistake of ours, a closed database is not', async () => {
    const playground = await startPlayground();
    await expect(playground.web.update({ platform: 'discord' }, cardOf({}))).rejects.toMatchObject({ kind: 'invalid' });
    await playground.stop();
    const failed = await playground.web.update(refTo('m'), cardOf({})).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ReplyError);
    expect(failed).toMatchObject({ kind: 'unavailable' });
  });

  test('a delivered clip can be played from the message, found again, and delivered twice', async () => {
    const playground = await startPlayground();
    const ada = await playground.listen('web:ada');
    const { id } = await playground.say('video', { prompt: 'x' });
    const file = await playground.video('g1', Buffer.from('the bytes of a clip'));
    expect(await playground.web.findDelivery(refTo(id), file.name)).toBeUndefined();

    for (const _ of [1, 2]) {
      const delivered = await playground.web.deliver(refTo(id), cardOf({ title: 'Your video', tone: 'done' }), file);
      expect(delivered).toEqual({ attached: true, receipt: id });
    }
    expect(await playground.web.findDelivery(refTo(id), file.name)).toBe(id);
    expect(await playground.web.findDelivery(refTo(id), 'another.mp4')).toBeUndefined();

    const message = await ada.until(({ videoUrl }) => videoUrl !== undefined);
    expect(message.card).toMatchObject({ title: 'Your video', video: { name: 'g1.mp4' } });
    const clip = await fetch(playground.url + message.videoUrl);
    expect(clip.headers.get('content-type')).toBe('video/mp4');
    expect(await clip.text()).toBe('the bytes of a clip');
  });
});

describe('buttons', () => {
  const withButtons = cardOf({
    buttons: [
      { action: 'again', target: 'g1', label: 'Again', style: 'plain' },
      { action: 'cancel', target: 'g1', label: 'Cancel', style: 'danger' },
    ],
  });

  const prepare = async () => {
    const playground = await startPlayground();
    const ada = await playground.listen('web:ada');
    playground.answers.command = async () => ({ kind: 'card', card: withButtons, audience: 'everyone' });
    const { id } = await playground.say('video', { prompt: 'x' });
    await ada.until(({ card }) => card !== undefined);
    const press = (as: string, action: string, message = id) =>
      playground.post('/api/buttons', { as, action, target: 'g1', message });
    return { playground, ada, id, press };
  };

  test('one that answers with a new reply opens a message that says what was pressed', async () => {
    const { playground, ada, id, press } = await prepare();
    const response = await press('web:ben', 'again');
    const opened = ((await response.json()) as { message: { id: string } }).message.id;
    expect(response.status).toBe(202);
    expect(opened).not.toBe(id);
    expect(await ada.until(({ card }) => card?.title === 'Pressed')).toMatchObject({
      id: opened,
      member: 'web:ben',
      said: 'Again',
    });
    expect(playground.presses).toMatchObject([
      { action: 'again', target: 'g1', member: 'web:ben', moderator: false, reply: refTo(opened) },
    ]);
  });

  test('one that answers in the same reply changes the card that it is on', async () => {
    const { playground, ada, id, press } = await prepare();
    expect(await (await press('web:ada', 'cancel')).json()).toEqual({});
    expect((await ada.until(({ card }) => card?.title === 'Pressed')).id).toBe(id);
    expect(playground.presses).toMatchObject([{ action: 'cancel', member: 'web:ada', reply: refTo(id) }]);
    expect((await playground.channel()).messages).toHaveLength(1);
  });

  test('a refusal to one presser leaves the reply to all others as it is', async () => {
    const { playground, id, press } = await prepare();
    const ben = await playground.listen('web:ben');
    playground.answers.press = async () => answerOf({ title: 'Not yours' }, 'requester');
    await press('web:ben', 'cancel');
    const refusal = await ben.until(({ card }) => card?.title === 'Not yours');
    expect(refusal).toMatchObject({ onlyYou: true, member: 'web:ben', said: 'Cancel' });
    expect((await playground.channel('web:ada')).messages).toMatchObject([{ id, card: { title: 'A card' } }]);
  });

  test('one on a message that is not there, or that somebody else may not see, is a 404', async () => {
    const { playground, ada, press } = await prepare();
    expect((await press('web:ada', 'cancel', 'no-such-message')).status).toBe(404);
    playground.answers.command = async () => ({ kind: 'card', card: withButtons, audience: 'requester' });
    const { id } = await playground.say('quota');
    await ada.until((message) => message.id === id && message.card !== undefined);
    expect((await press('web:ben', 'cancel', id)).status).toBe(404);
    expect(playground.presses).toEqual([]);
  });
});

describe('the channel', () => {
  test('has the people, and the commands of whoever asks in plain words', async () => {
    const playground = await startPlayground();
    const { people, commands, complete } = await playground.channel('web:ada');
    expect(people.map(({ id, name, moderator }) => [id, name, moderator])).toEqual([
      ['web:ada', 'Ada', false],
      ['web:ben', 'Ben', false],
      ['web:mo', 'Mo', true],
    ]);
    expect(commands.map(({ name }) => name)).toEqual(['video', 'quota']);
    expect(commands[0]?.options[1]).toEqual({
      name: 'model',
      description: 'Which model makes it',
      type: 'string',
      required: false,
      choices: [
        { name: 'lite: Seedance 1.0 Lite · 1 credit for 5 s', value: 'lite' },
        { name: 'pro: Seedance 1.0 Pro · 3 credits for 5 s', value: 'pro' },
      ],
    });
    expect((await playground.channel('web:mo')).commands.map(({ name }) => name)).toContain('moderate usage');
    expect(complete).toBe(true);
  });

  test('shows the latest 200 that somebody may see, however many others there are in between', async () => {
    const playground = await startPlayground();
    for (let n = 0; n < 450; n++) {
      await playground.store.webMessages.insert({
        id: `m${n}`,
        channel: 'general',
        member: 'web:ben',
        said: `${n}`,
        audience: n % 2 ? 'web:ben' : undefined,
        card: cardOf({}),
        clip: undefined,
        createdAt: n,
      });
    }
    const ada = await playground.channel('web:ada');
    expect([ada.messages.length, ada.messages[0]?.said, ada.messages.at(-1)?.said]).toEqual([200, '50', '448']);
    expect(ada.complete).toBe(false);
    const ben = await playground.channel('web:ben');
    expect([ben.messages.length, ben.messages[0]?.said, ben.messages.at(-1)?.said]).toEqual([200, '250', '449']);
  });
});

describe('events', () => {
  test('a comment every 15 seconds keeps the connection alive', async () => {
    const waits: number[] = [];
    const clock = {
      ...systemClock,
      sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(waits.push(ms) > 2 ? 60_000 : 5, signal),
    };
    const playground = await startPlayground({ clock });
    const ada = await playground.listen('web:ada');
    await expect.poll(() => ada.names).toEqual(['ready', ':', ':']);
    expect(waits).toEqual([15_000, 15_000, 15_000]);
  });

  test('closing ends the streams', async () => {
    const playground = await startPlayground();
    const ada = await playground.listen('web:ada');
    await playground.web.close();
    await ada.ended;
    expect(ada.names).toEqual(['ready']);
  });

  test('stopping takes nothing more and waits for the answers that are under way', async () => {
    const playground = await startPlayground();
    const answer = Promise.withResolvers<Answer>();
    playground.answers.command = () => answer.promise;
    await playground.say('quota');
    let stopped = false;
    const stopping = playground.web.stop().then(() => {
      stopped = true;
    });
    const refused = await playground.post('/api/commands', { as: 'web:ada', command: 'quota', options: {} });
    expect([refused.status, stopped]).toEqual([503, false]);
    expect((await refused.json()).error.message).toBe('The bot is restarting. Please try again in a minute.');
    answer.resolve(answerOf({ title: 'Just in time' }));
    await stopping;
    expect((await playground.channel()).messages[0]?.card?.title).toBe('Just in time');
  });
});
