import type { Clock } from '../clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { Failure } from '../errors.ts';
import { holdAgain, type Limits } from '../limits/admission.ts';
import type { Log } from '../log.ts';
import { type Provider, ProviderError, type ProviderState } from '../providers/provider.ts';
import type { Replies } from '../replies/replies.ts';
import type { Store } from '../store/store.ts';
import { end } from './ends.ts';
import type { Generation } from './generation.ts';
import { workOf } from './running.ts';
import { providerFailure } from './steps/poll.ts';

/** What a check works with. */
export interface LateParts {
  store: Pick<Store, 'transaction'>;
  provider: Pick<Provider, 'poll'>;
  engine: Pick<Engine, 'add' | 'enqueue'>;
  replies: Pick<Replies, 'show'>;
  limits: Pick<Limits, 'quota'>;
  clock: Clock;
  log: Log;
}

/** What a check of a timed-out generation found. */
export type CheckResult = 'found' | 'pending' | 'failed';

const PENDING = { status: 'pending' } as const;
const NOT_FOUND = { status: 'not found' } as const;

/**
 * Asks the provider once more about a generation that took too long; a video that is there now is delivered, for the
 * credits that had gone back, as far as they are left.
 * @param roles the platform's own ids of the member's roles, as they are now.
 */
export async function checkLate(
  { store, provider, engine, replies, limits, clock, log }: LateParts,
  generation: Generation,
  roles: readonly string[],
): Promise<CheckResult> {
  const { id } = generation;
  const state = await provider.poll(generation.providerId ?? '').catch((error: unknown) => {
    if (!(error instanceof ProviderError)) throw error;
    log.warn({ err: error, generation: id }, 'could not check a generation again');
    return error.kind === 'not_found' ? NOT_FOUND : PENDING;
  });
  if (state.status === 'pending') return 'pending';
  const now = clock.now();
  const moved = await store.transaction(async (repositories) => {
    if (state.status !== 'completed') {
      const note = { failure: failureOf(state), finishedAt: now };
      return await end(repositories, generation, 'timed_out', 'failed', note);
    }
    const late = { videoUrl: state.url, readyAt: now };
    const found = await repositories.generations.move(id, 'timed_out', 'delivering', late);
    if (!found) return undefined;
    await holdAgain(repositories, found, roles, limits.quota, now);
    await engine.enqueue(repositories, workOf(found));
    return found;
  });
  if (moved) await replies.show(moved);
  if (state.status !== 'completed') return 'failed';
  if (moved) engine.add(workOf(moved));
  return 'found';
}

function failureOf(state: Exclude<ProviderState, { status: 'completed' | 'pending' }> | typeof NOT_FOUND): Failure {
  return state.status === 'error' ? providerFailure(state) : { code: 'generation_lost', params: {} };
}
