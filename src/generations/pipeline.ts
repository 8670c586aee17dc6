import { type Generation, type GenerationState, isFinal } from '../domain/generation.ts';
import { around } from '../lib/fault-points.ts';
import { waitAfter } from '../lib/retry.ts';
import type { Circumstances } from '../replies/view.ts';
import type { Note } from '../store/generation-rows.ts';
import { end } from './end-generation.ts';
import { deliver } from './steps/deliver.ts';
import { lookForSubmission } from './steps/look.ts';
import { poll } from './steps/poll.ts';
import type { PipelineParts, Steps } from './steps/steps.ts';
import { submit } from './steps/submit.ts';
import { finishWork, TakenOver } from './work-ownership.ts';

/** The step that leads out of each unfinished state. Each is safe to repeat from its beginning. */
const STEPS: Partial<Record<GenerationState, (generation: Generation, steps: Steps) => Promise<Generation>>> = {
  queued: submit,
  submitting: lookForSubmission,
  generating: poll,
  delivering: deliver,
};

/** Wait before a generation is resumed after an unexpected error, in ms; it doubles up to the longest. */
const WAITS = { firstMs: 1000, longestMs: 60_000 };

/** Takes a generation through its states to an end, from its current state. */
export class Pipeline {
  readonly #parts: PipelineParts;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
  }

  /** Never throws; returns when the generation has come to an end, or soon after the signal has aborted. */
  async run(id: string, signal: AbortSignal): Promise<void> {
    const takenAway = await this.#run(id, signal);
    if (takenAway) this.#parts.replies.leave(id);
  }

  /** @returns whether the work on it was taken from this process. */
  async #run(id: string, signal: AbortSignal): Promise<boolean> {
    const { store, clock, log } = this.#parts;
    const steps = this.#stepsFor(signal);
    let failures = 0;
    let state: GenerationState | undefined;
    while (!signal.aborted) {
      try {
        let generation = await store.generations.find(id);
        while (generation && !isFinal(generation.state)) {
          if (generation.state !== state) failures = 0;
          state = generation.state;
          signal.throwIfAborted();
          generation = await STEPS[generation.state]?.(generation, steps);
        }
        return false;
      } catch (error) {
        if (signal.aborted || error instanceof TakenOver) return true;
        failures += 1;
        log.error({ err: error, generation: id, failures }, 'a step of a generation went wrong; trying it again');
        await clock.sleep(waitAfter(failures, WAITS), signal).catch(() => {});
      }
    }
    return true;
  }

  #stepsFor(signal: AbortSignal): Steps {
    const { store, replies, replacement, clock, log } = this.#parts;
    const current = async (id: string) => {
      const generation = await store.generations.find(id);
      if (!generation) throw new Error(`expected generation ${id} in the store, found none`);
      return generation;
    };
    const take = async (generation: Generation, to: GenerationState, note: Note, circumstances: Circumstances = {}) => {
      const { id, state, attempts } = generation;
      const attempt = state === 'submitting' ? attempts : undefined;
      const moved = await around(`write ${to}`, () => store.generations.move(id, state, to, note, attempt));
      if (moved) await replies.show(moved, circumstances);
      return moved;
    };
    const fail: Steps['fail'] = async (generation, failure, to = 'failed') => {
      const note = { failure, finishedAt: clock.now() };
      const moved = await around(`write ${to}`, () =>
        store.transaction(async (repositories) => {
          const ended = await end(repositories, generation, generation.state, to, note);
          if (ended) await finishWork(repositories, generation.id);
          return ended;
        }),
      );
      if (!moved) return current(generation.id);
      // Its words may quote the prompt, which is nothing for the log; they are in the reply.
      log.info({ generation: generation.id, state: to, failure: failure.code }, 'a generation ended without a video');
      await replies.show(moved);
      return moved;
    };
    return {
      ...this.#parts,
      signal,
      take,
      fail,
      async replaceModel(generation, settledAt) {
        const replaced = await replacement.replace(generation, settledAt);
        if ('code' in replaced) return await fail(generation, replaced);
        await replies.show(replaced);
        return replaced;
      },
      async move(generation, to, note = {}, circumstances = {}) {
        return (await take(generation, to, note, circumstances)) ?? current(generation.id);
      },
    };
  }
}
