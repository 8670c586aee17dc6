import { around } from '../../fault-points.ts';
import { ProviderError, type ProviderErrorKind } from '../../providers/provider.ts';
import type { Generation } from '../generation.ts';
import type { Steps } from '../pipeline.ts';

/** The wait after a first refusal, in ms; it doubles up to the longest, and the provider's own word goes before. */
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 60_000;

/** The provider's log of requests lags; a request is looked for this often and this long before it counts as lost. */
const LOOK_AGAIN_MS = 5000;
const LOST_AFTER_MS = 180_000;

/** Refusals after which the very same request may be sent again, as nothing was accepted. */
const REPEATABLE: readonly ProviderErrorKind[] = ['busy', 'unavailable'];

/**
 * `queued` → the provider. `submitting` is stored before the request goes out, so that after a crash the request is
 * looked for, never sent again.
 */
export async function submit(generation: Generation, steps: Steps): Promise<Generation> {
  const { store, provider, clock, signal, log, timeoutMs } = steps;
  let giveUpAt = clock.now() + timeoutMs;
  let queued = generation;
  for (let attempt = 0; ; attempt++) {
    // While nothing is tried at all, the time to give up does not come nearer.
    giveUpAt += await waitForProvider(queued, steps);
    signal.throwIfAborted();
    const submitting = await begin(queued, steps);
    // Cancelled meanwhile, or another run of the same generation is about to send it: that must not happen twice.
    if (!submitting) return (await store.generations.find(queued.id)) ?? queued;
    try {
      const providerId = await around('POST', () => provider.submit(submitting.request, submitting.id, signal));
      return await steps.move(submitting, 'generating', { providerId, generatingAt: clock.now() });
    } catch (error) {
      if (!(error instanceof ProviderError)) {
        // An abort that came before anything was sent: the next start may send it.
        if (signal.aborted && error === signal.reason) await steps.move(submitting, 'queued');
        throw error;
      }
      log.warn({ err: error, generation: submitting.id }, 'the provider did not take a generation');
      if (error.kind === 'ambiguous') return await lookForSubmission(submitting, steps);
      if (!REPEATABLE.includes(error.kind)) return await steps.fail(submitting, refusalOf(error));
      if (clock.now() >= giveUpAt) return await steps.fail(submitting, { code: 'provider_unavailable', params: {} });
      // Back in line: nothing was accepted, and until the next attempt the member may cancel.
      queued = await steps.move(submitting, 'queued', {}, { delay: 'provider busy' });
      await clock.sleep(
        Math.max(error.retryAfterMs ?? 0, Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS)),
        signal,
      );
    }
  }
}

/**
 * Steps to `submitting`. When the database breaks off before it has answered, that step may have been taken; as nothing
 * was sent yet, this run finds out and goes on, instead of looking for a request that nobody has made.
 * @returns undefined when somebody else has taken the step.
 */
async function begin(queued: Generation, { take, store, clock, signal, log }: Steps): Promise<Generation | undefined> {
  const submittedAt = clock.now();
  try {
    return await take(queued, 'submitting', { submittedAt });
  } catch (error) {
    for (;;) {
      log.warn({ err: error, generation: queued.id }, 'could not note that a generation is being sent');
      await clock.sleep(FIRST_WAIT_MS, signal);
      const found = await store.generations.find(queued.id).catch(() => undefined);
      // By its moment this very step is told from that of another process.
      if (found) return found.state === 'submitting' && found.submittedAt === submittedAt ? found : undefined;
    }
  }
}

/** Waits in line while the provider is left alone. @returns how long it was, in ms. */
async function waitForProvider(generation: Generation, { provider, clock, random, replies, signal }: Steps) {
  const since = clock.now();
  for (let told = false; provider.pausedMs() > 0; told = true) {
    if (!told) await replies.show(generation, { delay: 'provider busy' });
    // Varied, so that not all who wait come at once.
    await clock.sleep(provider.pausedMs() * (1 + random() / 4), signal);
  }
  return clock.now() - since;
}

/** `submitting` with no answer known: finds out from the provider's log whether the request had arrived. */
export async function lookForSubmission(generation: Generation, steps: Steps): Promise<Generation> {
  const { provider, clock, signal, replies, log, timeoutMs } = steps;
  await replies.show(generation, { delay: 'submission unclear' });
  const since = generation.submittedAt ?? generation.createdAt;
  let lostAt: number | undefined;
  while (clock.now() < since + timeoutMs) {
    try {
      const providerId = await around('look', () => provider.find(generation.id, since, signal));
      if (providerId !== undefined) {
        log.info({ generation: generation.id, providerId }, 'found a submission whose answer was lost');
        return await steps.move(generation, 'generating', { providerId, generatingAt: since });
      }
      // Only time in which the provider did answer counts: as long as it is down, it may still know the request.
      lostAt ??= clock.now() + LOST_AFTER_MS;
      if (clock.now() >= lostAt) break;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      log.warn({ err: error, generation: generation.id }, 'could not look for a submission');
    }
    await clock.sleep(LOOK_AGAIN_MS, signal);
  }
  return await steps.fail(generation, { code: 'submission_lost', params: {} });
}

function refusalOf(error: ProviderError) {
  if (error.kind === 'rejected') return { code: 'rejected' as const, params: { hint: error.hint } };
  return { code: 'operator_must_look' as const, params: {} };
}
