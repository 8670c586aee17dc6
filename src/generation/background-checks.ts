import { ProviderError } from '../providers/provider.ts';
import type { Store } from '../store/store.ts';
import { nextCheckAt } from './check-times.ts';
import type { Generation } from './generation.ts';
import { checkLate, type LateParts } from './late.ts';
import type { LostRequests } from './lost-requests.ts';

/** How often it is looked whether something is due, in ms; whoever does it for all goes on a little longer. */
const EVERY_MS = 15_000;
const LEAD_MS = 2 * EVERY_MS;
/** At most so many at once, one after the other: they are in no hurry. */
const BATCH = 50;

/** What background checks work with. */
export interface BackgroundChecksParts extends LateParts {
  store: Store;
  lost: LostRequests;
}

/**
 * Looks for what was given up though it may have been paid for: after 5, 15 and 60 minutes and every three hours for a
 * day, until the signal aborts. What turns up is delivered.
 */
export async function keepChecking(parts: BackgroundChecksParts, signal: AbortSignal): Promise<void> {
  const { store, clock, log } = parts;
  while (!signal.aborted) {
    await store
      .leads('background checks', LEAD_MS)
      .then((leads) => (leads ? checkDue(parts, signal) : undefined))
      .catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'the background checks failed');
      });
    await clock.sleep(EVERY_MS, signal).catch(() => {});
  }
}

async function checkDue(parts: BackgroundChecksParts, signal: AbortSignal): Promise<void> {
  const due = await parts.store.generations.listToCheck(parts.clock.now(), BATCH);
  await Promise.all(due.filter(({ providerId }) => providerId === undefined).map((one) => lookFor(parts, one, signal)));
  for (const generation of await parts.store.generations.listToCheck(parts.clock.now(), BATCH)) {
    if (signal.aborted) return;
    await check(parts, generation);
  }
}

/** One that counts as never sent: the log of requests may know it by now. */
async function lookFor({ store, lost, log }: BackgroundChecksParts, generation: Generation, signal: AbortSignal) {
  const { id, submittedAt, createdAt } = generation;
  try {
    const trace = await lost.next(id, submittedAt ?? createdAt, signal);
    if (trace?.accepted === undefined) return;
    log.warn({ generation: id, providerId: trace.accepted }, 'a submission that counted as lost had arrived');
    await store.generations.note(id, { providerId: trace.accepted });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.warn({ err: error, generation: id }, 'could not look for a lost submission');
  }
}

async function check(parts: BackgroundChecksParts, generation: Generation): Promise<void> {
  const { store, clock, log } = parts;
  const { id, failure, finishedAt, createdAt, checks } = generation;
  const result = await checkLate(parts, generation, generation.roles);
  if (result === 'found') log.info({ generation: id }, 'a video that counted as lost turned up; it is delivered');
  if (result !== 'pending') return;
  const endedAt = finishedAt ?? createdAt;
  let done = checks + 1;
  let checkAt = nextCheckAt(failure, endedAt, done);
  // A stop of some hours skips the checks that fell into it.
  while (checkAt !== null && checkAt <= clock.now()) checkAt = nextCheckAt(failure, endedAt, ++done);
  await store.generations.note(id, { checks: done, checkAt });
}
