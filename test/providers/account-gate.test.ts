import { describe, expect, it } from 'vitest';
import { type Mark, ownMark } from '../../src/lib/mark.ts';
import { AccountGate } from '../../src/providers/account-gate.ts';
import { ProviderError } from '../../src/providers/provider.ts';
import { settle, VirtualClock } from '../support/clock.ts';
import { recordingLog } from '../support/log.ts';
import { countingIds } from '../support/marks.ts';
import { errorOf } from './loopback.ts';

const MINUTE_MS = 60_000;

/** A provider with one account, and processes that use it. */
function bench() {
  const clock = new VirtualClock();
  const { log, lines } = recordingLog();
  const mark = ownMark();
  const account = { refused: true, calls: [] as number[] };
  /** A process; `mark` is how it reaches what all share. */
  const start = (reached: Mark = mark) => {
    const events: string[] = [];
    const gate = new AccountGate({
      what: 'submissions',
      mark: reached,
      fresh: true,
      newId: countingIds(),
      clock,
      log,
      changed: () => events.push(gate.isShut() ? 'shut' : 'open'),
      acceptedElsewhere: () => events.push('accepted elsewhere'),
    });
    const call = (answer?: Promise<void>) =>
      gate.run(async () => {
        account.calls.push(clock.now());
        const { refused } = account;
        await answer;
        if (refused) throw new ProviderError('out_of_credit', 'no credit', { answered: true });
        return 'id';
      });
    return { gate, call, events };
  };
  const refusals = () => lines.filter((line) => line.includes('the provider refuses this account'));
  return { clock, mark, account, start, refusals, lines };
}

describe('an account that is refused', () => {
  it('is tried once a minute by all processes together', async () => {
    const { clock, account, start, refusals } = bench();
    const processes = [start(), start(), start()];
    await errorOf(processes[0]?.call() ?? Promise.resolve());
    const ask = async () => {
      for (const { call } of processes) expect(await errorOf(call())).toMatchObject({ kind: expect.any(String) });
    };
    for (let second = 0; second < 600; second++) {
      await ask();
      await clock.advance(1000);
    }
    const apart = account.calls.slice(1).map((at, index) => at - (account.calls[index] ?? 0));
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(MINUTE_MS);
    expect(account.calls.length).toBeGreaterThanOrEqual(9);
    expect(refusals()).toHaveLength(1);
  });

  it('is tried by another process when the one that tried has died, and by that one alone', async () => {
    const { clock, account, start } = bench();
    const [dead, second, third] = [start(), start(), start()];
    await errorOf(dead.call());
    await clock.advance(MINUTE_MS);
    // It has the right to try, and makes nothing of it.
    expect(await dead.gate.ask()).toBe(0);
    await Promise.all([second.gate.hear(), third.gate.hear()]);
    await clock.advance(MINUTE_MS - 1);
    for (const { gate } of [second, third]) expect(await gate.ask()).toBe(1);
    await clock.advance(1);
    const waits = await Promise.all([second.gate.ask(), third.gate.ask()]);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(1);
    expect(account.calls).toHaveLength(1);
  });

  it('and then taken again is taken again for all, whichever process has learnt it', async () => {
    const { clock, account, start } = bench();
    const [first, second] = [start(), start()];
    await errorOf(first.call());
    await second.gate.hear();
    expect(second.gate.isShut()).toBe(true);
    account.refused = false;
    await clock.advance(MINUTE_MS);
    expect(await second.call()).toBe('id');
    expect(second.gate.isShut()).toBe(false);
    await first.gate.hear();
    expect(first.gate.isShut()).toBe(false);
    expect(first.events).toEqual(['shut', 'accepted elsewhere', 'open']);
    expect(await Promise.all([first.call(), second.call()])).toEqual(['id', 'id']);
  });

  it('stays refused when one process was accepted and another one refused since it asked', async () => {
    const { clock, account, start } = bench();
    const [first, second] = [start(), start()];
    const late = Promise.withResolvers<void>();
    const overtaken = errorOf(second.call(late.promise));
    await settle();
    await errorOf(first.call());
    account.refused = false;
    await clock.advance(MINUTE_MS);
    const answered = Promise.withResolvers<void>();
    const tried = first.call(answered.promise);
    await settle();
    late.resolve();
    await overtaken;
    answered.resolve();
    expect(await tried).toBe('id');
    await settle();
    expect([first.gate.isShut(), second.gate.isShut()]).toEqual([true, true]);
    expect(await errorOf(first.call())).toMatchObject({ kind: 'busy' });
  });

  it('holds back what is not sent yet, at once, in this process and in the others', async () => {
    const { account, start } = bench();
    const [first, second] = [start(), start()];
    await errorOf(first.call());
    const held = await Promise.all([first, first, second, second].map(({ call }) => errorOf(call())));
    for (const error of held) expect(error).toMatchObject({ kind: 'busy', retryAfterMs: MINUTE_MS });
    expect(account.calls).toHaveLength(1);
  });

  it('counts as over when nobody has tried for some minutes; the next one tries at once', async () => {
    const { clock, start } = bench();
    const [first, second] = [start(), start()];
    await errorOf(first.call());
    await clock.advance(6 * MINUTE_MS);
    expect(first.gate.isShut()).toBe(false);
    expect(await second.gate.ask()).toBe(0);
    await first.gate.hear();
    expect(first.events).not.toContain('accepted elsewhere');
  });

  it('is known in its own process while the database is away, and to the others when it is back', async () => {
    const { clock, mark, account, start, refusals } = bench();
    let away = true;
    const reach = async <T>(work: () => Promise<T>) => {
      if (away) throw new Error('the database is away');
      return await work();
    };
    const first = start({
      read: () => reach(mark.read),
      replace: (...change) => reach(() => mark.replace(...change)),
    });
    const second = start();
    await errorOf(first.call());
    expect(await errorOf(first.call())).toMatchObject({ kind: 'busy' });
    expect(account.calls).toHaveLength(1);
    away = false;
    await first.gate.hear();
    await second.gate.hear();
    expect(second.gate.isShut()).toBe(true);
    expect(refusals()).toHaveLength(1);
    account.refused = false;
    await clock.advance(MINUTE_MS);
    away = true;
    const taken = first.call();
    expect(await errorOf(taken)).toMatchObject({ kind: 'busy' });
    away = false;
    expect(await first.call()).toBe('id');
  });
});
