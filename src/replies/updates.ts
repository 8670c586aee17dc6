import type { Card } from '../domain/card.ts';
import { type Chat, ReplyError, type ReplyRef } from '../domain/reply.ts';
import type { Clock } from '../lib/clock.ts';
import { around } from '../lib/fault-points.ts';
import type { Log } from '../lib/log.ts';
import { waitAfter } from '../lib/retry.ts';

/** A card to be shown. */
export interface Update {
  /** Id of the generation: updates of one follow each other, those of others do not wait for them. */
  id: string;
  ref: ReplyRef;
  card: Card;
  /**
   * Called when the reply shows this very card, or can't be reached for good; given when nothing follows it. Not called
   * when the chat was out of order for too long.
   */
  onShown?: () => Promise<void>;
  /** Called when the reply shows this card, although others may follow. */
  onEdited?: () => Promise<void>;
  /** Asked just before the card is shown, which may be a while later: whether it is out of date, and shown by nobody. */
  stale?: () => Promise<boolean>;
}

/** The wait after a first failed edit, in ms; it doubles up to the longest. */
const WAITS = { firstMs: 2000, longestMs: 60_000 };
/** After this many failed edits in a row a card is given up; the next change of the reply begins anew. */
const MOST_FAILURES = 12;

interface Line {
  pending: Update | undefined;
  /** JSON of the card that the reply shows. */
  shown: string | undefined;
  /** No edit before this moment (ms). */
  notBefore: number;
  failures: number;
  /** Whether a run is under way. The promise cannot tell: a run may end before there is one. */
  busy: boolean;
  /** The latest run. */
  running: Promise<void> | undefined;
  readonly dropped: AbortController;
}

/**
 * Edits replies: no faster than the platform allows, only when something changed, and always to the latest card; what
 * was to be shown before it is skipped. An edit that fails never disturbs the generation.
 */
export class Updates {
  readonly #chats: ReadonlyMap<string, Chat>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #lines = new Map<string, Line>();
  readonly #stop = new AbortController();

  constructor(chats: ReadonlyMap<string, Chat>, clock: Clock, log: Log) {
    this.#chats = chats;
    this.#clock = clock;
    this.#log = log;
  }

  /** Shows a card as soon as the platform's pace allows; returns at once. */
  show(update: Update): void {
    const line = this.#lines.get(update.id) ?? {
      pending: undefined,
      shown: undefined,
      notBefore: 0,
      failures: 0,
      busy: false,
      running: undefined,
      dropped: new AbortController(),
    };
    this.#lines.set(update.id, line);
    line.pending = update;
    if (line.busy) return;
    line.busy = true;
    line.running = this.#run(line);
  }

  /**
   * Drops what is not shown yet, waits for an edit that is under way, so that nothing later overtakes a delivery, and
   * forgets the reply.
   */
  async quiesce(id: string): Promise<void> {
    const line = this.#lines.get(id);
    if (!line) return;
    line.pending = undefined;
    await line.running;
    if (!line.pending) this.#lines.delete(id);
  }

  /**
   * Drops what is not shown yet, breaks off an edit that is under way, and forgets the reply: others show it from now on.
   */
  drop(id: string): void {
    const line = this.#lines.get(id);
    this.#lines.delete(id);
    if (!line) return;
    line.pending = undefined;
    line.dropped.abort(new DOMException('others show it now', 'AbortError'));
  }

  /** Forgets a reply that will not change any more, once it shows its latest card. */
  async forget(id: string): Promise<void> {
    await this.#lines.get(id)?.running;
    if (!this.#lines.get(id)?.pending) this.#lines.delete(id);
  }

  /** Resolves when all that can be shown is shown, or after `ms`. */
  async drain(ms: number): Promise<void> {
    const running = [...this.#lines.values()].map((line) => line.running);
    await Promise.race([Promise.allSettled(running), this.#clock.sleep(ms, this.#stop.signal).catch(() => {})]);
  }

  /** Shows nothing any more. */
  stop(): void {
    this.#stop.abort();
  }

  async #run(line: Line): Promise<void> {
    while (line.pending && !this.#stop.signal.aborted) {
      const wait = line.notBefore - this.#clock.now();
      if (wait > 0) {
        await this.#clock.sleep(wait, this.#stop.signal).catch(() => {});
        continue;
      }
      const update: Update = line.pending;
      line.pending = undefined;
      const json = JSON.stringify(update.card);
      if (json !== line.shown && !(await this.#edit(line, update, json))) continue;
      await this.#tell(update).catch((error: unknown) => {
        this.#log.error({ err: error, generation: update.id }, 'could not note that a reply was shown');
      });
    }
    // In the same turn as the last look at `pending`, so that no update falls between.
    line.busy = false;
  }

  async #tell({ onShown, onEdited }: Update): Promise<void> {
    if (onShown) await around('write shown', onShown);
    await onEdited?.();
  }

  /** @returns whether the reply shows the card now, or nothing will reach it; else the card may be pending again. */
  async #edit(line: Line, update: Update, json: string): Promise<boolean> {
    const chat = this.#chats.get(update.ref.platform);
    if (!chat) {
      this.#log.warn(
        { generation: update.id, platform: update.ref.platform },
        'the chat of this reply is not connected',
      );
      return false;
    }
    const signal = AbortSignal.any([this.#stop.signal, line.dropped.signal]);
    try {
      if (await update.stale?.()) return false;
      const options = { signal, last: update.onShown !== undefined, stale: update.stale };
      await around('edit', () => chat.update(update.ref, update.card, options));
      line.shown = json;
      line.failures = 0;
      line.notBefore = this.#clock.now() + chat.updateIntervalMs;
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      const known = error instanceof ReplyError ? error : undefined;
      line.failures += 1;
      const gone = known?.kind === 'gone' || known?.kind === 'invalid';
      const hopeless = gone || line.failures >= MOST_FAILURES;
      this.#log.warn(
        { err: error, generation: update.id, failures: line.failures, hopeless },
        'could not edit a reply',
      );
      line.notBefore = this.#clock.now() + waitAfter(line.failures, WAITS, known?.retryAfterMs);
      if (hopeless) line.failures = 0;
      else line.pending ??= update;
      return gone;
    }
  }
}
