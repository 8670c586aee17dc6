import type { Generation } from '../domain/generation.ts';
import { every } from '../lib/retry.ts';
import { ProviderError, type WholeProvider } from '../providers/provider.ts';
import type { DataStore } from '../store/repositories.ts';
import { type CheckParts, checkGivenUp } from './check-given-up.ts';
import { checkAgainAt, nextCheckAt } from './check-times.ts';
import type { LostRequests } from './lost-requests.ts';
import { sentMoments, WIDE_MS } from './sent-moments.ts';

/** Interval between two rounds of checks, in ms; the process that makes them for all keeps that right a little longer. */
const EVERY_MS = 15_000;
const LEAD_MS = 2 * EVERY_MS;
/** Most checks in a round, one after the other: they are in no hurry. */
const BATCH = 50;

/** Dependencies of the background checks. */
export interface BackgroundChecksParts extends CheckParts {
  store: DataStore;
  provider: Pick<WholeProvider, 'poll' | 'timeAt'>;
  lost: LostRequests;
}

/**
 * Checks generations that were given up but may be paid for: after 5, 15 and 60 minutes and every three hours for a
 * day, until the signal aborts. Videos that turn up are delivered. Checks without an answer are repeated for a week.
 */
export async function keepChecking(parts: BackgroundChecksParts, signal: AbortSignal): Promise<void> {
  const { store, clock, log } = parts;
  const failed = (error: unknown) => log.error({ err: error }, 'the background checks failed');
  const work = async () => {
    if (await store.leads('background checks', LEAD_MS)) await checkDue(parts, signal);
  };
  await every(EVERY_MS, work, { clock, signal, failed });
}

async function checkDue(parts: BackgroundChecksParts, signal: AbortSignal): Promise<void> {
  const { store, clock, log } = parts;
  const due = await store.generations.listToCheck(clock.now(), BATCH);
  const unread = new Set<string>();
  const lost = due.filter(({ providerId }) => providerId === undefined);
  await Promise.all(lost.map(async (one) => !(await lookFor(parts, one, signal)) && unread.add(one.id)));
  for (const { id, finishedAt, createdAt } of due) {
    if (signal.aborted) return;
    // A failed check must not hold up the others.
    await check(parts, id, unread.has(id)).catch(async (error: unknown) => {
      log.error({ err: error, generation: id }, 'a background check went wrong');
      await store.generations.note(id, { checkAt: checkAgainAt(finishedAt ?? createdAt, clock.now()) });
    });
  }
}

/** Checks a request that counts as never sent: the log may have it by now. @returns whether that was an answer. */
async function lookFor(
  { store, lost, provider, clock, log }: BackgroundChecksParts,
  generation: Generation,
  signal: AbortSignal,
): Promise<boolean> {
  const { id } = generation;
  const now = clock.now();
  try {
    const moments = sentMoments(generation, provider, now);
    const looks = [0, WIDE_MS].flatMap((wideMs) => moments.map((moment) => ({ moment, wideMs })));
    for (const { moment, wideMs } of looks) {
      const trace = await lost.next(id, moment, signal, wideMs);
      if (trace?.accepted === undefined) continue;
      log.warn({ generation: id, providerId: trace.accepted }, 'a submission that counted as lost had arrived');
      await store.generations.note(id, { providerId: trace.accepted });
      break;
    }
    return true;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.warn({ err: error, generation: id }, 'could not look for a lost submission');
    return error.lasting;
  }
}

/** @param unread the log of requests could not be read, so nothing was learnt of one without an id. */
async function check(parts: BackgroundChecksParts, id: string, unread: boolean): Promise<void> {
  const { store, clock, log } = parts;
  const generation = await store.generations.find(id);
  if (generation?.checkAt === undefined) return;
  const { failure, finishedAt, createdAt, checks } = generation;
  const result = unread ? 'unanswered' : await checkGivenUp(parts, generation, generation.roles);
  if (result === 'found') log.info({ generation: id }, 'a video that counted as lost turned up; it is delivered');
  const endedAt = finishedAt ?? createdAt;
  // Only answers count: being cut off uses up no check.
  if (result === 'unanswered') await store.generations.noteCheck(id, checks, checkAgainAt(endedAt, clock.now()));
  if (result !== 'pending') return;
  let done = checks + 1;
  let checkAt = nextCheckAt(failure, endedAt, done);
  // Downtime of some hours skips the checks that were due meanwhile.
  while (checkAt !== null && checkAt <= clock.now()) checkAt = nextCheckAt(failure, endedAt, ++done);
  await store.generations.noteCheck(id, done, checkAt);
}
