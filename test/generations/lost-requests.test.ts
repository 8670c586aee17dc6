import { describe, expect, it } from 'vitest';
import { LostRequests } from '../../src/generations/lost-requests.ts';
import { ProviderError, type Trace } from '../../src/providers/provider.ts';
import { settle, VirtualClock } from '../support/clock.ts';

/** A log of requests that takes so many pages a look, and what was asked of it. */
function bench(pages = 1) {
  const clock = new VirtualClock();
  const looks: string[][] = [];
  const requests: number[] = [];
  const log = new Map<string, Trace>();
  let broken = false;
  const lost = new LostRequests(
    {
      async find(since, paced = async () => {}) {
        looks.push([...since.keys()]);
        for (let page = 0; page < pages; page++) {
          await paced();
          requests.push(clock.now());
        }
        if (broken) throw new ProviderError('unavailable', 'no answer');
        return log;
      },
    },
    clock,
  );
  return {
    clock,
    looks,
    requests,
    log,
    lost,
    setBroken(next: boolean) {
      broken = next;
    },
  };
}

describe('lost requests', () => {
  it('are looked for together, at most 20 requests a minute for a hundred of them', async () => {
    const { clock, looks, requests, lost } = bench(2);
    const stop = new AbortController();
    const looking = Array.from({ length: 100 }, async (_, index) => {
      while (!stop.signal.aborted) {
        await lost.next(`r${index}`, 0, stop.signal).catch(() => undefined);
        await clock.sleep(5000, stop.signal).catch(() => undefined);
      }
    });
    await clock.advance(60_000);
    const sent = requests.filter((at) => at < clock.now()).length;
    expect(sent).toBeLessThanOrEqual(20);
    expect(looks.length).toBeGreaterThan(3);
    expect(looks[1]).toHaveLength(100);
    stop.abort();
    await Promise.all(looking);
  });

  it('are told what the next look finds, each its own', async () => {
    const { clock, log, lost } = bench();
    log.set('a', { accepted: 'id of a', failed: 0 });
    log.set('b', { accepted: undefined, failed: 1 });
    const found = Promise.all(['a', 'b', 'c'].map((id) => lost.next(id, 0)));
    await clock.advance(10_000);
    expect(await found).toEqual([{ accepted: 'id of a', failed: 0 }, { accepted: undefined, failed: 1 }, undefined]);
  });

  it('that were sent far apart are looked for apart, so that an old one does not make the look wide', async () => {
    const { clock, looks, lost } = bench();
    const now = clock.now();
    const all = Promise.all([
      lost.next('old', now - 20 * 3_600_000),
      lost.next('new', now - 1000),
      lost.next('newer', now),
    ]);
    await clock.advance(60_000);
    await all;
    expect(looks).toEqual([['newer', 'new'], ['old']]);
  });

  it('are told when the log could not be read, and can be looked for again', async () => {
    const { clock, lost, setBroken } = bench();
    setBroken(true);
    const failed = lost.next('a', 0).catch((error: unknown) => error);
    await clock.advance(10_000);
    expect(await failed).toMatchObject({ kind: 'unavailable' });
    setBroken(false);
    const again = lost.next('a', 0);
    await clock.advance(10_000);
    expect(await again).toBeUndefined();
  });

  it('are not looked for any more once nobody waits', async () => {
    const { clock, looks, lost } = bench();
    const stop = new AbortController();
    const first = lost.next('a', 0);
    const second = lost.next('b', 0, stop.signal).catch((error: unknown) => error);
    await settle();
    stop.abort(new Error('stopped'));
    expect(await second).toMatchObject({ message: 'stopped' });
    await clock.advance(60_000);
    await first;
    expect(looks.flat()).not.toContain('b');
    expect(looks).toHaveLength(1);
  });
});
