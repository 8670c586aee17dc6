import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { heapUsed } from '../fuzz/support.ts';
import { startFake } from '../platforms/discord/bench.ts';
import { inDiscord, startHouse } from '../support/house.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';

const ROOM = 8;
const FLOOD = 60;

describe('more requests than there is room for', () => {
  it('are refused with a word; the others are made in their order, health answers, memory is bounded', async () => {
    // How fast a machine acknowledges so many at once is for the benchmarks to say.
    const fake = await startFake({ acknowledgeMs: PATIENCE_MS });
    const { sandbox, url, lines } = await startHouse({
      settings: { ...inDiscord(fake), TOTAL_QUEUE: String(ROOM), PROVIDER_CONCURRENCY: '1' },
      sandbox: { durationMs: 2_000 },
      speed: 40,
    });
    let answered = 0;
    const flood = async (name: string) => {
      const handles = Array.from({ length: FLOOD }, (_, index) =>
        fake.slash({
          name: 'video',
          options: { prompt: `${name} ${index}` },
          userId: String(10n ** 17n + BigInt(index)),
        }),
      );
      const words = handles.map(async (handle) => {
        const card = await Promise.any([
          handle.reply(({ embeds }) => embeds[0]?.title === TITLES.delivered),
          handle.followUp(),
        ]);
        answered += 1;
        return card.embeds[0]?.description ?? '';
      });
      let over = false;
      const all = Promise.all(words).finally(() => {
        over = true;
      });
      all.catch(() => {});
      let healthy = 0;
      while (answered < FLOOD - ROOM && !over) {
        expect((await fetch(`${url}/healthz`)).status).toBe(200);
        if (answered < FLOOD - ROOM) healthy += 1;
        await systemClock.sleep(10);
      }
      // It was not in line behind them.
      expect(healthy).toBeGreaterThan(0);
      const texts = await all;
      answered = 0;
      return texts.filter((text) => text === en.errors.too_many_waiting);
    };
    expect(await flood('first')).toHaveLength(FLOOD - ROOM);
    const accepted = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'a request was accepted');
    expect(accepted).toHaveLength(ROOM);
    expect(sandbox.requests.map(({ clientRequestId }) => clientRequestId)).toEqual(
      accepted.map(({ generation }) => generation),
    );
    const before = heapUsed();
    await flood('second');
    // What grows is the fake's own memory of all that it was told.
    expect(heapUsed() - before).toBeLessThan(40 * 1024 * 1024);
  });
});
