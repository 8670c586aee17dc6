import type { Failure } from '../../errors.ts';
import { around } from '../../fault-points.ts';
import { ProviderError, type ProviderState } from '../../providers/provider.ts';
import { progressTenths } from '../../replies/generation-card.ts';
import type { Generation } from '../generation.ts';
import { getModel } from '../models.ts';
import type { Steps } from '../pipeline.ts';
import { nextPollIn } from '../polling.ts';
import { secondsOf } from '../request.ts';

/** The wait after a first failed poll, in ms; it doubles up to the longest. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** The provider may know a new generation a little late; after so many polls in a row that it does not know it, it is lost. */
const MOST_NOT_FOUND = 6;

/** `generating` → a video, a refusal, or the time-out. A poll that fails says nothing about the generation. */
export async function poll(generation: Generation, steps: Steps): Promise<Generation> {
  const { provider, clock, signal, log, durations, random, pollIntervalMs, timeoutMs } = steps;
  const providerId = generation.providerId ?? '';
  const startedAt = generation.generatingAt ?? clock.now();
  const model = getModel(generation.request.model);
  const typicalMs = (model.typicalMs * secondsOf(generation.request)) / 5;
  let failures = 0;
  let notFound = 0;
  let tenths: number | undefined;
  while (clock.now() < startedAt + timeoutMs) {
    const elapsed = clock.now() - startedAt;
    const wait =
      failures > 0
        ? Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS)
        : nextPollIn({
            elapsed,
            expected: await durations.expected(generation),
            typicalMs,
            longestMs: pollIntervalMs,
            random: random(),
          });
    await clock.sleep(Math.min(wait, startedAt + timeoutMs - clock.now()), signal);
    try {
      const state = await around('poll', () => provider.poll(providerId, signal));
      failures = 0;
      notFound = 0;
      const next = await settle(generation, state, steps);
      if (next) return next;
      const now = progressTenths(await durations.expected(generation), startedAt, clock.now());
      if (now !== tenths) await steps.replies.show(generation);
      tenths = now;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      failures += 1;
      notFound = error.kind === 'not_found' ? notFound + 1 : 0;
      log.warn({ err: error, generation: generation.id, failures }, 'a poll failed');
      if (notFound >= MOST_NOT_FOUND) return await steps.fail(generation, { code: 'generation_lost', params: {} });
      // What the provider asks for never takes a generation past its time-out.
      const left = startedAt + timeoutMs - clock.now();
      if (error.retryAfterMs) await clock.sleep(Math.min(error.retryAfterMs, left), signal);
    }
  }
  const minutes = Math.max(1, Math.round(timeoutMs / 60_000));
  return await steps.fail(generation, { code: 'timed_out', params: { minutes } }, 'timed_out');
}

/** Does what a provider's state asks for. @returns the generation, or undefined while it is pending. */
async function settle(
  generation: Generation,
  state: ProviderState,
  steps: Pick<Steps, 'move' | 'fail' | 'clock' | 'log'>,
): Promise<Generation | undefined> {
  switch (state.status) {
    case 'pending':
      return undefined;
    case 'completed':
      return await steps.move(generation, 'delivering', { videoUrl: state.url, readyAt: steps.clock.now() });
    case 'error':
      steps.log.warn({ generation: generation.id, error: state.name }, 'the provider could not make a video');
      return await steps.fail(generation, providerFailure(state));
  }
}

/** What a provider's error state means for a member. */
export function providerFailure(state: Extract<ProviderState, { status: 'error' }>): Failure {
  return { code: state.moderated ? 'moderated' : 'provider_failed', params: { hint: state.message } };
}
