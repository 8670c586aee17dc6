import { describe, expect, it } from 'vitest';
import { PauseWatch } from '../../src/providers/pause-watch.ts';
import type { Pause } from '../../src/providers/provider.ts';
import { settle, VirtualClock } from '../support/clock.ts';

/** What several processes share. */
function shared() {
  const clock = new VirtualClock();
  const values = new Map<string, { value: unknown; until: number }>();
  const keyv = {
    get: async (key: string) => {
      const entry = values.get(key);
      return entry && entry.until > clock.now() ? entry.value : undefined;
    },
    set: async (key: string, value: unknown, ttl = Number.POSITIVE_INFINITY) => {
      values.set(key, { value, until: clock.now() + ttl });
      return true;
    },
    delete: async (key: string) => values.delete(key),
  };
  return { clock, keyv: keyv as never };
}

/** A process whose provider is paused as it is told. */
function processOf({ clock, keyv }: ReturnType<typeof shared>, isShared = true) {
  let pause: Pause | undefined;
  let changed = () => {};
  const watch = new PauseWatch({
    provider: {
      paused: () => pause,
      onPauseChanged(listener) {
        changed = listener;
      },
    },
    keyv,
    shared: isShared,
    clock,
  });
  return {
    watch,
    async become(next: Pause | undefined) {
      pause = next;
      changed();
      await settle();
    },
  };
}

describe('why nothing is sent', () => {
  it('is known at once in the process that learns it, which calls back', async () => {
    const { watch, become } = processOf(shared(), false);
    let calls = 0;
    watch.onChanged(() => {
      calls += 1;
    });
    expect(await watch.reason()).toBeUndefined();
    await become('provider busy');
    expect(await watch.reason()).toBe('provider busy');
    await become(undefined);
    expect(await watch.reason()).toBeUndefined();
    expect(calls).toBe(2);
  });

  it('is told to the other processes when it is the account, and taken back', async () => {
    const all = shared();
    const worker = processOf(all);
    const bot = processOf(all);
    expect(await bot.watch.reason()).toBeUndefined();
    await worker.become('account');
    await all.clock.advance(2001);
    expect(await bot.watch.reason()).toBe('account');
    await worker.become(undefined);
    await all.clock.advance(2001);
    expect(await bot.watch.reason()).toBeUndefined();
  });

  it('is forgotten when the process that told it is gone, and told anew while it lives', async () => {
    const all = shared();
    const worker = processOf(all);
    const bot = processOf(all);
    await worker.become('account');
    for (let minute = 0; minute < 10; minute++) {
      await all.clock.advance(60_001);
      await worker.watch.reason();
      expect(await bot.watch.reason()).toBe('account');
    }
    await all.clock.advance(200_000);
    expect(await bot.watch.reason()).toBeUndefined();
  });

  it('is each process’s own matter when the provider is only busy', async () => {
    const all = shared();
    const worker = processOf(all);
    const bot = processOf(all);
    await worker.become('provider busy');
    await all.clock.advance(2001);
    expect(await bot.watch.reason()).toBeUndefined();
  });
});
