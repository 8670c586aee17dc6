import { describe, expect, it } from 'vitest';
import { compose, mention } from '../../src/domain/text.ts';
import { startHouse } from '../support/house.ts';
import { readText } from '../support/read-text.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';

describe('/queue', () => {
  it('shows what of mine is being made and waits, with places, to me alone, and cancels what waits', async () => {
    const { chat } = await startHouse();
    await chat.untilTitle(await chat.video('first [slow]'), TITLES.generating);
    const second = await chat.video('second');
    await chat.video('third', { model: 'pro' });
    await chat.video('somebody else’s [slow]', {}, 'web:ben');
    const id = await chat.say('queue', {});
    const list = await chat.untilTitle(id, en.queue.title);
    expect(list.onlyYou).toBe(true);
    expect(list.card?.items).toEqual([
      { title: ['1. lite, being made, since ', { time: expect.any(Number), style: 'time' }], text: 'first [slow]' },
      { title: '2. lite, queued, number 1 in the queue', text: 'second' },
      { title: '3. pro, queued, number 2 in the queue', text: 'third' },
    ]);
    expect(list.card?.buttons.map(({ label }) => label)).toEqual(['Cancel 2', 'Cancel 3']);
    await chat.press(id, 'cancel');
    await chat.untilTitle(second, TITLES.cancelled);
  });

  it('says when there is nothing', async () => {
    const { chat } = await startHouse();
    const list = await chat.untilTitle(await chat.say('queue', {}), en.queue.title);
    expect(list.card).toMatchObject({ text: 'The queue is empty.', items: [], buttons: [] });
  });
});

describe('/history', () => {
  it('shows my latest, page by page, and only mine', async () => {
    const { chat } = await startHouse({ settings: { MEMBER_CONCURRENCY: '10' } });
    for (let index = 1; index <= 6; index++) await chat.video(`video ${index} [error]`);
    await chat.video('somebody else’s', {}, 'web:ben');
    const id = await chat.say('history', {});
    const first = await chat.untilTitle(id, en.history.title);
    expect(first.onlyYou).toBe(true);
    expect(first.card?.items?.map(({ text }) => text)).toEqual([6, 5, 4, 3, 2].map((n) => `video ${n} [error]`));
    expect(first.card?.buttons.map(({ label }) => label)).toEqual(['Older']);
    await chat.press(id, 'history');
    const second = await chat.until(id, ({ card }) => card?.items?.length === 1);
    expect(second.card).toMatchObject({
      title: 'Your latest videos · Page 2',
      items: [{ text: 'video 1 [error]' }],
      buttons: [{ label: 'Newer' }],
    });
  });

  it('delivers a finished video again, in a new reply', async () => {
    const { chat, sandbox } = await startHouse();
    const made = await chat.untilTitle(await chat.video('a dragon'), TITLES.delivered);
    const list = await chat.untilTitle(await chat.say('history', {}), en.history.title);
    const again = await chat.untilTitle(await chat.press(list.id, 'deliver'), TITLES.delivered);
    expect(again.id).not.toBe(made.id);
    expect(await chat.clip(again)).toEqual(await chat.clip(made));
    expect(sandbox.requests).toHaveLength(1);
  });

  it('says that there is nothing, on the first page and on one that is not there', async () => {
    const { chat } = await startHouse();
    expect((await chat.untilTitle(await chat.say('history', {}), en.history.title)).card?.text).toBe(en.history.empty);
    const beyond = await chat.until(await chat.say('history', { page: 9 }), ({ card }) => card !== undefined);
    expect(beyond.card?.text).toBe(en.history.emptyPage);
  });
});

describe('/quota', () => {
  it('says what is left of which rule, when it comes back, and what things cost', async () => {
    const { chat } = await startHouse({ settings: { DEFAULT_QUOTA: '20/day' } });
    await chat.untilTitle(await chat.video('a dragon [slow]', { model: 'pro', duration: 10 }), TITLES.generating);
    const { card, onlyYou } = await chat.untilTitle(await chat.say('quota', {}), en.quota.title);
    expect(onlyYou).toBe(true);
    expect(readText(card?.text)).toMatch(/^17 of 20 credits left\. Resets .+ Limit: 20 credits a day per member\.$/);
    expect(card?.fields).toEqual([
      {
        label: 'What a video costs',
        value: [
          'Seedance 1.0 Lite: 1 credit for 5 s',
          'Seedance 1.0 Pro: 2 credits for 5 s',
          'Seedance 1.0 Pro Fast: 1 credit for 5 s',
          'Seedance 1.5 Pro: 2 credits for 5 s',
          'Seedance 2.0: 4 credits for 5 s',
          'Seedance 2.0 Fast: 5 credits for 8 s',
          'Seedance 2.0 Mini: 2 credits for 5 s',
          'Seedance 2.5: 4 credits for 5 s',
        ].join('\n'),
      },
    ]);
  });
});

