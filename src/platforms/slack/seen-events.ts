import type { Clock } from '../../lib/clock.ts';
import { Recent } from '../shared/recent.ts';

/** Slack repeats unacknowledged events for about an hour (Slack documentation, "Events API: retries"). */
const REMEMBERED_MS = 65 * 60_000;
/** The most remembered; about ten megabytes. */
const MOST_REMEMBERED = 100_000;

/** Whether nobody has claimed this key before; from now on it is claimed, until `expiresAt` (ms). */
export type ClaimKey = (key: string, expiresAt: number) => Promise<boolean>;

/** Remembers recent events, so that none is handled twice. */
export class SeenEvents {
  readonly #clock: Clock;
  readonly #claim: ClaimKey | undefined;
  readonly #recent: Recent;

  /** @param claim asks the other processes that Slack may send the same to; without it, there are none. */
  constructor(clock: Clock, claim?: ClaimKey) {
    this.#clock = clock;
    this.#recent = new Recent(clock, REMEMBERED_MS, MOST_REMEMBERED);
    this.#claim = claim;
  }

  /** Whether this has not come in before; from now on it has. */
  async isNew(key: string): Promise<boolean> {
    if (!this.#recent.isNew(key)) return false;
    return (await this.#claim?.(key, this.#clock.now() + REMEMBERED_MS)) ?? true;
  }
}

/**
 * Tells by which id a repetition is recognised: the event's, or that of the trigger that Slack makes for each thing
 * that a person does. Undefined for a submitted form, which may come again with its mistakes put right.
 */
export function eventIdOf(body: Record<string, unknown>): string | undefined {
  if (body.type === 'view_submission') return undefined;
  const [action] = Array.isArray(body.actions) ? (body.actions as { action_ts?: string }[]) : [];
  const id = body.event_id ?? body.trigger_id ?? action?.action_ts;
  return typeof id === 'string' ? `${body.type ?? 'command'} ${id}` : undefined;
}
