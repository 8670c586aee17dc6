import type { Card } from '../domain/card.ts';
import type { CommunityEvent } from '../domain/event.ts';
import { platformOf } from '../domain/ids.ts';
import { type Chat, ReplyError } from '../domain/reply.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { every, waitAfter } from '../lib/retry.ts';
import { textsFor } from '../locales/languages.ts';
import type { Texts } from '../locales/texts.ts';
import type { OutboxEntry } from '../store/outbox.ts';
import type { DataStore } from '../store/repositories.ts';
import { logCard } from './log-cards.ts';

/** Dependencies of `keepLogChannels`. */
export interface LogChannelParts {
  store: DataStore;
  chats: ReadonlyMap<string, Pick<Chat, 'post'>>;
  clock: Clock;
  log: Log;
}

/** How often events to post are looked for, in ms. */
const EVERY_MS = 2000;
/** Age at which an event that couldn't be posted is dropped as old news, in ms. */
const OLDEST_MS = 24 * 3_600_000;
/** The wait after a first failed post, in ms; it doubles up to the longest. */
const WAITS = { firstMs: 2000, longestMs: 300_000 };
/** Failures on our side after which a line is given up, so that it doesn't hold up those behind it. */
const MOST_FAILURES = 5;
const BATCH = 50;
/** Silence after which another process takes over from the one that posts, in ms. */
const LEAD_MS = 5 * EVERY_MS;

/** State of a community's log channel. */
interface Line {
  running: Promise<void> | undefined;
  /** No post before this moment (ms). */
  notBefore: number;
  failures: number;
}

/**
 * Posts what log channels are to be told, in the order in which it happened, until the signal aborts; returns when what
 * was under way then is posted. A crash between a post and the note of it repeats that one line: log lines may come
 * twice, but none is lost.
 */
export async function keepLogChannels(parts: LogChannelParts, signal: AbortSignal): Promise<void> {
  const poster = new Poster(parts, signal);
  const { store, clock, log } = parts;
  const failed = (error: unknown) => log.error({ err: error }, 'log channels could not be looked up');
  const work = async () => {
    if (await store.leads('log channels', LEAD_MS)) await poster.begin();
  };
  await every(EVERY_MS, work, { clock, signal, failed });
  await poster.idle();
}

class Poster {
  readonly #parts: LogChannelParts;
  readonly #signal: AbortSignal;
  readonly #lines = new Map<string, Line>();
  /** Positions posted but not yet marked, so that a database failure doesn't make them be posted again. */
  readonly #posted = new Set<number>();
  /** Channels that were already logged as refusing posts. */
  readonly #told = new Set<string>();

  constructor(parts: LogChannelParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
  }

  /** Starts posting for every community that has events; none waits for another. */
  async begin(): Promise<void> {
    const { store, clock } = this.#parts;
    for (const community of await store.outbox.listWaiting()) {
      const line = this.#lines.get(community) ?? { running: undefined, notBefore: 0, failures: 0 };
      this.#lines.set(community, line);
      if (line.running || clock.now() < line.notBefore) continue;
      line.running = this.#run(community, line).finally(() => {
        line.running = undefined;
        if (line.failures === 0) this.#lines.delete(community);
      });
    }
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all([...this.#lines.values()].map(({ running }) => running));
  }

  /** Posts a community's events until none are left or one fails. Never throws. */
  async #run(community: string, line: Line): Promise<void> {
    try {
      while (!this.#signal.aborted) {
        const entries = await this.#parts.store.outbox.listUnposted(community, BATCH);
        if (entries.length === 0) return;
        await this.#postAll(community, entries, line);
      }
    } catch (error) {
      const { clock, log } = this.#parts;
      line.failures += 1;
      const askedMs = error instanceof ReplyError ? error.retryAfterMs : undefined;
      line.notBefore = clock.now() + waitAfter(line.failures, WAITS, askedMs);
      log.warn({ err: error, community, failures: line.failures }, 'a log channel could not be told; trying it again');
    }
  }

  async #postAll(community: string, entries: readonly OutboxEntry[], line: Line): Promise<void> {
    const { store, clock } = this.#parts;
    const { logChannel, logLocale = 'en' } = await store.communitySettings.get(community);
    let channel = logChannel;
    for (const { position, event, createdAt } of entries) {
      if (this.#signal.aborted) return;
      const wanted = channel !== undefined && createdAt > clock.now() - OLDEST_MS && !this.#posted.has(position);
      if (channel !== undefined && wanted) {
        const reached = await this.#post(community, channel, event, logLocale, line);
        // Later events would not get through either.
        if (!reached) channel = undefined;
      }
      this.#posted.add(position);
      await store.outbox.notePosted(position, clock.now());
      this.#posted.delete(position);
      line.failures = 0;
    }
  }

  /**
   * @returns false when the channel cannot be reached any more.
   * @throws {ReplyError} when it should be tried again later, and any other error while there is hope.
   */
  async #post(community: string, channel: string, event: CommunityEvent, locale: string, line: Line): Promise<boolean> {
    const { chats, log } = this.#parts;
    const where = `${community} ${channel}`;
    try {
      const card = await this.#cardOf(event, textsFor(locale, platformOf(community)));
      if (!card) return true;
      const chat = chats.get(platformOf(community));
      if (!chat) throw new ReplyError('unavailable', 'the chat of this community is not connected');
      await chat.post(community, channel, card);
      this.#told.delete(where);
      return true;
    } catch (error) {
      const kind = error instanceof ReplyError ? error.kind : undefined;
      const hopeless = kind === 'gone' || kind === 'invalid' || (kind === undefined && line.failures >= MOST_FAILURES);
      if (!hopeless) throw error;
      if (!this.#told.has(where)) log.warn({ err: error, community, channel }, 'a log channel takes no lines');
      this.#told.add(where);
      return kind !== 'gone';
    }
  }

  /** Looked up as late as this, so that no prompt is shown that was forgotten meanwhile. */
  async #cardOf(event: CommunityEvent, texts: Texts): Promise<Card | undefined> {
    const { generations, reports } = this.#parts.store;
    if (event.kind !== 'generation' && event.kind !== 'report') return logCard(texts, event, {});
    const generation = await generations.find(event.generation);
    const report = event.kind === 'report' ? await reports.find(event.generation, event.reporter) : undefined;
    return logCard(texts, event, { generation, reason: report?.reason });
  }
}
