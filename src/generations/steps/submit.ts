import type { Failure } from '../../domain/failure.ts';
import type { Generation } from '../../domain/generation.ts';
import { around } from '../../lib/fault-points.ts';
import { waitAfter } from '../../lib/retry.ts';
import { ACCOUNT_KINDS, ProviderError, type ProviderErrorKind } from '../../providers/provider.ts';
import { AnsweredTime } from '../answered-time.ts';
import { settledBy } from '../sent-moments.ts';
import { lookForSubmission } from './look.ts';
import type { Steps } from './steps.ts';

/** The wait after a first refusal, in ms; it doubles up to the longest, and the provider's own word goes before. */
const WAITS = { firstMs: 2000, longestMs: 60_000 };

/** While the account is refused, it is asked this often whether it still is, in ms. */
const ASK_AGAIN_MS = 5000;

/** The wait after a first failed attempt to write something down, in ms, and the longest. */
const WRITE_WAITS = { firstMs: 250, longestMs: 10_000 };
/** Time after a stop to keep trying to store an id, in ms; the provider's log of requests has it anyway. */
const LAST_WRITES_MS = 5000;

/** Account refusals after which the request itself is at fault, if others were accepted in between. */
const MOST_ACCOUNT_REFUSALS = 3;

/** Refusals after which the very same request may be sent again, as nothing was accepted. */
const REPEATABLE: readonly ProviderErrorKind[] = ['busy', 'unavailable', ...ACCOUNT_KINDS];

/**
 * `queued` → the provider. `submitting` is stored before the request goes out, so that after a crash the request is
 * looked for, never sent again.
 */
export async function submit(generation: Generation, steps: Steps): Promise<Generation> {
  const { store, provider, clock, signal, log, timeoutMs } = steps;
  const refusedFor = new AnsweredTime(clock.now(), 2 * WAITS.longestMs);
  let queued = generation;
  let accountRefusals = 0;
  let refusedAt = clock.now();
  for (let attempt = 1; ; attempt++) {
    await waitForProvider(queued, steps);
    signal.throwIfAborted();
    const submitting = await begin(queued, steps);
    // Cancelled meanwhile, or another run of the same generation is about to send it: that must not happen twice.
    if (!submitting) return (await store.generations.find(queued.id)) ?? queued;
    let providerId: string;
    try {
      const { request, id: clientRequestId, route = '' } = submitting;
      providerId = await around('POST', () => provider.submit({ request, clientRequestId, route }, signal));
    } catch (error) {
      if (!(error instanceof ProviderError)) {
        // An abort that came before anything was sent: the next start may send it.
        if (signal.aborted && error === signal.reason) await steps.move(submitting, 'queued', unsent(queued));
        throw error;
      }
      log.warn({ err: error, generation: submitting.id }, 'the provider did not take a generation');
      if (error.kind === 'ambiguous') return await lookForSubmission(submitting, steps, error);
      const settledAt = settledBy(provider, clock.now());
      if (error.kind === 'model_withdrawn') return await steps.replaceModel(submitting, settledAt);
      if (!REPEATABLE.includes(error.kind)) return await steps.fail(submitting, refusalOf(error));
      const account = ACCOUNT_KINDS.includes(error.kind);
      if (account) {
        // An account that takes others refuses something about this one, and must not hold them up for ever.
        accountRefusals = provider.acceptedAt() > refusedAt ? accountRefusals + 1 : 1;
        refusedAt = clock.now();
        if (accountRefusals >= MOST_ACCOUNT_REFUSALS) {
          return await steps.fail(submitting, { code: 'operator_must_look', params: {} });
        }
      }
      // Being cut off is no answer, and the account is for its operator: only what the provider says itself ends this.
      if (error.answered && !account && refusedFor.answer(clock.now()) >= timeoutMs) {
        return await steps.fail(submitting, { code: 'provider_unavailable', params: {} });
      }
      // Back to the queue: nothing was accepted, and until the next attempt the member may cancel.
      // The log may have a row of what was refused; of what never left this machine, which was no attempt, it has none.
      const note = error.answered || account ? { settledAt } : unsent(queued);
      // Another request or process may have been refused just before this one was sent.
      const refused = account || (error.kind === 'busy' && !error.answered && provider.paused() === 'account');
      queued = await steps.move(submitting, 'queued', note, { delay: refused ? 'account' : 'provider busy' });
      if (refused) continue;
      const asked = error.retryAfterMs;
      await clock.sleep(asked === undefined ? waitAfter(attempt, WAITS) : Math.max(asked, WAITS.firstMs), signal);
      continue;
    }
    return await keepId(submitting, providerId, steps);
  }
}

