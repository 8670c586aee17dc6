import { describe, expect, it } from 'vitest';
import { ReplyError } from '../../src/domain/reply.ts';
import { keepRetryingReplies } from '../../src/generations/retry-replies.ts';
import { openStore } from '../../src/store/store.ts';
import type { FakeDiscord } from '../fakes/discord/index.ts';
import type { FakeMessage } from '../fakes/discord/state.ts';
import type { Fault } from '../fakes/slack/server.ts';
import { startFake } from '../platforms/discord/bench.ts';
import { startFake as startSlackFake, textIn } from '../platforms/slack/bench.ts';
import { VirtualClock } from '../support/clock.ts';
import { makeGeneration } from '../support/generations.ts';
import { inDiscord, inSlack, startHouse } from '../support/house.ts';
import { recordingLog } from '../support/log.ts';
import { tempFolder } from '../support/temp.ts';
import { TITLES } from '../support/titles.ts';

const ADA = '222222222222222222';
/** At this pace an hour of waiting takes seconds. */
const SPEED = 400;

const titled =
  (title: string) =>
  ({ embeds }: FakeMessage) =>
    embeds[0]?.title === title;

const ask = (fake: FakeDiscord) => fake.slash({ name: 'video', options: { prompt: 'a dragon [slow]' }, userId: ADA });

const MESSAGES = { path: /messages/, times: Number.POSITIVE_INFINITY };

/** The chat takes no edits from now on; the returned function brings it back. */
function breakDown(fake: FakeDiscord, kind: 'down' | 'storm'): () => void {
  const fault =
    kind === 'down'
      ? ({ ...MESSAGES, method: 'PATCH', kind: 'refuse', status: 503, code: 0, message: 'down' } as const)
      : ({ ...MESSAGES, method: 'PATCH', kind: 'rateLimit', retryAfterMs: 30 } as const);
  return fake.fault(fault);
}

describe('a chat that is out of order', () => {
  it.each(['down', 'storm'] as const)('for some minutes (%s) gets the video once, when it is back', async (kind) => {
    const fake = await startFake();
    const { sandbox } = await startHouse({ settings: inDiscord(fake), speed: 60 });
    const handle = ask(fake);
    await handle.reply(titled(TITLES.generating));
    const mend = breakDown(fake, kind);
    await fake.until(() =>
      fake.ledger.filter(({ status }) => status === 503 || status === 429).length > 5 ? true : undefined,
    );
    mend();
    const done = await handle.reply(titled(TITLES.delivered));
    expect(done.attachments).toHaveLength(1);
    expect(sandbox.requests).toHaveLength(1);
  });

  it('for longer keeps the video, tells the member when it is back, and delivers it on demand', async () => {
    const fake = await startFake();
    const { sandbox, lines } = await startHouse({ settings: inDiscord(fake), speed: SPEED });
    const handle = ask(fake);
    await handle.reply(titled(TITLES.generating));
    const mend = breakDown(fake, 'down');
    await expect.poll(() => lines.join('')).toContain('"state":"undelivered"');
    // Not only the delivery, but the word about it has been given up as well.
    await expect.poll(() => lines.join('')).toContain('"hopeless":true');
    mend();
    const told = await handle.reply(titled(TITLES.undelivered));
    const button = told.components[0]?.components[0]?.custom_id ?? '';
    expect(button).toContain(':deliver:');
    const again = await fake.press(told, button, { userId: ADA }).reply(titled(TITLES.delivered));
    expect(again.attachments).toHaveLength(1);
    expect(sandbox.requests).toHaveLength(1);
  });

  it('in which all is lost (message, channel, server) sees an end of attempts', async () => {
    const fake = await startFake();
    fake.closeDirect(ADA);
    const { lines, clock } = await startHouse({ settings: inDiscord(fake), speed: 60 });
    const handle = ask(fake);
    const reply = await handle.reply(titled(TITLES.generating));
    fake.setTokenLife(0);
    fake.deny(reply.channelId, 50001);
    await expect.poll(() => lines.join('')).toContain('"state":"undelivered"');
    const after = fake.ledger.length;
    await clock.sleep(90_000);
    // The last word, and nothing after it.
    expect(fake.ledger.length - after).toBeLessThan(8);
  });
});

