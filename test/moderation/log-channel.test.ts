import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Card } from '../../src/domain/card.ts';
import type { CommunityEvent } from '../../src/domain/event.ts';
import { ReplyError, type ReplyErrorKind } from '../../src/domain/reply.ts';
import { compose, mention } from '../../src/domain/text.ts';
import { textsFor } from '../../src/locales/languages.ts';
import { forgetOwn } from '../../src/moderation/forget-member.ts';
import { setLogChannel } from '../../src/moderation/general-settings.ts';
import { keepLogChannels } from '../../src/moderation/log-channel.ts';
import { reportVideo } from '../../src/moderation/video-reports.ts';
import { makeGeneration } from '../support/generations.ts';
import { recordingLog } from '../support/log.ts';
import { ADA, beginModerating, ELSEWHERE, MIA, MO } from '../support/moderating.ts';
import { de, en } from '../support/texts.ts';

const HOUR_MS = 3_600_000;
const who = (member: string) => mention('member', member);

/** A bot that keeps log channels; `fail` says what becomes of a post. */
async function begin() {
  const begun = await beginModerating([]);
  const { as, store, clock } = begun;
  const { log, lines } = recordingLog();
  const posts: { community: string; channel: string; card: Card }[] = [];
  const state: { fail: (community: string, channel: string) => Error | undefined; tries: number } = {
    fail: () => undefined,
    tries: 0,
  };
  const chat = {
    async post(community: string, channel: string, card: Card) {
      state.tries += 1;
      const error = state.fail(community, channel);
      if (error) throw error;
      posts.push({ community, channel, card });
      return { platform: 'slack' };
    },
  };
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const start = () => keepLogChannels({ store, chats: new Map([['slack', chat]]), clock, log }, stop.signal);
  const write = (event: CommunityEvent, community = MO.community) =>
    store.outbox.append(community, randomUUID(), event, clock.now());
  const texts = () => posts.map(({ card }) => card.text);
  await setLogChannel(as({ ...MO, locale: 'en-US' }), 'CLOG1');
  for (const { position } of await store.outbox.listUnposted(MO.community, 10)) {
    await store.outbox.notePosted(position, 0);
  }
  return { ...begun, posts, lines, state, stop, start, write, texts };
}

const refusal = (member: string, code: 'paused' | 'stopping' = 'paused'): CommunityEvent => ({
  kind: 'refusal',
  member,
  channel: 'C1',
  failure: code === 'paused' ? { code, params: { reason: '' } } : { code, params: {} },
});
const refused = (member: string, why: string = en.log.why.paused) =>
  en.log.refusal({ who: who(member), where: mention('channel', 'C1'), why });
const error = (kind: ReplyErrorKind, retryAfterMs?: number) => new ReplyError(kind, 'no', { retryAfterMs });

