import { expect, it } from 'vitest';
import type { Failure } from '../../src/domain/failure.ts';
import { type BackgroundChecksParts, keepChecking } from '../../src/generations/background-checks.ts';
import { ProviderError, type ProviderErrorKind } from '../../src/providers/provider.ts';
import { VirtualClock } from '../support/clock.ts';
import { openFreshStore } from '../support/fresh-database.ts';
import { makeGeneration } from '../support/generations.ts';
import { recordingLog } from '../support/log.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** One check of a generation that ended so long ago, at a provider that refuses to answer. */
async function check(ago: number, kind: ProviderErrorKind, changes: { failure: Failure; providerId?: string }) {
  const store = await openFreshStore();
  const clock = new VirtualClock();
  const finishedAt = clock.now() - ago;
  const checkAt = clock.now();
  await store.generations.insert(makeGeneration({ state: 'failed', createdAt: finishedAt, ...changes }));
  await store.generations.note('g1', { finishedAt, checkAt, ...changes });
  await store.generations.noteCheck('g1', 2, checkAt);
  const stop = new AbortController();
  const refuse = async () => {
    // Enough is begun for the round to end with its note.
    if (changes.providerId !== undefined) stop.abort();
    throw new ProviderError(kind, 'not now');
  };
  const lost = { next: refuse } as unknown as BackgroundChecksParts['lost'];
  const provider = { poll: refuse, timeAt: () => undefined };
  const parts = { store, provider, lost, clock, log: recordingLog().log } as unknown as BackgroundChecksParts;
  const done = keepChecking(parts, stop.signal);
  await expect.poll(async () => (await store.generations.find('g1'))?.checkAt).not.toBe(checkAt);
  stop.abort();
  await done;
  const after = await store.generations.find('g1');
  return { checks: after?.checks, in: after?.checkAt && after.checkAt - clock.now() };
}

const lost = { failure: { code: 'submission_lost', params: {} } } as const;
const slow = { failure: { code: 'timed_out', params: { minutes: 16 } }, providerId: 'p1' } as const;

it.each([
  ['of the log', 'unavailable', lost],
  ['of the log, as the account is refused,', 'unauthorised', lost],
  ['of a generation', 'unavailable', slow],
] as const)('a check %s that gets no answer does not count, and is repeated for a week', async (_, kind, changes) => {
  expect(await check(6 * DAY_MS, kind, changes)).toEqual({ checks: 2, in: 5 * MINUTE_MS });
  expect(await check(7 * DAY_MS - MINUTE_MS, kind, changes)).toEqual({ checks: 2, in: undefined });
});