describe('a Slack that is out of order', () => {
  const methods = ['chat.update', 'files.getUploadURLExternal', 'files.completeUploadExternal', 'files.info'];

  const MANY = 10_000;

  it.each<[string, (method: string) => Fault & { times: number }]>([
    ['is down', (method) => ({ method, kind: 'status', status: 503, times: MANY })],
    ['breaks off', (method) => ({ method, kind: 'reset', times: MANY })],
    ['wants rest', (method) => ({ method, kind: 'rateLimit', retryAfterS: 1, times: MANY })],
  ])('for some minutes (%s) gets the video once, when it is back', async (_, faultOf) => {
    const fake = await startSlackFake({ updatesPerMinute: 100_000 });
    const { sandbox } = await startHouse({ settings: inSlack(fake), speed: 60 });
    await fake.command('/video', 'a dragon [slow]', { user: 'U1' });
    const reply = await fake.until(() => fake.state.messages.find((one) => textIn(one.blocks).includes('a dragon')));
    const faults = methods.map(faultOf);
    for (const fault of faults) fake.fault(fault);
    const failures = () => faults.reduce((sum, { times }) => sum + MANY - times, 0);
    await expect.poll(failures).toBeGreaterThan(4);
    for (const fault of faults) fault.times = 0;
    await fake.until(() =>
      textIn(fake.state.message(reply.channel, reply.ts)?.blocks ?? []).includes(TITLES.delivered),
    );
    const clips = [...fake.state.files.values()].filter(({ completed, deleted }) => completed && !deleted);
    expect(clips).toHaveLength(1);
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe('telling', () => {
  const ended = { state: 'undelivered', finishedAt: Date.UTC(2026, 0, 1) } as const;

  async function bench(show: (id: string) => void) {
    const clock = new VirtualClock(Date.UTC(2026, 0, 1, 1));
    const store = await openStore(`sqlite:${await tempFolder()}/dailies.db`);
    const stop = new AbortController();
    const { log } = recordingLog();
    const replies = { show: async ({ id }: { id: string }) => show(id) };
    const running = keepRetryingReplies({ store, replies, clock, log, shared: false }, stop.signal);
    return {
      clock,
      store,
      async end() {
        stop.abort();
        await running;
        await store.close();
      },
    };
  }

  it('goes on every five minutes for a day, and stops when the reply was told', async () => {
    const shown: string[] = [];
    const { clock, store, end } = await bench((id) => shown.push(id));
    await store.generations.insert(makeGeneration({ id: 'told', ...ended }));
    await store.generations.insert(makeGeneration({ id: 'untold', ...ended }));
    await store.generations.noteShown('told', 'undelivered');
    const pass = async (ms: number) => {
      await clock.advance(ms);
      // What it does every five minutes is over when it sleeps again.
      await expect.poll(() => clock.sleeping).toBe(1);
    };
    await pass(300_000);
    await pass(300_000);
    expect(shown).toEqual(['untold', 'untold']);
    await store.generations.noteShown('untold', 'undelivered');
    await pass(300_000);
    expect(shown).toHaveLength(2);
    await store.generations.insert(makeGeneration({ id: 'old', ...ended, finishedAt: Date.UTC(2025, 11, 30) }));
    await pass(300_000);
    expect(shown).not.toContain('old');
    await end();
  });

  it('outlives an error', async () => {
    const { clock, store, end } = await bench(() => {
      throw new ReplyError('unavailable', 'down');
    });
    await store.generations.insert(makeGeneration({ id: 'g1', ...ended }));
    await clock.advance(300_000);
    await end();
  });
});
