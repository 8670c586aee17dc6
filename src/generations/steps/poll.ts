import type { Generation } from '../../domain/generation.ts';
import { getModel, shapeOf, typicalMsOf } from '../../domain/models.ts';
import { around } from '../../lib/fault-points.ts';
import { waitAfter } from '../../lib/retry.ts';
import { ProviderError, type ProviderState } from '../../providers/provider.ts';
import { progressTenths } from '../../replies/view.ts';
import { AnsweredTime } from '../answered-time.ts';
import { jobOf, providerFailure } from '../job.ts';
import { nextPollIn } from '../polling.ts';
import type { Steps } from './steps.ts';

/** The wait after a first failed poll, in ms; it doubles up to the longest. */
const WAITS = { firstMs: 1000, longestMs: 30_000 };
/** A generation that the provider does not know is lost after this, in ms, if it answers about others meanwhile. */
const NOT_FOUND_MS = 600_000;
/** How long a generation that is done but has no video is polled, in ms, and how often. */
const MISSING_MS = 60_000;
const MISSING_AGAIN_MS = 5000;

/** `generating` → a video, a refusal, or the time-out. A poll that fails says nothing about the generation. */
export async function poll(generation: Generation, steps: Steps): Promise<Generation> {
  const { provider, clock, signal, log, answers, timeoutMs } = steps;
  const job = jobOf(generation, generation.providerId ?? '');
  const startedAt = generation.generatingAt ?? clock.now();
  const mostMs = 2 * Math.max(steps.pollIntervalMs, WAITS.longestMs);
  const answered = new AnsweredTime(Math.max(startedAt, clock.now() - steps.pollIntervalMs), mostMs);
  const waits = await waitsFor(generation, steps);
  /** Since when the provider has only said that it does not know it, or that it is done without a video. */
  let notFound: { since: number; time: AnsweredTime } | undefined;
  let missing: AnsweredTime | undefined;
  let failures = 0;
  let tenths: number | undefined;
  for (;;) {
    await clock.sleep(missing ? MISSING_AGAIN_MS : await waits(failures), signal);
    try {
      const state = await around('poll', () => provider.poll(job, signal));
      const now = clock.now();
      failures = 0;
      notFound = undefined;
      answers.note(job.id, now);
      if (state.status === 'missing') {
        missing ??= new AnsweredTime(now, MISSING_MS / 2);
        if (missing.answer(now) >= MISSING_MS) {
          return await steps.fail(generation, { code: 'video_missing', params: {} });
        }
      } else if (state.status !== 'pending') return await settle(generation, state, steps);
      else missing = undefined;
      if (answered.answer(now) >= timeoutMs) return await timeOut(generation, steps);
      tenths = await showProgress(generation, steps, tenths);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      failures += 1;
      const now = clock.now();
      log.warn({ err: error, generation: generation.id, failures }, 'a poll failed');
      if (error.kind === 'rejected' || error.kind === 'content_refused') {
        const code = error.kind === 'rejected' ? 'provider_failed' : 'moderated';
        return await steps.fail(generation, { code, params: { hint: error.hint } });
      }
      if (error.kind === 'not_found') {
        notFound ??= { since: now, time: new AnsweredTime(now, mostMs) };
        if (notFound.time.answer(now) >= NOT_FOUND_MS && answers.ofOthers(job.id) >= notFound.since) {
          return await steps.fail(generation, { code: 'generation_lost', params: {} });
        }
        if (answered.answer(now) >= timeoutMs) return await timeOut(generation, steps);
      }
      if (error.retryAfterMs) await clock.sleep(error.retryAfterMs, signal);
    }
  }
}

/** Wait before the next poll, by the number of failures in a row. */
async function waitsFor(generation: Generation, { durations, clock, random, pollIntervalMs }: Steps) {
  const startedAt = generation.generatingAt ?? clock.now();
  const model = getModel(generation.request.model);
  const typicalMs = typicalMsOf(model, shapeOf(model, generation.request.options));
  let first = true;
  return async (failures: number): Promise<number> => {
    if (failures > 0) return waitAfter(failures, WAITS);
    const elapsed = clock.now() - startedAt;
    const expected = await durations.expected(generation);
    // Whoever takes one up after some time away asks at once: it may have been ready for long.
    const away = first && elapsed > Math.min(expected?.low ?? typicalMs, pollIntervalMs);
    first = false;
    return away ? 0 : nextPollIn({ elapsed, expected, typicalMs, longestMs: pollIntervalMs, random: random() });
  };
}

async function showProgress(generation: Generation, steps: Steps, shown: number | undefined) {
  const { durations, clock, replies } = steps;
  const startedAt = generation.generatingAt ?? clock.now();
  const tenths = progressTenths(await durations.expected(generation), startedAt, clock.now());
  if (tenths !== shown) await replies.show(generation);
  return tenths;
}

function timeOut(generation: Generation, { fail, timeoutMs }: Steps): Promise<Generation> {
  const minutes = Math.max(1, Math.round(timeoutMs / 60_000));
  return fail(generation, { code: 'timed_out', params: { minutes } }, 'timed_out');
}

/** Acts on the provider's final answer. */
async function settle(
  generation: Generation,
  state: Extract<ProviderState, { status: 'completed' | 'error' }>,
  { move, fail, spent, clock, log }: Steps,
): Promise<Generation> {
  if (state.status === 'completed') {
    const { usd, credits: providerCredits } = state.usage ?? {};
    log.info({ generation: generation.id, usd, providerCredits }, 'the provider has made a video');
    const note = { videoUrl: state.url, readyAt: clock.now(), usd, providerCredits };
    const ready = await move(generation, 'delivering', note);
    if (usd !== undefined && ready.readyAt === note.readyAt) spent(generation.request.model, usd);
    return ready;
  }
  log.warn({ generation: generation.id, error: state.name }, 'the provider could not make a video');
  return await fail(generation, providerFailure(state));
}
