import type { Generation } from '../../domain/generation.ts';
import { getModel, shapeOf, typicalMsOf } from '../../domain/models.ts';
import { around } from '../../lib/fault-points.ts';
import { ACCOUNT_KINDS, ProviderError, type Trace } from '../../providers/provider.ts';
import { AnsweredTime } from '../answered-time.ts';
import { jobOf } from '../job.ts';
import { sentMoments, WIDE_MS } from '../sent-moments.ts';
import type { Steps } from './steps.ts';

/** The provider's log of requests lags, so a request is looked for again, after this wait in ms. */
const LOOK_AGAIN_MS = 5000;
/** While the account is refused, the log is as well. */
const ACCOUNT_MS = 60_000;
/** Longest gap between two answers of the log that counts in full, in ms; reading many pages takes that long. */
const MOST_BETWEEN_MS = 60_000;
/** A row may turn up only when its generation has ended: as long as that usually takes, and this in ms. */
const PATIENCE_MS = 180_000;
/** How often a request that failed at the provider is sent again. */
const MOST_RESENDS = 2;

/**
 * `submitting` without a known answer: looks the request up in the provider's log. One that was accepted
 * goes on; one that failed was not billed and is sent again; one that the log does not show for long enough is lost.
 * @param error the answer to the request, if this process knows it.
 */
export async function lookForSubmission(
  generation: Generation,
  steps: Steps,
  error?: ProviderError,
): Promise<Generation> {
  const { lost, provider, clock, signal, replies, log, timeoutMs } = steps;
  await replies.show(generation, { delay: 'submission unclear' });
  const patienceMs = (await usualMs(generation, steps)) + PATIENCE_MS;
  /** For how long the log was read, or will never be; and for how long the provider only said that it can't be now. */
  const looked = new AnsweredTime(clock.now(), MOST_BETWEEN_MS);
  const refused = new AnsweredTime(clock.now(), MOST_BETWEEN_MS);
  const begun = clock.now();
  /** Whether all patience is used up: one wide look is left. */
  let last = false;
  for (let looks = 0; ; looks++) {
    let wait = LOOK_AGAIN_MS;
    const moments = sentMoments(generation, provider, clock.now());
    // In turn: a clock that was set leaves two of them, and no look should take twice as long for that.
    const now = last ? moments : [moments[looks % moments.length] ?? moments[0]];
    try {
      for (const moment of now) {
        const trace = await around('look', () => lost.next(generation.id, moment, signal, last ? WIDE_MS : 0));
        const failed = trace && hasFailed(generation, trace) ? trace : undefined;
        const providerId = trace?.accepted ?? (failed && (await knownId(failed, generation, steps)));
        if (providerId !== undefined) {
          log.info({ generation: generation.id, providerId }, 'found a submission whose answer was lost');
          return await steps.move(generation, 'generating', { providerId, generatingAt: moments[0] });
        }
        if (failed) return await sendAgain(generation, steps, failed, error);
      }
      if (last) break;
      last = looked.answer(clock.now()) >= patienceMs;
    } catch (cause) {
      if (!(cause instanceof ProviderError)) throw cause;
      log.warn({ err: cause, generation: generation.id }, 'could not look for a submission');
      const account = ACCOUNT_KINDS.includes(cause.kind);
      if (account) wait = ACCOUNT_MS;
      const lasting = account ? await isAlone(begun, steps) : cause.lasting;
      // Silence is no answer, and the account is for its operator.
      if (lasting || (cause.answered && !account)) {
        const over = lasting
          ? looked.answer(clock.now()) >= patienceMs
          : refused.answer(clock.now()) >= Math.max(timeoutMs, patienceMs);
        if (last && over) return await steps.fail(generation, { code: 'submission_unclear', params: {} });
        last ||= over;
      }
    }
    await clock.sleep(wait, signal);
  }
  return await steps.fail(generation, { code: 'submission_lost', params: {} });
}

/** Whether it is the log alone that is refused to this account, which waits for no operator then. */
async function isAlone(begun: number, { provider, signal }: Steps): Promise<boolean> {
  if (provider.paused() === 'account') return false;
  if (provider.acceptedAt() > begun) return true;
  if (!provider.balance) return false;
  return await provider.balance(signal).then(
    () => true,
    () => false,
  );
}

/**
 * Whether the log proves that the latest attempt has failed: it has a failed row of each attempt, or one that is later
 * than all that is known of the earlier ones, as a refusal may leave no row. Anything less, and it may have been accepted.
 */
function hasFailed({ attempts, settledAt }: Generation, { failed, lastFailed }: Trace): boolean {
  const isLatest = settledAt !== undefined && lastFailed?.at !== undefined && lastFailed.at > settledAt;
  return isLatest || failed >= Math.max(attempts, 1);
}

/**
 * Polls the generation that a failed row names, because the row itself gives no reason. Nothing was billed.
 * @returns its id when the poll's reason ends the request: the content was refused, or there are no resends left.
 */
async function knownId({ lastFailed }: Trace, generation: Generation, { provider, signal, log }: Steps) {
  if (lastFailed?.id === undefined) return undefined;
  try {
    const job = jobOf(generation, lastFailed.id);
    const state = await around('poll', () => provider.poll(job, signal));
    const mayPass = state.status === 'error' && !state.refused && generation.resends < MOST_RESENDS;
    return mayPass ? undefined : job.id;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.info({ err: error, generation: generation.id }, 'the provider knows no generation of a submission that failed');
    return undefined;
  }
}

/** Nothing was billed, so nothing is bought twice by this. */
async function sendAgain(
  generation: Generation,
  steps: Steps,
  trace: Trace,
  error: ProviderError | undefined,
): Promise<Generation> {
  const hint = error?.hint ?? '';
  if (error?.refused) return await steps.fail(generation, { code: 'moderated', params: { hint } });
  if (generation.resends >= MOST_RESENDS)
    return await steps.fail(generation, { code: 'provider_failed', params: { hint } });
  steps.log.info({ generation: generation.id }, 'a submission failed at the provider; sending it again');
  return await steps.move(generation, 'queued', {
    resends: generation.resends + 1,
    settledAt: trace.lastFailed?.at ?? null,
  });
}

async function usualMs(generation: Generation, { durations }: Steps): Promise<number> {
  const { request } = generation;
  const model = getModel(request.model);
  return (await durations.expected(generation))?.high ?? typicalMsOf(model, shapeOf(model, request.options));
}
