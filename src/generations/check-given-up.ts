import { type Generation, isForgotten } from '../domain/generation.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { type Provider, ProviderError, type ProviderState } from '../providers/provider.ts';
import { type Engine, workOf } from '../queue/engine.ts';
import { holdAgain, type Limits } from '../quotas/admission.ts';
import type { DataStore } from '../store/repositories.ts';
import { end } from './end-generation.ts';
import { jobOf, providerFailure } from './job.ts';
import type { ReplyPort } from './ports.ts';

/** Dependencies of `checkGivenUp`. */
export interface CheckParts {
  store: Pick<DataStore, 'transaction'>;
  provider: Pick<Provider, 'poll'>;
  engine: Pick<Engine, 'add' | 'enqueue'>;
  replies: ReplyPort;
  limits: Pick<Limits, 'quota'>;
  /** As in `PipelineParts`. */
  spent: (model: string, usd: number) => void;
  clock: Clock;
  log: Log;
}

/** Outcome of a check on a generation that was given up. */
export type CheckResult = 'found' | 'pending' | 'failed' | 'unanswered';

const UNANSWERED = { status: 'unanswered' } as const;
const NOT_FOUND = { status: 'not found' } as const;

/**
 * Asks the provider once more about a generation that was given up; a video that is there now is delivered, for the
 * credits that had gone back, as far as they are left.
 * @param roles the platform's own ids of the member's roles, as they are now.
 */
export async function checkGivenUp(
  { store, provider, engine, replies, limits, spent, clock, log }: CheckParts,
  generation: Generation,
  roles: readonly string[],
): Promise<CheckResult> {
  const { id, state: from, providerId } = generation;
  if (providerId === undefined) return 'pending';
  const state = await provider.poll(jobOf(generation, providerId)).catch((error: unknown) => {
    if (!(error instanceof ProviderError)) throw error;
    log.warn({ err: error, generation: id }, 'could not check a generation again');
    return error.kind === 'not_found' ? NOT_FOUND : UNANSWERED;
  });
  if (state.status === 'unanswered') return 'unanswered';
  if (state.status === 'pending' || state.status === 'missing' || state.status === 'not found') return 'pending';
  const now = clock.now();
  const moved = await store.transaction(async (repositories) => {
    // Its member may have had it forgotten while the provider was asked.
    const current = await repositories.generations.find(id);
    if (!current || isForgotten(current)) return undefined;
    if (state.status !== 'completed') {
      await repositories.generations.note(id, { checkAt: null });
      if (from !== 'timed_out') return undefined;
      return await end(repositories, generation, from, 'failed', { failure: providerFailure(state), finishedAt: now });
    }
    const found = await repositories.generations.move(id, from, 'delivering', lateNote(state, now));
    if (!found) return undefined;
    await holdAgain(repositories, found, roles, limits.quota, now);
    await engine.enqueue(repositories, workOf(found));
    return found;
  });
  if (moved) await replies.show(moved);
  if (state.status !== 'completed') return 'failed';
  if (moved) engine.add(workOf(moved));
  if (moved && state.usage?.usd !== undefined) spent(moved.request.model, state.usage.usd);
  return 'found';
}

function lateNote({ url, usage }: Extract<ProviderState, { status: 'completed' }>, now: number) {
  return {
    videoUrl: url,
    readyAt: now,
    usd: usage?.usd,
    providerCredits: usage?.credits,
    failure: null,
    late: true,
    checkAt: null,
  };
}
