import { describe, expect, it } from 'vitest';
import { every, waitAfter } from '../../src/lib/retry.ts';
import { VirtualClock } from '../support/clock.ts';

describe('the wait after failures', () => {
  const waits = { firstMs: 1000, longestMs: 5000 };

  it('doubles up to the longest', () => {
    expect([1, 2, 3, 4, 5000].map((failures) => waitAfter(failures, waits))).toEqual([1000, 2000, 4000, 5000, 5000]);
  });

  it('is never less than what was asked for', () => {
    expect(waitAfter(1, waits, 1500)).toBe(1500);
    expect(waitAfter(1, waits, 10)).toBe(1000);
  });
});

describe('what is done again and again', () => {
  it('goes on after a failure, and ends with the signal', async () => {
    const clock = new VirtualClock(0);
    const stop = new AbortController();
    const times: number[] = [];
    const failures: unknown[] = [];
    const work = async () => {
      times.push(clock.now());
      if (times.length === 2) throw new Error('once');
      if (times.length === 3) stop.abort();
    };
    const done = every(1000, work, { clock, signal: stop.signal, failed: (error) => failures.push(error) });
    await clock.advance(5000);
    await done;
    expect(times).toEqual([0, 1000, 2000]);
    expect(failures).toEqual([new Error('once')]);
  });

  it('says nothing of a failure that comes of the end itself', async () => {
    const stop = new AbortController();
    const work = async () => {
      stop.abort();
      throw new Error('broken off');
    };
    const failed = () => expect.unreachable('the end is no failure');
    await every(1000, work, { clock: new VirtualClock(0), signal: stop.signal, failed });
  });
});
