import type { Delivery } from '../../delivery/delivery.ts';
import type { Failure } from '../../domain/failure.ts';
import type { Generation, GenerationState } from '../../domain/generation.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { SteadyProvider } from '../../providers/provider.ts';
import type { Replies } from '../../replies/replies.ts';
import type { Circumstances } from '../../replies/view.ts';
import type { Note } from '../../store/generation-rows.ts';
import type { DataStore } from '../../store/repositories.ts';
import type { Durations } from '../durations.ts';
import type { LostRequests } from '../lost-requests.ts';
import type { PollAnswers } from '../poll-answers.ts';
import type { Replacement } from '../replacement.ts';

/** Dependencies of the pipeline and its steps. */
export interface PipelineParts {
  store: DataStore;
  provider: SteadyProvider;
  delivery: Delivery;
  replies: Replies;
  durations: Durations;
  lost: LostRequests;
  answers: PollAnswers;
  replacement: Replacement;
  /** Called once for each video whose price the provider stated. */
  spent: (model: string, usd: number) => void;
  clock: Clock;
  random: () => number;
  log: Log;
  /** `POLL_INTERVAL_MS` */
  pollIntervalMs: number;
  /** `GENERATION_TIMEOUT_MS` */
  timeoutMs: number;
}

/** Operations that a step may use on its generation. */
export interface Steps extends PipelineParts {
  signal: AbortSignal;
  /**
   * Steps to another state, if the generation is still where the step left it, and shows it.
   * @returns the generation as it is now, whoever changed it.
   */
  move(generation: Generation, to: GenerationState, note?: Note, circumstances?: Circumstances): Promise<Generation>;
  /**
   * Like `move`, but for steps whose consequences must happen only once.
   * @returns undefined when another process has taken that step.
   */
  take(generation: Generation, to: GenerationState, note: Note): Promise<Generation | undefined>;
  /**
   * The model of a generation that is `submitting` is gone: goes on with another one, or ends it.
   * @param settledAt as in `Generation`.
   */
  replaceModel(generation: Generation, settledAt: number | null): Promise<Generation>;
  /** Ends a generation without a video in the reply: stores why, and shows it. */
  fail(generation: Generation, failure: Failure, to?: 'failed' | 'timed_out' | 'undelivered'): Promise<Generation>;
}
