import { WebAPIRateLimitedError } from '@slack/web-api';
import { expect, test } from 'vitest';
import { PostingPace, SLACK_PACE } from '../../../src/platforms/slack/paced.ts';
import { settle, VirtualClock } from '../../support/clock.ts';

/** A pace on a clock that stands still, with what was made of it. */
function setUp(options = { burst: 1, intervalMs: 1_000 }) {
  const clock = new VirtualClock(0);
  const pace = new PostingPace(options, clock);
  const made: string[] = [];
  const edit = (key: string, what = key, urgent = false) =>
    pace.run(key, urgent, async () => {
      made.push(what);
    });
  return { clock, pace, made, edit };
}

test('never more than 50 in any minute, whenever it begins', async () => {
  const { clock, pace } = setUp(SLACK_PACE);
  const times: number[] = [];
  for (let index = 0; index < 200; index++) {
    void pace.run(`r${index}`, false, async () => {
      times.push(clock.now());
    });
  }
  await clock.advance(400_000);
  expect(times).toHaveLength(200);
  for (const start of times) {
    expect(times.filter((time) => time >= start && time < start + 60_000).length).toBeLessThanOrEqual(50);
  }
});

test('each reply has its turn, and shows its latest state then', async () => {
  const { clock, made, edit } = setUp();
  void edit('a', 'a1');
  await settle();
  for (const what of ['a2', 'a3', 'a4']) void edit('a', what);
  void edit('b', 'b1');
  void edit('c', 'c1');
  await clock.advance(5_000);
  expect(made).toEqual(['a1', 'b1', 'c1', 'a4']);
});

test('an edit waits until the one before it of the same reply was answered', async () => {
  const { clock, pace, made, edit } = setUp({ burst: 5, intervalMs: 10 });
  const answered = Promise.withResolvers<void>();
  void pace.run('a', false, () => answered.promise);
  void edit('a', 'a, later');
  void edit('b');
  await clock.advance(1_000);
  expect(made).toEqual(['b']);
  answered.resolve();
  await clock.advance(1_000);
  expect(made).toEqual(['b', 'a, later']);
});

test('last words go before progress', async () => {
  const { clock, made, edit } = setUp();
  void edit('a');
  await settle();
  void edit('b');
  void edit('c', 'c, the last', true);
  await clock.advance(5_000);
  expect(made).toEqual(['a', 'c, the last', 'b']);
});

test('an edit that a newer one replaced is made as well, for whoever waits for it', async () => {
  const { clock, edit } = setUp();
  void edit('a');
  await settle();
  const both = Promise.all([edit('b', 'b1'), edit('b', 'b2')]);
  await clock.advance(2_000);
  await both;
});

test('"too fast" stops all of the workspace for as long as Slack says', async () => {
  const { clock, pace, made, edit } = setUp({ burst: 5, intervalMs: 10 });
  let refused = 0;
  const first = pace.run('a', false, async () => {
    refused += 1;
    if (refused === 1) throw new WebAPIRateLimitedError(30);
    made.push('a');
  });
  await settle();
  void edit('b');
  await clock.advance(29_000);
  expect(made).toEqual([]);
  await clock.advance(2_000);
  expect(made).toEqual(['a', 'b']);
  await first;
});

test('"too fast" without end is handed back to the caller', async () => {
  const { clock, pace } = setUp({ burst: 5, intervalMs: 10 });
  const edit = pace.run('a', false, async () => {
    throw new WebAPIRateLimitedError(1);
  });
  const failure = edit.catch((error: unknown) => error);
  await clock.advance(60_000);
  expect(await failure).toMatchObject({ retryAfter: 1 });
});

test('a caller who gives up is not made to wait', async () => {
  const { pace, edit } = setUp();
  void edit('a');
  const giveUp = new AbortController();
  const waiting = pace.run('b', false, async () => {}, giveUp.signal);
  giveUp.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});

test('closing ends what waits', async () => {
  const { pace, edit } = setUp();
  void edit('a');
  const waiting = edit('b');
  pace.close();
  await expect(waiting).rejects.toThrow();
});