describe('/help', () => {
  it('names every command that the member may use, and no other', async () => {
    const { chat } = await startHouse();
    const titles = async (as: string) => {
      const help = await chat.untilTitle(await chat.say('help', {}, as), en.help.title, as);
      return help.card?.items?.map(({ title }) => title);
    };
    expect(await titles('web:ada')).toEqual([
      '/video',
      '/queue',
      '/history',
      '/quota',
      '/help',
      'Models',
      'Buttons',
      'Credits',
    ]);
    expect(await titles('web:mo')).toContain('/moderate');
  });
});

describe('/moderate queue', () => {
  it('shows moderators what is waiting and being made in the whole community, to be cancelled', async () => {
    const { chat } = await startHouse({ settings: { DEFAULT_QUOTA: '2/day' } });
    const first = await chat.video('first [slow]');
    await chat.untilTitle(first, TITLES.generating);
    const second = await chat.video('second [slow]');
    const id = await chat.say('moderate queue', {}, 'web:mo');
    const list = await chat.untilTitle(id, en.queue.communityTitle, 'web:mo');
    const ada = mention('member', 'web:ada');
    expect(list.card?.items?.map(({ text }) => text)).toEqual([
      compose`${ada}: first [slow]`,
      compose`${ada}: second [slow]`,
    ]);
    await chat.press(id, 'cancel', 'web:mo');
    const ended = await chat.untilTitle(first, TITLES.cancelled);
    expect(ended.card?.notes).toEqual(['1 credit refunded.']);
    await chat.untilTitle(second, TITLES.generating);
    const rest = await chat.say('moderate queue', {}, 'web:mo');
    expect((await chat.untilTitle(rest, en.queue.communityTitle, 'web:mo')).card?.items).toHaveLength(1);
  });

  it('has a page for every ten, and each of them can be cancelled', async () => {
    const { chat } = await startHouse({ settings: { MEMBER_QUEUE: '20' } });
    const ids: string[] = [];
    for (let index = 1; index <= 12; index++) ids.push(await chat.video(`video ${index} [slow]`));
    await chat.untilTitle(ids[0] ?? '', TITLES.generating);
    const id = await chat.say('moderate queue', {}, 'web:mo');
    const page = (number: number) => `${en.queue.communityTitle} · ${en.conduct.page({ page: number, of: 2 })}`;
    expect((await chat.untilTitle(id, page(1), 'web:mo')).card?.items).toHaveLength(10);
    await chat.press(id, 'queue', 'web:mo');
    const second = await chat.untilTitle(id, page(2), 'web:mo');
    expect(second.card?.items?.[0]?.title).toMatch(/^11\. /);
    expect(second.card?.buttons.map(({ label }) => label)).toEqual(['Cancel 11', 'Cancel 12', en.buttons.previousPage]);
    await chat.press(id, 'cancel', 'web:mo');
    await chat.untilTitle(ids[10] ?? '', TITLES.cancelled);
  });

  it('is not a way for members to end what is being made', async () => {
    const { chat } = await startHouse();
    const id = await chat.video('first [slow]');
    await chat.untilTitle(id, TITLES.generating);
    const list = await chat.untilTitle(await chat.say('queue', {}), en.queue.title);
    expect(list.card?.buttons).toEqual([]);
    const generation = (
      await chat.untilTitle(await chat.say('moderate queue', {}, 'web:mo'), en.queue.communityTitle, 'web:mo')
    ).card?.buttons[0]?.target;
    const forged = { as: 'web:ada', action: 'cancel', target: generation, message: id };
    await chat.post('/api/buttons', forged);
    await chat.untilWord(/already being made/);
  });

  it('is refused to members, whatever their client let them send', async () => {
    const { chat } = await startHouse();
    const id = await chat.say('moderate queue', {}, 'web:ben');
    const refused = await chat.untilTitle(id, TITLES.notAllowed, 'web:ben');
    expect(refused.card?.text).toBe('Only moderators can do this.');
    const help = await chat.say('help', {}, 'web:ada');
    await chat.untilTitle(help, en.help.title);
    await chat.post('/api/buttons', { as: 'web:ada', action: 'queue', target: '1', message: help });
    await chat.untilWord(/Only moderators can do this/);
  });
});
