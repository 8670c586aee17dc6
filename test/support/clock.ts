import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { pace } from './pace.ts';

/**
 * A clock for tests against real connections: it runs `factor` times as fast as the machine's while this process waits
 * for something, and no faster than that while it works. A process that stands still sees no time pass, so no time-out
 * of the bot's depends on how busy the machine is.
 */
export function fastClock(factor: number): Clock {
  const start = Date.now();
  const begun = pace();
  const now = () => {
    const { waited, worked } = pace();
    return start + Math.floor((waited - begun.waited) * factor + (worked - begun.worked));
  };
  return {
    now,
    async sleep(ms, signal) {
      const end = now() + ms;
      do await systemClock.sleep((end - now()) / factor, signal);
      while (now() < end);
    },
  };
}

/**
 * Like {@link fastClock}, but no faster than the machine's until it is told to be: what is compared with the clock of the
 * machine or of its database has happened by then.
 */
export function quickeningClock(): Clock & { quicken(factor: number): void } {
  let clock = fastClock(1);
  let start = { ours: clock.now(), its: clock.now() };
  const now = () => start.ours + clock.now() - start.its;
  return {
    now,
    async sleep(ms, signal) {
      const end = now() + ms;
      // In parts, so that who sleeps already is quicker from then on, too.
      do await clock.sleep(Math.min(end - now(), QUICKENED_WITHIN_MS), signal);
      while (now() < end);
    },
    quicken(factor) {
      const ours = now();
      clock = fastClock(factor);
      start = { ours, its: clock.now() };
    },
  };
}

const QUICKENED_WITHIN_MS = 100;

/** A clock that runs `factor` times as fast as the machine's from `epoch` (ms) on: the same in every process. */
export function sharedClock(factor: number, epoch: number): Clock {
  return {
    now: () => epoch + (Date.now() - epoch) * factor,
    sleep: (ms, signal) => systemClock.sleep(ms / factor, signal),
  };
}

interface Sleeper {
  at: number;
  wake: () => void;
}

/** A clock that stands still until it is told to go on. */
export class VirtualClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  /** How many sleep at this moment. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper = { at: this.#now + Math.max(ms, 0), wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      });
    });
  }

  /** Lets `ms` pass, waking sleepers in order and giving each time to go on. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    while (true) {
      const next = this.#sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#now = next.at;
      this.#sleepers = this.#sleepers.filter((other) => other !== next);
      next.wake();
      await settle();
    }
    this.#now = end;
  }
}

/** Lets everything that is ready to go on do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