/** Restores the attempt count when a request was never sent. */
function unsent({ attempts }: Generation) {
  return { attempts };
}

/**
 * Steps to `submitting`. When the database breaks off before it has answered, that step may have been taken; as nothing
 * was sent yet, this run finds out and goes on, instead of looking for a request that nobody has made.
 * @returns undefined when somebody else has taken the step.
 */
async function begin(queued: Generation, steps: Steps): Promise<Generation | undefined> {
  const { take, store, provider, clock, signal, log } = steps;
  const submittedAt = clock.now();
  const note = {
    submittedAt,
    // A value left from an earlier attempt would give this one a wrong date.
    sentAt: provider.timeAt(submittedAt) ?? null,
    attempts: queued.attempts + 1,
    route: provider.routeOf(queued.request),
  };
  try {
    return await take(queued, 'submitting', note);
  } catch (error) {
    for (;;) {
      log.warn({ err: error, generation: queued.id }, 'could not note that a generation is being sent');
      await clock.sleep(WAITS.firstMs, signal);
      const found = await store.generations.find(queued.id).catch(() => undefined);
      // Its time tells this step from another process's.
      if (found) return found.state === 'submitting' && found.submittedAt === submittedAt ? found : undefined;
    }
  }
}

/**
 * Writes the provider's id down, for as long as it takes: it was paid for, and a log that lags might not tell it in time.
 * Whatever has become of the generation meanwhile, the id stays with it.
 */
async function keepId(submitting: Generation, providerId: string, steps: Steps): Promise<Generation> {
  const { store, clock, signal, log, move } = steps;
  const generatingAt = clock.now();
  let stopAt: number | undefined;
  for (let failures = 1; ; failures++) {
    try {
      const generation = await move(submitting, 'generating', { providerId, generatingAt });
      if (generation.providerId !== providerId) {
        await store.generations.note(generation.id, { providerId, checkAt: clock.now() });
      }
      return generation;
    } catch (error) {
      log.error({ err: error, generation: submitting.id, providerId }, 'an id could not be written; trying it again');
      if (signal.aborted) stopAt ??= clock.now() + LAST_WRITES_MS;
      if (stopAt !== undefined && clock.now() >= stopAt) throw error;
      await clock.sleep(waitAfter(failures, WRITE_WAITS));
    }
  }
}

/** Waits in the queue while the provider is left alone. */
async function waitForProvider(generation: Generation, { provider, clock, random, replies, signal }: Steps) {
  for (let told: string | undefined; ; ) {
    const pausedMs = await provider.pausedMs();
    if (pausedMs === 0) return;
    const delay = provider.paused() ?? 'provider busy';
    if (told !== delay) await replies.show(generation, { delay });
    told = delay;
    // The account may be taken again at any time, by the call of another request or another process.
    const waitMs = delay === 'account' ? Math.min(pausedMs, ASK_AGAIN_MS) : pausedMs;
    // Varied, so that not all who wait come at once.
    await clock.sleep(waitMs * (1 + random() / 4), signal);
  }
}

function refusalOf(error: ProviderError): Failure {
  return { code: error.kind === 'content_refused' ? 'moderated' : 'rejected', params: { hint: error.hint } };
}
