import type { Generation } from '../../domain/generation.ts';
import { getModel, shapeOf, typicalMsOf } from '../../domain/models.ts';
import { around } from '../../lib/fault-points.ts';
import { ACCOUNT_KINDS, ProviderError, type ProviderErrorKind } from '../../providers/provider.ts';
import { AnsweredTime } from '../answered-time.ts';
import type { Steps } from './steps.ts';

/** The provider's log of requests lags, so a request is looked for again, after this wait in ms. */
const LOOK_AGAIN_MS = 5000;
/** While the account is refused, the log is as well. */
const ACCOUNT_MS = 60_000;
/** A row may turn up only when its generation has ended: as long as that usually takes, and this in ms. */
const PATIENCE_MS = 180_000;
/** Answers of the log that say nothing of a request and never will. */
const DEFINITE: readonly ProviderErrorKind[] = ['rejected', 'not_found', 'content_refused'];
/** One that failed at the provider is sent again so often. */
const MOST_RESENDS = 2;

/**
 * `submitting` with no answer known: finds out from the provider's log what became of the request. One that was accepted
 * goes on; one that failed was not billed and is sent again; one that the log does not show for long enough is lost.
 * @param error what the request was answered with, as far as this process knows.
 */
export async function lookForSubmission(
  generation: Generation,
  steps: Steps,
  error?: ProviderError,
): Promise<Generation> {
  const { lost, clock, signal, replies, log } = steps;
  await replies.show(generation, { delay: 'submission unclear' });
  const since = generation.submittedAt ?? generation.createdAt;
  const patienceMs = (await usualMs(generation, steps)) + PATIENCE_MS;
  let looked: AnsweredTime | undefined;
  for (;;) {
    let wait = LOOK_AGAIN_MS;
    try {
      const trace = await around('look', () => lost.next(generation.id, since, signal));
      if (trace?.accepted !== undefined) {
        const { accepted: providerId } = trace;
        log.info({ generation: generation.id, providerId }, 'found a submission whose answer was lost');
        return await steps.move(generation, 'generating', { providerId, generatingAt: since });
      }
      // Each attempt that failed has a row; a row too few, and this one may still have been accepted.
      if (trace && trace.failed >= Math.max(generation.attempts, 1)) return await sendAgain(generation, steps, error);
      looked ??= new AnsweredTime(clock.now(), 3 * LOOK_AGAIN_MS);
      if (looked.answer(clock.now()) >= patienceMs) break;
    } catch (cause) {
      if (!(cause instanceof ProviderError)) throw cause;
      log.warn({ err: cause, generation: generation.id }, 'could not look for a submission');
      if (ACCOUNT_KINDS.includes(cause.kind)) wait = ACCOUNT_MS;
      // A log that is not there, or refuses the question, will say nothing later either.
      if (cause.answered && DEFINITE.includes(cause.kind)) {
        looked ??= new AnsweredTime(clock.now(), 3 * LOOK_AGAIN_MS);
        if (looked.answer(clock.now()) >= patienceMs) break;
      }
    }
    await clock.sleep(wait, signal);
  }
  return await steps.fail(generation, { code: 'submission_lost', params: {} });
}

/** Nothing was billed, so nothing is bought twice by this. */
async function sendAgain(generation: Generation, steps: Steps, error: ProviderError | undefined): Promise<Generation> {
  const hint = error?.hint ?? '';
  if (error?.refused) return await steps.fail(generation, { code: 'moderated', params: { hint } });
  if (generation.resends >= MOST_RESENDS)
    return await steps.fail(generation, { code: 'provider_failed', params: { hint } });
  steps.log.info({ generation: generation.id }, 'a submission failed at the provider; sending it again');
  return await steps.move(generation, 'queued', { resends: generation.resends + 1 });
}

async function usualMs(generation: Generation, { durations }: Steps): Promise<number> {
  const { request } = generation;
  const model = getModel(request.model);
  return (await durations.expected(generation))?.high ?? typicalMsOf(model, shapeOf(model, request.options));
}
