import type { Job } from './jobs.ts';
import { behaviourOf } from './triggers.ts';

/** The share of the time that a generation waits before it is worked on. */
const QUEUED_SHARE = 0.25;

/** How often a generation has been asked for, this time included: triggers count it. */
export interface Asked {
  polls: number;
  /** Polls since it was completed. */
  pollsCompleted: number;
}

/** The answer to a poll, in the API's form. */
export interface StateAnswer {
  id: string;
  status: string;
  video: { url: string } | null;
  error: { name: string; message: string } | null;
  meta: { usage: { credits_used: number } } | null;
}

/** Whether the generation's time is over. */
export function isOver(job: Job, now: number): boolean {
  return job.durationMs !== null && now - job.at >= job.durationMs;
}

/** What a poll is told. @param url the file's address. @param usage what it cost. */
export function stateOf(job: Job, now: number, asked: Asked, url: string, usage: number): StateAnswer {
  const behaviour = behaviourOf(job.prompt);
  const answer = { id: job.id, video: null, error: null, meta: null };
  if (!isOver(job, now)) {
    const queued = job.durationMs !== null && now - job.at < job.durationMs * QUEUED_SHARE;
    return { ...answer, status: behaviour.unfinishedState ?? (queued ? 'queued' : 'generating') };
  }
  if (behaviour.failure !== undefined) return { ...answer, status: 'error', error: behaviour.failure };
  const hasUrl = asked.pollsCompleted > (behaviour.pollsWithoutUrl ?? 0);
  return {
    ...answer,
    status: 'completed',
    video: hasUrl ? { url } : null,
    meta: { usage: { credits_used: usage } },
  };
}
