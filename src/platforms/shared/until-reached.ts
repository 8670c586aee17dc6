import type { ReplyError } from '../../domain/reply.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { waitAfter } from '../../lib/retry.ts';

/** The waits between attempts. */
const WAITS = { firstMs: 1000, longestMs: 60_000 };

/** A chat refuses the connection for good. The message is one plain line for the operator, without any secret. */
export class ConnectionRefused extends Error {
  override readonly name = 'ConnectionRefused';
}

/** How a chat is reached. */
export interface Reaching {
  /** The chat's name, for the log. */
  chat: string;
  toReplyError: (error: unknown) => ReplyError;
  /** The line for the operator where no other attempt would be answered otherwise. */
  refusal: (failure: ReplyError) => string;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

/**
 * Tries until a chat can be reached: only a refusal ends it.
 * @throws {ConnectionRefused} by `attempt`, and for every answer that another attempt would not change.
 * @throws the signal's reason.
 */
export async function untilReached<T>(attempt: () => Promise<T>, reaching: Reaching): Promise<T> {
  const { chat, toReplyError, refusal, clock, log, signal } = reaching;
  for (let failures = 1; ; failures += 1) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ConnectionRefused) throw error;
      const failure = toReplyError(error);
      if (failure.kind === 'gone' || failure.kind === 'invalid') throw new ConnectionRefused(refusal(failure));
      const waitMs = waitAfter(failures, WAITS, failure.retryAfterMs);
      log.warn({ reason: failure.message, waitMs }, `${chat} is out of reach; trying again`);
      await clock.sleep(waitMs, signal);
    }
  }
}
