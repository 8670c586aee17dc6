import { describe, expect, it } from 'vitest';
import { ModelList } from '../../src/generations/model-list.ts';
import { type ModelNews, ProviderError } from '../../src/providers/provider.ts';
import { VirtualClock } from '../support/clock.ts';
import { recordingLog } from '../support/log.ts';

const HOUR_MS = 3_600_000;

const news = (offered: string[], leaving: ModelNews['leaving'] = {}): ModelNews => ({ offered, leaving, prices: {} });

/** A list at a provider that answers as it is told. */
async function bench(
  options: {
    wanted?: string[];
    kept?: Map<string, unknown>;
    says?: ModelNews | 'nothing';
    leads?: boolean;
    clock?: VirtualClock;
  } = {},
) {
  const { wanted, kept = new Map<string, unknown>(), clock = new VirtualClock() } = options;
  let leads = options.leads ?? true;
  const { log, lines } = recordingLog();
  let says: ModelNews | 'nothing' | undefined = options.says ?? news(['pro', 'pro-fast', '2.0']);
  let asked = 0;
  const models = new ModelList({
    provider: {
      name: 'told',
      async models() {
        asked += 1;
        if (says === 'nothing') throw new ProviderError('unavailable', 'no answer');
        return says;
      },
    },
    keyv: {
      get: async (key: string | string[]) =>
        typeof key === 'string' ? kept.get(key) : key.map((one) => kept.get(one)),
      set: async (key: string, value: unknown) => {
        kept.set(key, value);
        return true;
      },
    } as never,
    leads: async () => leads,
    wanted,
    clock,
    log,
  });
  const stop = new AbortController();
  const ids = () => models.available().map(({ id }) => id);
  return {
    clock,
    lines,
    kept,
    models,
    ids,
    asked: () => asked,
    say(next: ModelNews | 'nothing' | undefined) {
      says = next;
    },
    lead() {
      leads = true;
    },
    die: () => stop.abort(),
    async begin() {
      await models.start();
      void models.keepUp(stop.signal);
      await clock.advance(0);
    },
  };
}

describe('the models that can be used', () => {
  it('are those of the catalogue but for the withdrawn ones, as long as nobody has said anything', async () => {
    const { begin, ids, models } = await bench({ says: 'nothing' });
    await begin();
    expect(ids()).toEqual(['pro', 'pro-fast', '1.5-pro', '2.0', '2.0-fast', '2.0-mini', '2.5']);
    expect(models.isWithdrawn('lite')).toBe(true);
    expect(models.successorOf('lite')?.id).toBe('pro-fast');
  });

  it('are those that the provider offers, and the first is the default', async () => {
    const { begin, ids, say, clock } = await bench({ says: news(['lite', 'pro']) });
    await begin();
    expect(ids()).toEqual(['lite', 'pro']);
    say(news(['pro', '2.0']));
    await clock.advance(6 * HOUR_MS);
    expect(ids()).toEqual(['pro', '2.0']);
  });

  it('are narrowed and ordered by MODELS', async () => {
    const { begin, ids, models } = await bench({ wanted: ['2.0', 'lite', 'pro'] });
    await begin();
    expect(ids()).toEqual(['2.0', 'pro']);
    expect(models.isWithdrawn('lite')).toBe(true);
    expect(models.isWithdrawn('pro-fast')).toBe(false);
  });

  it('are those of the last answer after a start without the provider', async () => {
    const first = await bench({ says: news(['2.0']) });
    await first.begin();
    const second = await bench({ says: 'nothing', kept: first.kept });
    await second.begin();
    expect(second.ids()).toEqual(['2.0']);
  });

  it('are asked for at the start, every six hours, and again soon while there is no answer', async () => {
    const { begin, asked, say, clock } = await bench();
    await begin();
    const atStart = asked();
    await clock.advance(6 * HOUR_MS - 1);
    expect(asked()).toBe(atStart);
    say('nothing');
    await clock.advance(1 + 600_000);
    expect(asked()).toBe(atStart + 3);
  });

  it('are without one that the provider has refused as unknown, whatever its list says, for half an hour', async () => {
    const { begin, ids, models, clock } = await bench({ says: news(['lite', 'pro']) });
    let changes = 0;
    models.onChanged(() => {
      changes += 1;
    });
    await begin();
    const before = changes;
    await models.refused('lite');
    expect(ids()).toEqual(['pro']);
    expect(models.successorOf('lite')?.id).toBe('pro');
    expect(changes).toBe(before + 1);
    await clock.advance(HOUR_MS / 2);
    expect(ids()).toEqual(['lite', 'pro']);
  });
});

