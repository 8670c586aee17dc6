import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { KeptVideos } from '../../src/delivery/kept-videos.ts';
import { keepRetention } from '../../src/generations/retention.ts';
import { openStore } from '../../src/store/store.ts';
import { VirtualClock } from '../support/clock.ts';
import { startHouse } from '../support/house.ts';
import { recordingLog } from '../support/log.ts';
import { readText } from '../support/read-text.ts';
import { TITLES } from '../support/titles.ts';

const DAY_MS = 86_400_000;

describe('a request', () => {
  it('becomes a video in the reply, with the status changing on the way', async () => {
    const { chat, sandbox, lines } = await startHouse();
    const id = await chat.video('a dragon over the peaks', { model: 'pro', resolution: '480p', seed: 7 });
    const seen = new Set<string>();
    const done = await chat.until(id, ({ card }) => {
      seen.add(card?.title ?? '');
      return card?.tone === 'done';
    });
    expect([...seen]).toEqual(expect.arrayContaining([TITLES.generating, TITLES.delivered]));
    expect(done.card).toMatchObject({
      prompt: 'a dragon over the peaks',
      fields: [
        { label: 'Model', value: 'Seedance 1.0 Pro' },
        { label: 'Options', value: '480p · 5 s' },
        { label: 'Seed', value: '7' },
        { label: 'Cost', value: '1 credit' },
        { label: 'Left', value: '999 of 1000 credits' },
        { label: 'Took', value: expect.stringMatching(/^\d+ s$/) },
      ],
      buttons: [{ action: 'again' }, { action: 'edit' }, { action: 'delete' }, { action: 'report' }],
    });
    expect((await chat.clip(done)).subarray(4, 8).toString()).toBe('ftyp');
    expect(sandbox.requests).toEqual([
      expect.objectContaining({
        model: 'bytedance/seedance-1-0-pro-t2v',
        body: expect.objectContaining({
          seed: 7,
          resolution: '480p',
          duration: 5,
          camerafixed: false,
          watermark: false,
        }),
      }),
    ]);
    expect(lines.filter((line) => line.includes('"level":50'))).toEqual([]);
  });

  it.each(['universal', 'bytedance'])(
    'that only one of the two endpoints can carry goes to that one, and is polled there (%s is set)',
    async (AIMLAPI_ENDPOINT) => {
      const { chat, sandbox } = await startHouse({ settings: { AIMLAPI_ENDPOINT } });
      const wide = await chat.video('wide', { model: 'pro', aspect_ratio: '21:9' });
      const done = await chat.untilTitle(wide, TITLES.delivered);
      expect(done.card?.notes).toEqual([]);
      expect(sandbox.requests[0]).toMatchObject({ endpoint: 'bytedance', body: { aspect_ratio: '21:9' } });
      await chat.untilTitle(await chat.video('fast', { model: 'pro-fast' }), TITLES.delivered);
      expect(sandbox.requests[1]).toMatchObject({ endpoint: 'universal' });
      const polled = new Set(
        sandbox.calls
          .filter(({ path, method }) => method === 'GET' && /^\/v2\/(video|generate)/.test(path))
          .map(({ path }) => path),
      );
      expect([...polled]).toEqual(['/v2/generate/video/bytedance/generation', '/v2/video/generations']);
    },
  );

  it.each([
    [{ prompt: '  ' }, /The prompt is empty/],
    [{ prompt: 'a\u202Eb' }, /invisible control character \(U\+202E, at character 2\)/],
  ])('with %j is refused with a plain word to the requester alone', async (options, words) => {
    const { chat, sandbox } = await startHouse();
    const id = await chat.say('video', options);
    const refused = await chat.untilTitle(id, TITLES.refused);
    expect(refused.card?.text).toMatch(words);
    expect(refused.onlyYou).toBe(true);
    expect(await chat.messages('web:ben')).toEqual([]);
    expect(sandbox.requests).toEqual([]);
  });

  it('can be made again, with a new seed, in a reply of its own', async () => {
    const { chat, sandbox } = await startHouse();
    const first = await chat.video('a dragon', { seed: 7, camera_fixed: true });
    await chat.untilTitle(first, TITLES.delivered);
    const second = await chat.press(first, 'again');
    expect(second).not.toBe(first);
    await chat.untilTitle(second, TITLES.delivered);
    expect(sandbox.requests[1]?.body).toMatchObject({ prompt: 'a dragon', camerafixed: true });
    expect(sandbox.requests[1]?.body).not.toMatchObject({ seed: 7 });
  });

  it('can be made again only by its requester', async () => {
    const { chat, sandbox } = await startHouse();
    const first = await chat.video('a dragon');
    await chat.untilTitle(first, TITLES.delivered);
    const answer = await chat.press(first, 'again', 'web:ben');
    const refused = await chat.untilTitle(answer, TITLES.notAllowed, 'web:ben');
    expect(refused.card?.text).toBe('Only the person who asked for this video can do this.');
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe('a member', () => {
  it('waits in line, sees the place, and may cancel while nothing was sent; the credits go back', async () => {
    const { chat, sandbox } = await startHouse({ settings: { DEFAULT_QUOTA: '2/day' } });
    const first = await chat.video('first [slow]');
    await chat.untilTitle(first, TITLES.generating);
    const second = await chat.video('second');
    const waiting = await chat.untilTitle(second, TITLES.queued);
    expect(waiting.card).toMatchObject({ text: 'Next in the queue.', buttons: [{ action: 'cancel' }] });
    await chat.press(second, 'cancel');
    const cancelled = await chat.untilTitle(second, TITLES.cancelled);
    expect(cancelled.card?.notes).toEqual(['1 credit refunded.']);
    const third = await chat.video('third');
    await chat.untilTitle(third, TITLES.queued);
    expect(sandbox.requests).toHaveLength(1);
  });

  it('may not cancel what another one asked for, but a moderator may', async () => {
    const { chat } = await startHouse();
    await chat.untilTitle(await chat.video('first [slow]'), TITLES.generating);
    const second = await chat.video('second');
    await chat.untilTitle(second, TITLES.queued);
    await chat.press(second, 'cancel', 'web:ben');
    await chat.untilWord(/Only the person/, 'web:ben');
    expect((await chat.messages()).find(({ id }) => id === second)?.card?.title).toBe(TITLES.queued);
    await chat.press(second, 'cancel', 'web:mo');
    await chat.untilTitle(second, TITLES.cancelled);
  });

  it('with a full line is told what is running', async () => {
    const { chat } = await startHouse({ settings: { MEMBER_QUEUE: '1' } });
    await chat.untilTitle(await chat.video('first [slow]'), TITLES.generating);
    await chat.video('second');
    const third = await chat.video('third');
    const refused = await chat.untilTitle(third, TITLES.queueFull);
    expect(refused.card?.text).toMatch(/^You have 1 video being made and 1 in the queue; at most 1 can wait\./);
  });

  it('without credits is told what is used and when they come back', async () => {
    const { chat, sandbox } = await startHouse({ settings: { DEFAULT_QUOTA: '1/day' } });
    const id = await chat.video('too dear', { model: 'pro' });
    const refused = await chat.untilTitle(id, TITLES.noCredits);
    expect(readText(refused.card?.text)).toMatch(
      /^This video costs 2 credits\. The limit is 1 credit a day, and you’ve used 0\. 1 left\. Resets /,
    );
    expect(refused.onlyYou).toBe(true);
    expect(sandbox.requests).toEqual([]);
  });

  it('with many waiting does not hold up one with a single one', async () => {
    const { chat, sandbox } = await startHouse({ settings: { PROVIDER_CONCURRENCY: '1' } });
    for (let index = 1; index <= 4; index++) await chat.video(`ada ${index}`);
    const ben = await chat.video('ben', {}, 'web:ben');
    await chat.untilTitle(ben, TITLES.delivered, 'web:ben');
    expect(sandbox.requests.map(({ prompt }) => prompt).indexOf('ben')).toBeLessThanOrEqual(1);
  });
});

describe('a generation', () => {
  it.each([
    ['[error]', /^The video service could not make this video: /],
    ['[400]', /^The video service rejected this request: /],
    ['[html]', 'The video service sent a file that isn’t a complete video.'],
    ['[truncated]', 'The video service sent a file that isn’t a complete video.'],
  ])('that meets %s says why in plain words, and gives the credits back', async (trigger, words) => {
    const { chat } = await startHouse({ settings: { DEFAULT_QUOTA: '1/day' } });
    const id = await chat.video(`a dragon ${trigger}`);
    const failed = await chat.untilTitle(id, TITLES.failed);
    expect(failed.card?.text).toMatch(words);
    expect(failed.card).toMatchObject({
      notes: ['1 credit refunded.'],
      buttons: [{ action: 'again', style: 'primary' }, { action: 'edit' }, { action: 'delete' }],
    });
    // With a quota of one credit, a second request is accepted only if the first one's came back.
    await chat.untilTitle(await chat.video('a dragon'), TITLES.delivered);
  });

  it.each(['[429]', '[503]', '[flaky]', '[unknown-state]', '[no-url]', '[expired]', '[redirect]'])(
    'that meets %s goes on by itself, and is ordered once',
    async (trigger) => {
      const { chat, sandbox } = await startHouse();
      await chat.untilTitle(await chat.video(`a dragon ${trigger}`), TITLES.delivered);
      expect(sandbox.requests).toHaveLength(1);
    },
  );

  it.each(['[reset]', '[504]', '[no-id]', '[garbage]'])(
    'whose answer was lost (%s) is found in the provider’s log, and never sent again',
    async (trigger) => {
      const { chat, sandbox, lines } = await startHouse({ sandbox: { logLagMs: 8000 } });
      await chat.untilTitle(await chat.video(`a dragon ${trigger}`), TITLES.delivered);
      expect(sandbox.requests).toHaveLength(1);
      expect(lines.join()).toContain('found a submission whose answer was lost');
    },
  );

  it.each(['[cut]', '[404file]'])(
    'whose file cannot be had (%s) is undelivered after a while, not failed, and can be asked for again',
    async (trigger) => {
      const { chat, sandbox } = await startHouse({ speed: 400 });
      const kept = await chat.untilTitle(await chat.video(`a dragon ${trigger}`), TITLES.undelivered);
      expect(kept.card?.buttons.map(({ action }) => action)).toContain('deliver');
      expect(sandbox.requests).toHaveLength(1);
    },
  );

  it('of which the provider has no trace ends with a refund, and is never sent again', async () => {
    const { chat, sandbox } = await startHouse({ speed: 200 });
    const failed = await chat.untilTitle(await chat.video('a dragon [lost]'), TITLES.failed);
    expect(failed.card?.text).toMatch(/the request never arrived/);
    expect(failed.card?.notes).toEqual(['1 credit refunded.']);
    expect(sandbox.requests).toEqual([]);
  });

  it('that takes too long gives the credits back, and is delivered when a later check finds it', async () => {
    const { chat, sandbox, clock } = await startHouse({ settings: { GENERATION_TIMEOUT_MS: '20000' } });
    const id = await chat.video('a dragon [slow]');
    const late = await chat.untilTitle(id, TITLES.timed_out);
    expect(late.card?.notes).toEqual(['1 credit refunded.']);
    await chat.press(id, 'check');
    await chat.untilWord(/Still not ready/);
    await clock.sleep(50_000);
    await chat.press(id, 'check');
    const found = await chat.untilTitle(id, TITLES.delivered);
    expect(found.card?.fields).toContainEqual({ label: 'Left', value: '999 of 1000 credits' });
    expect(sandbox.requests).toHaveLength(1);
  });

  it('that came too late is delivered for nothing where not enough credits are left by then', async () => {
    const { chat, clock } = await startHouse({
      settings: { GENERATION_TIMEOUT_MS: '20000', DEFAULT_QUOTA: '1/day' },
    });
    const id = await chat.video('a dragon [slow]');
    await chat.untilTitle(id, TITLES.timed_out);
    await chat.untilTitle(await chat.video('another dragon'), TITLES.delivered);
    await clock.sleep(50_000);
    await chat.press(id, 'check');
    const found = await chat.untilTitle(id, TITLES.delivered);
    expect(found.card?.fields).toContainEqual({ label: 'Left', value: '0 of 1 credit' });
  });

  it('whose file stands on a private address is refused unless that is allowed', async () => {
    const { chat, lines } = await startHouse({ settings: { ALLOW_PRIVATE_MEDIA_HOSTS: 'false' } });
    const failed = await chat.untilTitle(await chat.video('a dragon'), TITLES.failed);
    expect(failed.card?.text).toBe('The video service sent a file that isn’t a complete video.');
    expect(lines.join()).toContain('127.0.0.1 is not a public address');
  });

  it('shows a measured span once enough were measured, and before that only the time that passes', async () => {
    const { chat, clock } = await startHouse({ settings: { MEMBER_CONCURRENCY: '10' } });
    const first = await chat.untilTitle(await chat.video('0'), TITLES.generating);
    expect(first.card?.progress).toEqual({ startedAt: expect.any(Number) });
    const ids = await Promise.all([1, 2, 3, 4, 5].map((index) => chat.video(String(index))));
    for (const id of ids) await chat.untilTitle(id, TITLES.delivered);
    await clock.sleep(32_000);
    const later = await chat.untilTitle(await chat.video('later'), TITLES.generating);
    expect(later.card?.progress).toEqual({
      startedAt: expect.any(Number),
      expected: { low: expect.any(Number), median: expect.any(Number), high: expect.any(Number) },
      tenths: expect.any(Number),
    });
  });
});

describe('a restart', () => {
  it('orders nothing twice: what was at the provider goes on in the same reply, what waited starts then', async () => {
    const { chat, sandbox, restart } = await startHouse();
    const running = await chat.video('running [slow]');
    await chat.untilTitle(running, TITLES.generating);
    const waiting = await chat.video('waiting');
    await chat.untilTitle(waiting, TITLES.queued);
    await restart({ MEMBER_CONCURRENCY: '2' });
    await chat.untilTitle(running, TITLES.delivered);
    await chat.untilTitle(waiting, TITLES.delivered);
    expect(sandbox.requests.map(({ prompt }) => prompt).sort()).toEqual(['running [slow]', 'waiting']);
    expect(await chat.messages()).toHaveLength(2);
  });

  it('tells in the replies that it goes on after it', async () => {
    const house = await startHouse();
    const id = await house.chat.video('a dragon [slow]');
    await house.chat.untilTitle(id, TITLES.generating);
    const events = await house.chat.listen();
    await house.stop();
    await events.ended;
    expect(events.text()).toContain('Restarting. Your video will continue shortly.');
  });

  it('lets a refused request be refused still, and keeps what was spent', async () => {
    const { chat, restart } = await startHouse({ settings: { DEFAULT_QUOTA: '1/day' } });
    await chat.untilTitle(await chat.video('a dragon'), TITLES.delivered);
    await restart();
    await chat.untilTitle(await chat.video('one more'), TITLES.noCredits);
  });
});

describe('finished videos and prompts', () => {
  it('are removed when their time has passed, and not before', async () => {
    const house = await startHouse();
    await house.chat.untilTitle(await house.chat.video('a dragon'), TITLES.delivered);
    await house.stop();
    const store = await openStore(`sqlite:${join(house.folder, 'dailies.db')}`);
    onTestFinished(() => store.close());
    const videos = new KeptVideos(house.folder);
    const clock = new VirtualClock(house.clock.now());
    const stop = new AbortController();
    const kept = keepRetention({ store, videos, clock, log: recordingLog().log, retentionMs: 7 * DAY_MS }, stop.signal);
    await expect.poll(() => videos.list()).toHaveLength(1);
    await clock.advance(6 * DAY_MS);
    expect(await videos.list()).toHaveLength(1);
    const aDayLater = async () => {
      await clock.advance(DAY_MS);
      return { videos: await videos.list(), messages: await store.webMessages.listLatest(10) };
    };
    await expect.poll(aDayLater).toEqual({ videos: [], messages: [] });
    stop.abort();
    await kept;
    expect(await store.generations.listOf('web:local', 'web:ada', 10, 0)).toEqual([]);
    expect(await store.holds.usedByMember('web:local', 'web:ada', 0)).toBe(1);
  });
});
