import { describe, expect, it } from 'vitest';
import { LostRequests } from '../../src/generations/lost-requests.ts';
import { type Mark, ownMark } from '../../src/lib/mark.ts';
import { ProviderError, type Trace } from '../../src/providers/provider.ts';
import { settle, VirtualClock } from '../support/clock.ts';
import { recordingLog } from '../support/log.ts';
import { countingIds } from '../support/marks.ts';

/**
 * A log of requests that takes so many pages a look, and what was asked of it.
 * @param mark what this process shares with others, which have the same clock.
 */
function bench(pages = 1, mark: Mark = ownMark(), clock = new VirtualClock()) {
  const looks: string[][] = [];
  const requests: number[] = [];
  const log = new Map<string, Trace>();
  let broken = false;
  let turn = 0;
  const lost = new LostRequests({
    provider: {
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
    mark,
    newId: countingIds(),
    clock,
    // Not the same each time, or of several processes always the same one would go first.
    random: () => (turn++ * 0.37) % 1,
    log: recordingLog().log,
  });
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

  it('of several processes are looked for at most 20 times a minute by all of them, and by each', async () => {
    const [mark, clock] = [ownMark(), new VirtualClock()];
    const processes = [1, 2, 3].map(() => bench(2, mark, clock));
    const stop = new AbortController();
    const looking = processes.map(async ({ lost }, index) => {
      while (!stop.signal.aborted) {
        await lost.next(`r${index}`, 0, stop.signal).catch(() => undefined);
        await clock.sleep(1000, stop.signal).catch(() => undefined);
      }
    });
    await clock.advance(5 * 60_000);
    const sent = processes.flatMap(({ requests }) => requests).sort((one, other) => one - other);
    expect(sent.length).toBeGreaterThan(5 * 12);
    expect(Math.min(...sent.slice(1).map((at, index) => at - (sent[index] ?? 0)))).toBeGreaterThanOrEqual(3000);
    for (const { looks } of processes) expect(looks.length).toBeGreaterThan(3);
    stop.abort();
    await Promise.all(looking);
  });

  it('are looked for though the database cannot say what the others do, and no more often by that', async () => {
    const away = async () => {
      throw new Error('the database is away');
    };
    const { clock, requests, lost } = bench(3, { read: away, replace: away });
    const looked = lost.next('a', 0);
    await clock.advance(60_000);
    expect(await looked).toBeUndefined();
    expect((requests[2] ?? 0) - (requests[0] ?? 0)).toBeGreaterThanOrEqual(6000);
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
