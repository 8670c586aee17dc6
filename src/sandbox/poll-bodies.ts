import { creditsFor } from './billing.ts';
import type { SandboxJob } from './jobs.ts';
import { behaviourOf, type VideoPlace } from './triggers.ts';

/** The share of the time that a generation waits before it is worked on. */
const QUEUED_SHARE = 0.25;

/** How often a generation has been asked for, this time included: triggers count it. */
export interface PollCount {
  polls: number;
  /** Polls since it was completed. */
  pollsCompleted: number;
}

/** Cost of a finished generation. `tellsUsd` says whether the API reports the dollars too. */
export interface Cost {
  usd: number;
  tellsUsd: boolean;
}

const PLACES: Readonly<Record<VideoPlace, (url: string) => Record<string, unknown>>> = {
  video: (url) => ({ video: { url } }),
  array: (url) => ({ video: [{ url }] }),
  string: (url) => ({ video: url }),
  video_url: (url) => ({ video: undefined, video_url: url }),
  output: (url) => ({ video: undefined, output: { url } }),
  'output array': (url) => ({ video: undefined, output: [{ url }] }),
  'output string': (url) => ({ video: undefined, output: url }),
  content: (url) => ({ video: undefined, content: { video_url: url } }),
};

/** Whether the generation's time is over. */
export function isOver(job: SandboxJob, now: number): boolean {
  return now >= endOf(job);
}

/** When the generation's time is over, in ms since 1970; infinite for one that never ends. */
export function endOf(job: SandboxJob): number {
  return job.durationMs === null ? Number.POSITIVE_INFINITY : job.at + job.durationMs;
}

/** Whether the generation is over and has failed. A failed one costs nothing. */
export function hasFailed(job: SandboxJob, now: number): boolean {
  return isOver(job, now) && behaviourOf(job.prompt).failure !== undefined;
}

/** The answer to a poll: its body, and the headers that tell the cost. @param url the file's address. */
export function stateOf(
  job: SandboxJob,
  now: number,
  asked: PollCount,
  url: string,
  cost: Cost,
): { body: Record<string, unknown>; headers: Record<string, string> } {
  const behaviour = behaviourOf(job.prompt);
  const word = (status: string) => (behaviour.upperCase ? status.toUpperCase() : status);
  const answer = { id: job.id, status: '', video: null, error: null, meta: null };
  if (!isOver(job, now)) {
    const queued = now < job.at + (job.durationMs ?? 0) * QUEUED_SHARE;
    const { queuedState = 'queued', workingState = 'generating' } = behaviour;
    return { body: { ...answer, status: word(queued ? queuedState : workingState) }, headers: {} };
  }
  if (behaviour.failure !== undefined) {
    const { failedState = 'error', failure } = behaviour;
    return { body: { ...answer, status: word(failedState), error: failure }, headers: {} };
  }
  const hasUrl = asked.pollsCompleted > (behaviour.pollsWithoutUrl ?? 0);
  const credits = creditsFor(cost.usd);
  const usage = { credits_used: credits, ...(cost.tellsUsd ? { usd_spent: cost.usd } : {}) };
  return {
    body: {
      ...answer,
      status: word(behaviour.doneState ?? 'completed'),
      ...(hasUrl ? PLACES[behaviour.videoPlace ?? 'video'](url) : {}),
      meta: { usage },
    },
    headers: {
      'x-aimlapi-credits-used': String(credits),
      'x-aimlapi-usd-spent': cost.usd.toFixed(9),
    },
  };
}