describe('a log channel is told', () => {
  it('of a video, with its card and a button that deletes it', async () => {
    const { store, clock, write, start, posts } = await begin();
    const { community, member } = ADA;
    await store.generations.insert(
      makeGeneration({ id: 'g1', community, member, channel: 'C1', state: 'delivered', credits: 3 }),
    );
    await write({ kind: 'generation', generation: 'g1' });
    void start();
    await clock.advance(0);
    expect(posts).toMatchObject([
      {
        community,
        channel: 'CLOG1',
        card: {
          tone: 'done',
          title: en.log.video,
          text: en.log.made({ who: who(member), where: mention('channel', 'C1'), model: 'lite', credits: 3 }),
          prompt: 'a dragon',
          buttons: [{ action: 'takedown', target: 'g1', style: 'danger' }],
        },
      },
    ]);
  });

  it('of a request without a video, and why', async () => {
    const { store, clock, write, start, texts } = await begin();
    const { community, member } = ADA;
    const failure = { code: 'generation_lost', params: {} } as const;
    await store.generations.insert(makeGeneration({ community, member, channel: 'C1', state: 'failed', failure }));
    await write({ kind: 'generation', generation: 'g1' });
    void start();
    await clock.advance(0);
    const where = mention('channel', 'C1');
    expect(texts()).toEqual([
      en.log.ended({
        who: who(member),
        where,
        model: 'lite',
        outcome: en.states.failed,
        why: en.errors.generation_lost,
      }),
    ]);
  });

  it('of a report, with buttons to delete and to block', async () => {
    const { as, store, clock, start, posts } = await begin();
    const { community, member } = ADA;
    await store.generations.insert(makeGeneration({ id: 'g1', community, member, state: 'delivered' }));
    await reportVideo(as(MIA), 'g1', 'rude herrings');
    void start();
    await clock.advance(0);
    expect(posts.map(({ card }) => card)).toMatchObject([
      {
        tone: 'problem',
        text: en.log.report({ who: who(MIA.member), whose: who(member), reason: 'rude herrings.' }),
        prompt: 'a dragon',
        buttons: [
          { action: 'takedown', target: 'g1' },
          { action: 'block', target: member },
        ],
      },
    ]);
  });

  it('of refusals, changes and the budget', async () => {
    const { clock, write, start, texts } = await begin();
    await write(refusal(ADA.member));
    await write(refusal(ADA.member, 'stopping'));
    const subject = { kind: 'role', id: 'SCREW1' } as const;
    const entry = { at: 1, actor: MO.member, action: 'quota.set', subject } as const;
    await write({ kind: 'change', entry: { ...entry, before: '5/day', after: '20/day' } });
    await write({ kind: 'change', entry: { ...entry, before: undefined, after: '20/day' } });
    await write({ kind: 'change', entry: { ...entry, action: 'quota.clear', before: '20/day', after: undefined } });
    await write({ kind: 'budget', percent: 80, used: 80, credits: 100, resetsAt: 5000 });
    void start();
    await clock.advance(0);
    const [mo, crew] = [who(MO.member), mention('role', 'SCREW1')];
    expect(texts()).toEqual([
      refused(ADA.member),
      refused(ADA.member, en.log.why.other),
      compose`${mo} set ${crew}’s limit to 20 credits a day (was 5 credits a day).`,
      compose`${mo} set ${crew}’s limit to 20 credits a day.`,
      compose`${mo} removed ${crew}’s limit (was 20 credits a day).`,
      textsFor('en', 'slack').log.spent({ percent: 80, used: 80, of: 100, resetsAt: 5000 }),
    ]);
  });

  it('in the language of the moderator who chose it', async () => {
    const { as, clock, start, posts } = await begin();
    await setLogChannel(as({ ...MIA, locale: 'de-AT' }), 'CLOG2');
    void start();
    await clock.advance(0);
    expect(posts).toMatchObject([
      {
        channel: 'CLOG2',
        card: {
          title: de.audit.actions['settings.log'],
          text: compose`${who(MIA.member)} hat den Log-Kanal auf ${mention('channel', 'CLOG2')} gesetzt (vorher ${mention('channel', 'CLOG1')}).`,
        },
      },
    ]);
  });

  it('of words as they are, whatever they hold', async () => {
    const { clock, write, start, texts } = await begin();
    const subject = { kind: 'text', text: 'x\u00025:date\u0003 <@1> <!channel>' } as const;
    const entry = {
      at: 1,
      actor: MO.member,
      action: 'word.add',
      subject,
      before: undefined,
      after: undefined,
    } as const;
    await write({ kind: 'change', entry });
    void start();
    await clock.advance(0);
    expect(texts()).toEqual([compose`${who(MO.member)} forbade “x 5:date <@1> <!channel>” in prompts.`]);
  });

  it('no prompt that was forgotten meanwhile, and nothing of a video that is unknown', async () => {
    const { as, store, clock, write, start, posts } = await begin();
    const { community, member } = ADA;
    await store.generations.insert(makeGeneration({ id: 'g1', community, member, state: 'delivered' }));
    await write({ kind: 'generation', generation: 'g1' });
    await write({ kind: 'generation', generation: 'unknown' });
    await forgetOwn(as({ ...ADA, reply: {} as never }));
    void start();
    await clock.advance(0);
    expect(posts.map(({ card }) => card.prompt)).toEqual([en.cards.forgotten, undefined]);
    expect(posts[1]?.card.title).toBe(en.audit.actions.forget);
    expect(await store.outbox.listWaiting()).toEqual([]);
  });
});

