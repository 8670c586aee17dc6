import { describe, expect, it } from 'vitest';
import { watchDisk } from '../support/disk.ts';
import { type Answering, refusedUnlogged } from '../support/gateway.ts';
import { type House, startHouse } from '../support/house.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';

const MINUTE_MS = 60_000;

const posts = ({ sandbox }: House) => sandbox.calls.filter(({ method }) => method === 'POST');
const looks = ({ sandbox }: House) => sandbox.calls.filter(({ path }) => path === '/v2/logs');
const polls = ({ sandbox }: House) =>
  sandbox.calls.filter(({ method, path }) => method === 'GET' && path === '/v2/video/generations');

/** Lets so much of the house's time pass. */
async function pass({ clock }: House, ms: number): Promise<void> {
  await clock.sleep(ms);
}

describe('a finished video', () => {
  it.each([
    '[succeeded]',
    '[upper-case]',
    '[modelark]',
    '[video-array]',
    '[video-string]',
    '[video-url]',
    '[output]',
    '[output-array]',
    '[output-string]',
    '[content-url]',
  ])('is delivered whatever its state and its place are called: %s', async (trigger) => {
    const house = await startHouse({ sandbox: { durationMs: 1 } });
    await house.chat.untilTitle(await house.chat.video(`a dragon ${trigger}`), TITLES.delivered);
    expect(house.sandbox.requests).toHaveLength(1);
  });

  it('that is no video at all is asked for again for a minute, then fails for the true reason', async () => {
    const house = await startHouse({ settings: { DEFAULT_QUOTA: '1/day' }, sandbox: { durationMs: 1 }, speed: 60 });
    const id = await house.chat.video('a dragon [no-video]');
    const failed = await house.chat.untilTitle(id, TITLES.failed);
    expect(failed.card?.text).toBe(en.errors.video_missing);
    const [first] = polls(house);
    expect((polls(house).at(-1)?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(50_000);
    // The credit came back.
    await house.chat.untilTitle(await house.chat.video('a dragon'), TITLES.delivered);
  });

  it('that was paid for has its price noted', async () => {
    const house = await startHouse({ sandbox: { durationMs: 1 } });
    await house.chat.untilTitle(await house.chat.video('a dragon', { model: '2.0' }), TITLES.delivered);
    expect(house.lines.join('')).toContain('"usd":0.9828');
    expect(await (await fetch(`${house.url}/metrics`)).text()).toContain(
      'dailies_provider_usd_total{model="2.0"} 0.9828',
    );
  });
});

describe('content that is refused', () => {
  it.each(['[sensitive]', '[face]', '[moderated]'])(
    'while it is made is told at the next poll: %s',
    async (trigger) => {
      const house = await startHouse({ settings: { DEFAULT_QUOTA: '1/day' }, sandbox: { durationMs: 1 } });
      const failed = await house.chat.untilTitle(await house.chat.video(`a dragon ${trigger}`), TITLES.failed);
      expect(failed.card?.text).toMatch(/content rules/);
      expect(failed.card?.buttons[0]).toMatchObject({ action: 'edit', style: 'primary' });
      expect(polls(house)).toHaveLength(1);
      await house.chat.untilTitle(await house.chat.video('a dragon'), TITLES.delivered);
    },
  );

  it.each(['[real-person]', '[copyright]'])('at the submission is not sent again: %s', async (trigger) => {
    const house = await startHouse();
    const failed = await house.chat.untilTitle(await house.chat.video(`a dragon ${trigger}`), TITLES.failed);
    expect(failed.card?.text).toMatch(/content rules/);
    expect(failed.card?.buttons[0]).toMatchObject({ action: 'edit' });
    expect(posts(house)).toHaveLength(1);
  });
});

describe('content that only the prompt speaks of', () => {
  const prompt = 'a lecture on copyright';

  it.each([
    ['the state', { status: 200, body: JSON.stringify({ status: 'failed', error: `No worker took "${prompt}"` }) }],
    ['the refusal of a poll', refusedUnlogged(400, `No generation of "${prompt}"`)],
  ])('is not refused where %s repeats it', async (_, answer) => {
    const gateway: Answering = ({ method, path }) =>
      method === 'GET' && path === '/v2/video/generations' ? answer : undefined;
    const house = await startHouse({ gateway });
    const failed = await house.chat.untilTitle(await house.chat.video(prompt), TITLES.failed);
    expect(failed.card?.text).toMatch(/^The video service could not make this video/);
    expect(failed.card?.buttons[0]).toMatchObject({ action: 'again' });
  });
});

describe('a submission', () => {
  it('that failed at the provider is sent again within seconds, and paid for once', async () => {
    const house = await startHouse();
    await house.chat.untilTitle(await house.chat.video('a dragon [500-once]'), TITLES.delivered);
    const [first, second] = posts(house);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeLessThan(10_000);
    expect(house.sandbox.requests).toHaveLength(1);
  });

  it('that goes on failing is sent three times in all, then ends with the reason', async () => {
    const house = await startHouse();
    const failed = await house.chat.untilTitle(await house.chat.video('a dragon [500]'), TITLES.failed);
    expect(failed.card?.text).toMatch(/^The video service could not make this video: Internal server error/);
    expect(posts(house)).toHaveLength(3);
  });

  it.each(['[503-proxy]', '[429-proxy]', '[stranger-json]', '[504]'])(
    'that a gateway answered after passing it on is found, though the log lags: %s',
    async (trigger) => {
      const house = await startHouse({ sandbox: { logLagMs: 8000 } });
      await house.chat.untilTitle(await house.chat.video(`a dragon ${trigger}`), TITLES.delivered);
      expect(posts(house)).toHaveLength(1);
    },
  );

  it('that is told to come back in two seconds does, and is not looked for', async () => {
    const house = await startHouse();
    await house.chat.untilTitle(await house.chat.video('a dragon [429-2s]'), TITLES.delivered);
    const [first, second] = posts(house);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2000);
    expect(looks(house)).toEqual([]);
  });

  it('is found whose row comes only at the end', async () => {
    const house = await startHouse({ sandbox: { logAt: 'end', durationMs: 100_000 }, speed: 100 });
    await house.chat.untilTitle(await house.chat.video('a dragon [reset]'), TITLES.delivered);
    expect(posts(house)).toHaveLength(1);
  });

  it.each([-360_000, 360_000])('is found when the clocks are %i ms apart, and the operator is told', async (skewMs) => {
    const house = await startHouse({ sandbox: { skewMs } });
    await house.chat.untilTitle(await house.chat.video('a dragon [reset]'), TITLES.delivered);
    expect(house.lines.filter((line) => line.includes('the clock of this machine'))).toHaveLength(1);
  });

  it.each([-600_000, 21_600_000])('is found when the clock was set by %i ms after it was sent', async (ms) => {
    const house = await startHouse({ sandbox: { logLagMs: 8000 } });
    const id = await house.chat.video('a dragon [silent]');
    await expect.poll(() => house.sandbox.requests.length).toBe(1);
    await house.stop();
    house.setOwnClock(ms);
    await house.restart();
    const done = await house.chat.untilTitle(id, TITLES.delivered);
    // Not given up and found in the background.
    expect(done.card?.notes).not.toContain(en.cards.cameLate);
    expect(posts(house)).toHaveLength(1);
  });

  it.each([-600_000, 600_000])('is found when the clock was set by %i ms just before it was sent', async (ms) => {
    const house = await startHouse({ sandbox: { logLagMs: 8000 } });
    house.setOwnClock(ms);
    const done = await house.chat.untilTitle(await house.chat.video('a dragon [reset]'), TITLES.delivered);
    expect(done.card?.notes).not.toContain(en.cards.cameLate);
    expect(posts(house)).toHaveLength(1);
  });

  it('whose id could not be written for half a minute is not lost, though the log lags ten', async () => {
    const disk = watchDisk();
    const house = await startHouse({ sandbox: { logLagMs: 10 * MINUTE_MS }, speed: 40 });
    const watch = setInterval(() => {
      if (house.sandbox.requests.length > 0) disk.refuseWrites();
    }, 1);
    const id = await house.chat.video('a dragon [slow]');
    await expect.poll(() => house.lines.join('')).toContain('an id could not be written');
    clearInterval(watch);
    await pass(house, 30_000);
    disk.mend();
    await house.chat.untilTitle(id, TITLES.delivered);
    expect(looks(house)).toEqual([]);
    expect(posts(house)).toHaveLength(1);
  });
});

describe('being away for 20 minutes', () => {
  it('after the POST costs nothing: the request is found, and delivered', async () => {
    const house = await startHouse({ speed: 400 });
    const id = await house.chat.video('a dragon [silent]');
    await expect.poll(() => house.sandbox.requests.length).toBe(1);
    await house.stop();
    await pass(house, 20 * MINUTE_MS);
    await house.restart();
    await house.chat.untilTitle(id, TITLES.delivered);
    expect(posts(house)).toHaveLength(1);
  });

  it('while the provider makes a video costs one poll', async () => {
    const house = await startHouse({ speed: 400, sandbox: { durationMs: 200_000 } });
    const id = await house.chat.video('a dragon');
    await house.chat.untilTitle(id, TITLES.generating);
    await house.stop();
    await pass(house, 20 * MINUTE_MS);
    const before = polls(house).length;
    await house.restart();
    await house.chat.untilTitle(id, TITLES.delivered);
    expect(polls(house).length - before).toBe(1);
  });
});

describe('polls', () => {
  it('that are all answered 404 for 40 seconds take nothing away', async () => {
    const house = await startHouse({ sandbox: { durationMs: 20_000 } });
    const ids = [await house.chat.video('one'), await house.chat.video('another', {}, 'web:ben')];
    const lift = house.sandbox.fault({ kind: '404' });
    await expect.poll(() => polls(house).length).toBeGreaterThan(0);
    await pass(house, 40_000);
    lift();
    for (const id of ids) await house.chat.untilTitle(id, TITLES.delivered);
  });

  it('that are answered 404 for one alone end it after ten minutes, and it is delivered when it turns up after all', async () => {
    const house = await startHouse({
      speed: 200,
      settings: { MEMBER_CONCURRENCY: '2', GENERATION_TIMEOUT_MS: '10000000' },
    });
    const others = await house.chat.video('others [stuck]');
    await house.chat.untilTitle(others, TITLES.generating);
    const id = await house.chat.video('unknown [slow]');
    await house.chat.untilTitle(id, TITLES.generating);
    const lift = house.sandbox.fault({ kind: '404', id: house.sandbox.requests[1]?.id ?? '' });
    const began = house.clock.now();
    const failed = await house.chat.untilTitle(id, TITLES.failed);
    expect(failed.card?.text).toBe(en.errors.generation_lost);
    expect(house.clock.now() - began).toBeGreaterThan(10 * MINUTE_MS);
    lift();
    const late = await house.chat.untilTitle(id, TITLES.delivered);
    expect(late.card?.notes).toContain(en.cards.cameLate);
    expect(late.card?.fields).toContainEqual({ label: 'Left', value: '998 of 1000 credits' });
  });

  it('that are refused for the account wait for the operator, and nothing ends by it', async () => {
    const house = await startHouse({ speed: 100, settings: { GENERATION_TIMEOUT_MS: '60000' } });
    const id = await house.chat.video('a dragon [slow]');
    await house.chat.untilTitle(id, TITLES.generating);
    house.sandbox.setAccount('bad key');
    await expect.poll(() => house.lines.join('')).toContain('the provider refuses this account');
    const before = polls(house).length;
    await pass(house, 10 * MINUTE_MS);
    expect(polls(house).length - before).toBeLessThanOrEqual(12);
    house.sandbox.setAccount('ok');
    await house.chat.untilTitle(id, TITLES.delivered);
  });

  it('that are answered 400 by the provider itself end it', async () => {
    const house = await startHouse();
    const id = await house.chat.video('a dragon [stuck]');
    await house.chat.untilTitle(id, TITLES.generating);
    house.sandbox.fault({ kind: '400' });
    expect((await house.chat.untilTitle(id, TITLES.failed)).card?.text).toMatch(/Invalid generation_id/);
  });
});

describe('what was given up', () => {
  it('is looked for and delivered without anybody pressing a button', async () => {
    const house = await startHouse({ speed: 200, settings: { GENERATION_TIMEOUT_MS: '20000' } });
    const id = await house.chat.video('a dragon [slow]');
    await house.chat.untilTitle(id, TITLES.timed_out);
    const late = await house.chat.untilTitle(id, TITLES.delivered);
    expect(late.card?.notes).toContain(en.cards.cameLate);
    expect(late.card?.fields).toContainEqual({ label: 'Left', value: '999 of 1000 credits' });
  });

  it.each([
    ['', TITLES.delivered],
    ['[404file]', TITLES.undelivered],
  ])('says that it is free when its credits are spent by the time it turns up: %s', async (trigger, title) => {
    const house = await startHouse({
      speed: 200,
      settings: { GENERATION_TIMEOUT_MS: '20000', DEFAULT_QUOTA: '1/day' },
      sandbox: { durationMs: 1 },
    });
    const id = await house.chat.video(`a dragon [slow] ${trigger}`);
    await expect.poll(() => house.sandbox.requests.length).toBe(1);
    const lift = house.sandbox.fault({ kind: '404', id: house.sandbox.requests[0]?.id ?? '' });
    await house.chat.untilTitle(id, TITLES.timed_out);
    await house.chat.untilTitle(await house.chat.video('another'), TITLES.delivered);
    lift();
    const late = await house.chat.untilTitle(id, title);
    expect(late.card?.notes).toContain(en.cards.freeNote);
    expect(late.card?.notes).not.toContain(en.cards.heldNote({ credits: 1 }));
    expect(late.card?.fields.map(({ label }) => label)).not.toContain('Cost');
  });

  it('because the log did not show it is adopted as soon as it does', async () => {
    const house = await startHouse({ speed: 400, sandbox: { logLagMs: 12 * MINUTE_MS } });
    const id = await house.chat.video('a dragon [reset]');
    const lost = await house.chat.untilTitle(id, TITLES.failed);
    expect(lost.card?.text).toBe(en.errors.submission_lost);
    const late = await house.chat.untilTitle(id, TITLES.delivered);
    expect(late.card?.notes).toContain(en.cards.cameLate);
    expect(posts(house)).toHaveLength(1);
  });
});

describe('a request whose earlier attempts never left this machine', () => {
  it('is sent again when the one that did has failed', async () => {
    const house = await startHouse({ settings: { AIMLAPI_BASE_URL: 'http://127.0.0.1:9' } });
    const id = await house.chat.video('a dragon [500-once]');
    await expect.poll(() => house.lines.join('')).toContain('no connection');
    await house.restart({ AIMLAPI_BASE_URL: house.sandbox.url });
    await house.chat.untilTitle(id, TITLES.delivered);
    expect(posts(house)).toHaveLength(2);
  });
});

describe('a video that was given up and then deleted by its member', () => {
  it('is neither delivered nor paid for, though it turns up', async () => {
    const house = await startHouse({ speed: 200, settings: { GENERATION_TIMEOUT_MS: '20000' } });
    const id = await house.chat.video('a dragon [slow]');
    await house.chat.untilTitle(id, TITLES.timed_out);
    await house.chat.press(id, 'delete');
    await pass(house, 20 * MINUTE_MS);
    await house.chat.say('quota', {});
    expect(house.lines.join('')).not.toContain('it is delivered');
    await house.chat.untilTitle(await house.chat.video('another dragon'), TITLES.delivered);
  });
});

describe('an account without credit', () => {
  it.each([
    [403, 30],
    [402, 3],
  ] as const)(
    '(%i, %i requests) stops the line for all, is tried once a minute, and loses nobody’s turn',
    async (status, requests) => {
      const house = await startHouse({
        speed: 60,
        settings: { MEMBER_CONCURRENCY: '1', MEMBER_QUEUE: '30', PROVIDER_CONCURRENCY: '1', POLL_INTERVAL_MS: '1000' },
        sandbox: { durationMs: 1 },
      });
      house.sandbox.setAccount('no credit', status);
      const ids: string[] = [];
      for (let index = 0; index < requests; index++) ids.push(await house.chat.video(`clip ${index}`));
      for (const id of ids) {
        await house.chat.until(id, ({ card }) => card?.title === TITLES.queued && card.text === en.cards.accountWaits);
      }
      const before = posts(house).length;
      await pass(house, 5 * MINUTE_MS);
      expect(posts(house).length - before).toBeLessThanOrEqual(5);
      const health = await fetch(`${house.url}/healthz`);
      expect(health.status).toBe(503);
      expect(await health.json()).toMatchObject({ status: 'account refused' });
      expect(house.lines.filter((line) => line.includes('the provider refuses this account'))).toHaveLength(1);
      house.sandbox.setAccount('ok');
      for (const id of ids) await house.chat.untilTitle(id, TITLES.delivered);
      expect(house.sandbox.requests.map(({ prompt }) => prompt)).toEqual(ids.map((_, index) => `clip ${index}`));
      expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
    },
  );
});

describe('a request that the account is refused for alone', () => {
  it('ends when others are accepted in between, and holds them up no longer', async () => {
    const house = await startHouse({ speed: 200, settings: { MEMBER_CONCURRENCY: '1' }, sandbox: { durationMs: 1 } });
    const id = await house.chat.video('a dragon [403]');
    let others = 0;
    const failed = house.chat.until(id, ({ card }) => card?.title === TITLES.failed);
    let over = false;
    void failed.then(() => {
      over = true;
    });
    while (!over) {
      const other = await house.chat.video(`another ${others++}`, {}, 'web:ben');
      await house.chat.untilTitle(other, TITLES.delivered, 'web:ben');
    }
    expect((await failed).card?.text).toBe(en.errors.operator_must_look);
  });
});

describe('a default model that was withdrawn', () => {
  it('by the provider’s list has the next one take its place', async () => {
    const house = await startHouse({ sandbox: { withdrawn: ['lite'] } });
    const done = await house.chat.untilTitle(await house.chat.video('a dragon'), TITLES.delivered);
    expect(done.card?.fields).toContainEqual({ label: 'Model', value: 'Seedance 1.0 Pro' });
    expect(done.card?.fields).toContainEqual({ label: 'Cost', value: '2 credits' });
  });

  it('between two looks at the list is replaced as soon as the provider refuses it', async () => {
    const house = await startHouse();
    house.sandbox.withdraw('lite');
    const done = await house.chat.untilTitle(await house.chat.video('a dragon'), TITLES.delivered);
    expect(done.card?.fields).toContainEqual({ label: 'Model', value: 'Seedance 1.0 Pro' });
    expect(done.card?.fields).toContainEqual({ label: 'Left', value: '998 of 1000 credits' });
    expect(posts(house)).toHaveLength(2);
    await house.chat.untilTitle(await house.chat.video('another'), TITLES.delivered);
    expect(posts(house)).toHaveLength(3);
  });

  it('is not replaced by one that the member cannot pay for: the card says which it is, and what it costs', async () => {
    const house = await startHouse({ settings: { DEFAULT_QUOTA: '1/day' } });
    house.sandbox.withdraw('lite');
    const failed = await house.chat.until(await house.chat.video('a dragon'), ({ card }) => card?.tone === 'problem');
    expect(failed.card?.text).toBe(en.errors.model_withdrawn({ model: 'lite', successor: 'pro-fast' }));
    // The credit came back, and is enough for the successor.
    const next = await house.chat.press(failed.id, 'successor');
    const done = await house.chat.untilTitle(next, TITLES.delivered);
    expect(done.card?.fields).toContainEqual({ label: 'Model', value: 'Seedance 1.0 Pro Fast' });
  });

  it('and is named gets a card with its successor, which a button uses', async () => {
    const house = await startHouse({ sandbox: { withdrawn: ['lite'] } });
    const id = await house.chat.video('a dragon', { model: 'lite', camera_fixed: true, aspect_ratio: '9:16' });
    const refused = await house.chat.until(id, ({ card }) => card?.tone === 'problem');
    expect(refused.card?.text).toBe(en.errors.model_withdrawn({ model: 'lite', successor: 'pro-fast' }));
    expect(posts(house)).toEqual([]);
    const next = await house.chat.press(id, 'successor');
    const done = await house.chat.untilTitle(next, TITLES.delivered);
    expect(house.sandbox.requests[0]).toMatchObject({
      model: 'bytedance/seedance-1-0-pro-fast',
      prompt: 'a dragon',
      body: { camerafixed: true },
    });
    // What the other model does not take is said.
    expect(done.card?.notes.join()).toContain('aspect_ratio');
  });
});

describe('the lists of models', () => {
  it('are asked for after a restart only if they have changed', async () => {
    const tags: unknown[] = [];
    const gateway: Answering = ({ path, headers }) => {
      if (path.startsWith('/v1/models')) tags.push(headers['if-none-match']);
      return undefined;
    };
    const house = await startHouse({ gateway, sandbox: { withdrawn: ['lite'] } });
    expect(tags).toEqual([undefined, undefined]);
    await house.restart();
    expect(tags.slice(2)).toEqual([expect.any(String), expect.any(String)]);
    const done = await house.chat.untilTitle(await house.chat.video('a dragon'), TITLES.delivered);
    expect(done.card?.fields).toContainEqual({ label: 'Model', value: 'Seedance 1.0 Pro' });
  });
});