describe('the models that several processes can use', () => {
  /** Two of them; the first asks the provider for both. */
  async function pair() {
    const [kept, clock] = [new Map<string, unknown>(), new VirtualClock()];
    const first = await bench({ kept, clock });
    await first.begin();
    const second = await bench({ kept, clock, leads: false });
    await second.begin();
    return { first, second, clock };
  }

  it('are asked for by one of them, and known to all within seconds', async () => {
    const { first, second, clock } = await pair();
    expect(second.asked()).toBe(0);
    expect(second.ids()).toEqual(first.ids());
    first.say(news(['2.0']));
    second.say(news(['2.0']));
    await clock.advance(6 * HOUR_MS + 10_000);
    expect(first.ids()).toEqual(['2.0']);
    expect(second.ids()).toEqual(['2.0']);
    expect(second.asked()).toBe(0);
    expect(second.lines.join()).toContain('the model pro is not offered any more');
  });

  it('are asked for by another one when that one has died', async () => {
    const { first, second, clock } = await pair();
    first.die();
    second.lead();
    await clock.advance(6 * HOUR_MS + 10_000);
    expect(second.asked()).toBe(1);
  });

  it('are without one that the provider has refused to any of them, which the others do not ask about again', async () => {
    const { first, second, clock } = await pair();
    let changes = 0;
    second.models.onChanged(() => {
      changes += 1;
    });
    await first.models.refused('pro');
    const asked = first.asked();
    await clock.advance(10_000);
    expect(second.ids()).toEqual(['pro-fast', '2.0']);
    expect(changes).toBe(1);
    await second.models.refused('pro');
    expect(first.asked() + second.asked()).toBe(asked);
    await clock.advance(HOUR_MS / 2);
    expect(second.ids()).toEqual(['pro', 'pro-fast', '2.0']);
  });

  it('are what the provider says now, though it says the same to this one as last time and told another one otherwise', async () => {
    const { first, second, clock } = await pair();
    second.say(news(['2.0']));
    await clock.advance(1000);
    await second.models.refused('lite');
    await clock.advance(10_000);
    expect(first.ids()).toEqual(['2.0']);
    first.say(undefined);
    await clock.advance(6 * HOUR_MS);
    expect(first.ids()).toEqual(['pro', 'pro-fast', '2.0']);
  });
});

describe('an operator', () => {
  const warnings = (lines: string[]) => lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 40);

  it('reads one line when a model of theirs goes away, with the day and what takes its place', async () => {
    const { begin, lines, clock } = await bench({
      wanted: ['lite', 'pro', 'pro-fast'],
      says: news(['pro', 'pro-fast'], {
        lite: { at: '2026-06-24', successor: 'pro-fast' },
        pro: { at: '2027-01-31', successor: 'pro-fast' },
      }),
    });
    await begin();
    await clock.advance(48 * HOUR_MS);
    expect(warnings(lines).map(({ msg }) => msg)).toEqual([
      'the model lite is not offered any more since 2026-06-24; pro-fast takes its place',
      'the model pro will be withdrawn on 2027-01-31; pro-fast takes its place',
    ]);
  });

  it('reads it of a model that could be used until then, though no models are named; and nothing of one long gone', async () => {
    const { begin, lines, say, clock } = await bench({
      says: news(['pro', '2.0'], { lite: { at: '2026-06-24', successor: 'pro-fast' } }),
    });
    await begin();
    expect(warnings(lines)).toEqual([]);
    say(news(['2.0'], { pro: { at: '2027-01-31', successor: undefined } }));
    await clock.advance(6 * HOUR_MS);
    expect(warnings(lines).map(({ msg }) => msg)).toEqual([
      'the model pro is not offered any more since 2027-01-31; 2.0 takes its place',
    ]);
  });

  it('is told when none is left', async () => {
    const { begin, lines } = await bench({ wanted: ['lite'], says: news(['pro']) });
    await begin();
    expect(lines.join()).toContain('the provider offers none of the models');
  });
});
