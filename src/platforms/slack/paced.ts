import { BoundedMap } from '../../lib/bounded-map.ts';
import type { Clock } from '../../lib/clock.ts';
import { toReplyError } from './errors.ts';

/** How fast edits may follow each other in one workspace. */
export interface PaceOptions {
  /** The burst allowed after a rest, then one each `intervalMs`. Together they must stay below Slack's limit. */
  burst: number;
  intervalMs: number;
}

/** About 50 a minute: ten at once and forty on the way (Slack documentation, "Web API rate limits", tier 3). */
export const SLACK_PACE: PaceOptions = { burst: 10, intervalMs: 1_500 };

/** Retries of an edit after Slack said "too fast"; then its caller decides. */
const MOST_REFUSALS = 3;

/** Replies whose last turn is remembered. */
const MOST_REMEMBERED = 1_000;

interface Waiting {
  key: string;
  urgent: boolean;
  refusals: number;
  run: () => Promise<void>;
  signal: AbortSignal | undefined;
  waiters: { resolve: () => void; reject: (error: unknown) => void }[];
}

/**
 * Edits of one workspace in their turn. Each reply has one place at most: a newer edit of the same reply takes the place
 * of the one that still waits, so that everybody's latest state gets its turn. Last words go before progress.
 */
export class PostingPace {
  readonly #options: PaceOptions;
  readonly #clock: Clock;
  readonly #waiting: Waiting[] = [];
  /** Replies with an edit that Slack has not answered yet. */
  readonly #underWay = new Set<string>();
  /** When each reply last had its turn, the longest ago first. */
  readonly #turns = new BoundedMap<string, number>(MOST_REMEMBERED);
  #turn = 0;
  readonly #closing = new AbortController();
  #tokens: number;
  #countedAt: number;
  #notBefore = 0;
  #running = false;

  constructor(options: PaceOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
    this.#tokens = options.burst;
    this.#countedAt = clock.now();
  }

  /**
   * Runs an edit when its turn comes; resolves once this or a newer edit of the same reply was made.
   * @throws the edit's errors; the signal's reason when it aborts before its turn.
   */
  async run(key: string, urgent: boolean, run: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { resolve, reject };
    const same = this.#waiting.find((one) => one.key === key);
    if (same) {
      Object.assign(same, { run, signal, urgent: same.urgent || urgent });
      same.waiters.push(waiter);
    } else this.#waiting.push({ key, urgent, refusals: 0, run, signal, waiters: [waiter] });
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    if (!this.#running) void this.#run();
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Makes no edit any more. */
  close(): void {
    this.#closing.abort(new Error('edits are not made any more'));
    for (const { waiters } of this.#waiting.splice(0)) {
      for (const { reject } of waiters) reject(this.#closing.signal.reason);
    }
  }

  async #run(): Promise<void> {
    this.#running = true;
    try {
      while (this.#waiting.length > 0 && !this.#closing.signal.aborted) {
        const wait = this.#waitMs();
        if (wait > 0) {
          await this.#clock.sleep(wait, this.#closing.signal).catch(() => {});
          continue;
        }
        const next = this.#next();
        if (!next) return;
        if (next.signal?.aborted) continue;
        this.#tokens -= 1;
        // The next one does not wait for this one's answer, only for its turn.
        void this.#make(next);
      }
    } finally {
      this.#running = false;
    }
  }

  /**
   * Whose turn it is: last words first, then whoever has waited longest since their last turn. Two edits of one reply on
   * their way at once could arrive in the wrong order, so one waits for the other.
   */
  #next(): Waiting | undefined {
    const ready = this.#waiting.filter(({ key }) => !this.#underWay.has(key));
    const urgent = ready.filter((edit) => edit.urgent);
    const [next] = (urgent.length > 0 ? urgent : ready).sort((a, b) => this.#turnOf(a) - this.#turnOf(b));
    if (!next) return undefined;
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    this.#turn += 1;
    this.#turns.set(next.key, this.#turn);
    return next;
  }

  #turnOf({ key }: Waiting): number {
    return this.#turns.get(key) ?? 0;
  }

  #waitMs(): number {
    const now = this.#clock.now();
    const { burst, intervalMs } = this.#options;
    const gained = (now - this.#countedAt) / intervalMs;
    this.#tokens = Math.min(burst, this.#tokens + gained);
    this.#countedAt = now;
    const forToken = this.#tokens >= 1 ? 0 : Math.ceil((1 - this.#tokens) * intervalMs);
    return Math.max(forToken, this.#notBefore - now);
  }

  async #make(edit: Waiting): Promise<void> {
    this.#underWay.add(edit.key);
    try {
      await edit.run();
      for (const { resolve } of edit.waiters) resolve();
    } catch (error) {
      const { kind, retryAfterMs } = toReplyError(error);
      if (kind !== 'busy' || retryAfterMs === undefined || edit.refusals >= MOST_REFUSALS) {
        for (const { reject } of edit.waiters) reject(error);
        return;
      }
      this.#notBefore = Math.max(this.#notBefore, this.#clock.now() + retryAfterMs);
      this.#again({ ...edit, refusals: edit.refusals + 1 });
    } finally {
      this.#underWay.delete(edit.key);
      if (!this.#running) void this.#run();
    }
  }

  /** Puts an edit that came too fast back in front, unless a newer one of its reply waits already. */
  #again(edit: Waiting): void {
    // A refused edit was no turn.
    this.#turns.delete(edit.key);
    const newer = this.#waiting.find(({ key }) => key === edit.key);
    if (newer) newer.waiters.push(...edit.waiters);
    else this.#waiting.unshift(edit);
  }
}

/** One pace a workspace. */
export class Paces {
  readonly #options: PaceOptions;
  readonly #clock: Clock;
  readonly #paces = new Map<string, PostingPace>();

  constructor(options: PaceOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  of({ teamId }: { teamId: string }): PostingPace {
    let pace = this.#paces.get(teamId);
    if (!pace) {
      pace = new PostingPace(this.#options, this.#clock);
      this.#paces.set(teamId, pace);
    }
    return pace;
  }

  /** Makes no edit any more. */
  close(): void {
    for (const pace of this.#paces.values()) pace.close();
  }
}
