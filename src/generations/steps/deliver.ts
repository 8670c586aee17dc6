import { VideoError } from '../../delivery/fetch-video.ts';
import type { KeptVideo } from '../../delivery/kept-videos.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Generation } from '../../domain/generation.ts';
import { ReplyError } from '../../domain/reply.ts';
import { around } from '../../lib/fault-points.ts';
import { waitAfter } from '../../lib/retry.ts';
import { ProviderError } from '../../providers/provider.ts';
import { end } from '../end-generation.ts';
import { jobOf } from '../job.ts';
import { finishWork, keepWork, TakenOver } from '../work-ownership.ts';
import type { Steps } from './steps.ts';

/** The wait after a first failed attempt, in ms; it doubles up to the longest. */
const WAITS = { firstMs: 2000, longestMs: 60_000 };
/** A chat may ask for longer waits, but not for longer than this, in ms: the generation holds a place meanwhile. */
const LONGEST_ASKED_MS = 600_000;
/** With the waits of our own, attempts go on for about a quarter of an hour. */
const MOST_ATTEMPTS = 18;
/** A file that is no video is fetched this often before it counts as the provider's fault. */
const MOST_UNUSABLE = 3;

/** `delivering` → the clip in the reply: fetched and checked, then attached, then noted. */
export async function deliver(generation: Generation, steps: Steps): Promise<Generation> {
  const video = await retried(steps, generation, () => fetchOnce(generation, steps));
  if ('code' in video) return await giveUp(generation, video, steps);
  const receipt = await retried(steps, generation, async () => {
    await steps.replies.quiesce(generation.id);
    steps.signal.throwIfAborted();
    // An upload cannot be called back, so nobody begins one whose work is with another process.
    const keep = () => keepWork(steps.store, generation.id);
    return { receipt: await steps.delivery.deliver(generation, video, keep) };
  });
  if ('code' in receipt) return await giveUp(generation, receipt, steps);
  const delivered = await around('write delivered', () =>
    steps.store.transaction(async (repositories) => {
      const now = steps.clock.now();
      await repositories.deliveries.noteReceipt(generation.id, receipt.receipt, now);
      const ended = await end(repositories, generation, 'delivering', 'delivered', { finishedAt: now });
      await repositories.generations.noteShown(generation.id, 'delivered');
      if (ended) await finishWork(repositories, generation.id);
      return ended;
    }),
  );
  steps.log.info({ generation: generation.id, receipt: receipt.receipt }, 'a video was delivered');
  return delivered ?? generation;
}

/**
 * Repeats an attempt while there is hope.
 * @returns what it gave, or the failure to end with.
 */
async function retried<T extends object>(
  steps: Steps,
  generation: Generation,
  attempt: () => Promise<T>,
): Promise<T | Failure> {
  const { clock, signal, log, replies } = steps;
  let unusable = 0;
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof TakenOver) throw error;
      log.warn({ err: error, generation: generation.id, attempts }, 'a video could not be delivered');
      if (error instanceof VideoError && (error.kind === 'forbidden' || error.kind === 'unusable')) {
        unusable += 1;
        if (error.kind === 'forbidden' || unusable >= MOST_UNUSABLE) return { code: 'video_unusable', params: {} };
      }
      const hopeless = error instanceof ReplyError && (error.kind === 'gone' || error.kind === 'invalid');
      if (hopeless || attempts >= MOST_ATTEMPTS) return { code: 'undelivered', params: {} };
      if (error instanceof ReplyError) await replies.show(generation, { delay: 'chat busy' });
      const askedMs = error instanceof ReplyError ? Math.min(error.retryAfterMs ?? 0, LONGEST_ASKED_MS) : 0;
      await clock.sleep(waitAfter(attempts, WAITS, askedMs), signal);
    }
  }
}

/** Fetches the video; when its link has expired, asks the provider for a new one first. */
async function fetchOnce(generation: Generation, { delivery, provider, store, signal }: Steps): Promise<KeptVideo> {
  const address = (await store.generations.find(generation.id))?.videoUrl ?? '';
  try {
    return await around('download', () => delivery.fetch(generation.id, address, signal));
  } catch (error) {
    if (!(error instanceof VideoError) || error.kind !== 'expired' || generation.providerId === undefined) throw error;
    const job = jobOf(generation, generation.providerId);
    const state = await provider.poll(job, signal).catch((cause: unknown) => {
      throw cause instanceof ProviderError ? new VideoError('unavailable', cause.message, { cause }) : cause;
    });
    if (state.status === 'completed') {
      const { url } = state;
      await around('write address', () => store.generations.noteVideoUrl(generation.id, url));
    }
    throw error;
  }
}

function giveUp(generation: Generation, failure: Failure, steps: Steps): Promise<Generation> {
  return steps.fail(generation, failure, failure.code === 'undelivered' ? 'undelivered' : 'failed');
}