describe('lines come', () => {
  it('in order, soon after they are written, once', async () => {
    const { clock, write, start, texts } = await begin();
    void start();
    for (const member of ['slack:T1/U1', 'slack:T1/U2', 'slack:T1/U3']) await write(refusal(member));
    await clock.advance(2000);
    await write(refusal('slack:T1/U4'));
    await clock.advance(60_000);
    expect(texts()).toEqual(['slack:T1/U1', 'slack:T1/U2', 'slack:T1/U3', 'slack:T1/U4'].map((id) => refused(id)));
  });

  it('in order when there are more than are looked at together', async () => {
    const { clock, write, start, texts } = await begin();
    const members = Array.from({ length: 120 }, (_, index) => `slack:T1/U${index}`);
    for (const member of members) await write(refusal(member));
    void start();
    await expect.poll(() => texts().length).toBe(120);
    await clock.advance(10_000);
    expect(texts()).toEqual(members.map((member) => refused(member)));
  });

  it('again after a wait that grows, while the chat is busy or out of order', async () => {
    const { clock, write, start, state, texts, lines } = await begin();
    state.fail = () => error('unavailable');
    await write(refusal(ADA.member));
    await write(refusal(MIA.member));
    void start();
    await clock.advance(60_000);
    expect(state.tries).toBeGreaterThan(3);
    expect(state.tries).toBeLessThan(8);
    expect(lines.join('')).toContain('trying it again');
    state.fail = () => undefined;
    await clock.advance(90_000);
    expect(texts()).toEqual([refused(ADA.member), refused(MIA.member)]);
  });

  it('no earlier than a busy chat says', async () => {
    const { clock, write, start, state, texts } = await begin();
    state.fail = () => error('busy', 30_000);
    await write(refusal(ADA.member));
    void start();
    await clock.advance(1000);
    state.fail = () => undefined;
    await clock.advance(28_000);
    expect(texts()).toEqual([]);
    await clock.advance(4000);
    expect(texts()).toEqual([refused(ADA.member)]);
  });

  it('in other communities meanwhile', async () => {
    const { as, store, clock, write, start, state, posts } = await begin();
    await setLogChannel(as(ELSEWHERE), 'CLOG9');
    state.fail = (community) => (community === MO.community ? error('unavailable') : undefined);
    await write(refusal(ADA.member));
    await write(refusal(ELSEWHERE.member), ELSEWHERE.community);
    void start();
    await clock.advance(10_000);
    expect(posts.map(({ community, channel }) => [community, channel])).toEqual([
      [ELSEWHERE.community, 'CLOG9'],
      [ELSEWHERE.community, 'CLOG9'],
    ]);
    expect(await store.outbox.listWaiting()).toEqual([MO.community]);
  });

  it('not any more when they are a day old', async () => {
    const { store, clock, start, texts } = await begin();
    const ages = { 'slack:T1/UOLD1': 25 * HOUR_MS, 'slack:T1/UNEW1': 23 * HOUR_MS };
    for (const [member, age] of Object.entries(ages)) {
      await store.outbox.append(MO.community, member, refusal(member), clock.now() - age);
    }
    void start();
    await clock.advance(2000);
    expect(texts()).toEqual([refused('slack:T1/UNEW1')]);
    expect(await store.outbox.listWaiting()).toEqual([]);
  });
});

describe('a channel that takes nothing', () => {
  it.each(['gone', 'invalid'] as const)(
    '(%s) is noted once for the operator, and its lines are not tried again',
    async (kind) => {
      const { store, clock, write, start, state, lines } = await begin();
      state.fail = () => error(kind);
      void start();
      for (const member of ['slack:T1/U1', 'slack:T1/U2', 'slack:T1/U3']) {
        await write(refusal(member));
        await clock.advance(2000);
      }
      await clock.advance(30_000);
      expect(state.tries).toBe(3);
      expect(lines.filter((line) => line.includes('takes no lines'))).toHaveLength(1);
      expect(await store.outbox.listWaiting()).toEqual([]);
    },
  );

  it('does not get the lines behind the one that found it gone', async () => {
    const { clock, write, start, state } = await begin();
    state.fail = () => error('gone');
    for (let index = 0; index < 20; index++) await write(refusal(`slack:T1/U${index}`));
    void start();
    await clock.advance(2000);
    expect(state.tries).toBe(1);
  });

  it('may take lines again later, and is noted again when it does not', async () => {
    const { clock, write, start, state, texts, lines } = await begin();
    void start();
    for (const kind of ['gone', undefined, 'gone'] as const) {
      state.fail = () => kind && error(kind);
      await write(refusal(ADA.member));
      await clock.advance(2000);
    }
    expect(texts()).toHaveLength(1);
    expect(lines.filter((line) => line.includes('takes no lines'))).toHaveLength(2);
  });

  it('as none is chosen any more gets nothing', async () => {
    const { as, store, clock, write, start, posts } = await begin();
    await write(refusal(ADA.member));
    await setLogChannel(as(MO), undefined);
    void start();
    await clock.advance(2000);
    expect(posts).toEqual([]);
    expect(await store.outbox.listWaiting()).toEqual([]);
  });

  it('for a reason of ours is given up after some tries, and holds up nobody', async () => {
    const { clock, write, start, state, texts } = await begin();
    await write(refusal(ADA.member));
    await write(refusal(MIA.member));
    let tries = 0;
    state.fail = () => (tries++ < 6 ? new TypeError('a mistake') : undefined);
    void start();
    await clock.advance(120_000);
    expect(texts()).toEqual([refused(MIA.member)]);
  });
});

it('a line that cannot be noted as posted is not posted again by the same process', async () => {
  const { store, clock, write, start, texts } = await begin();
  await write(refusal(ADA.member));
  const note = store.outbox.notePosted.bind(store.outbox);
  let notes = 0;
  store.outbox.notePosted = async (...args) => {
    notes += 1;
    if (notes < 3) throw new Error('the disk is full');
    await note(...args);
  };
  void start();
  await clock.advance(60_000);
  expect(texts()).toEqual([refused(ADA.member)]);
  expect(await store.outbox.listWaiting()).toEqual([]);
});

it('a stop waits for what is being posted', async () => {
  const { store, clock, write, start, stop, texts } = await begin();
  await write(refusal(ADA.member));
  const done = start();
  await expect.poll(() => texts()).toHaveLength(1);
  stop.abort();
  await done;
  expect(await store.outbox.listWaiting()).toEqual([]);
  await write(refusal(MIA.member));
  await clock.advance(60_000);
  expect(texts()).toHaveLength(1);
});
