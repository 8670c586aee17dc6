import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { toReplyError } from './errors.ts';

/** From one attempt to the next; the last one counts from then on. */
const WAITS_MS = [1_000, 2_000, 5_000, 15_000, 30_000, 60_000];

/** Discord refuses the connection for good. The message is one plain line for the operator, without any secret. */
export class ConnectionRefused extends Error {
  override readonly name = 'ConnectionRefused';
}

/**
 * Tries until Discord can be reached: only a refusal ends it.
 * @throws {ConnectionRefused} by `attempt`, and for every answer that another attempt would not change.
 */
export async function untilReached<T>(
  attempt: () => Promise<T>,
  options: { clock: Clock; log: Log; signal: AbortSignal },
): Promise<T> {
  for (let count = 0; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      options.signal.throwIfAborted();
      if (error instanceof ConnectionRefused) throw error;
      const failure = toReplyError(error);
      if (failure.kind === 'gone' || failure.kind === 'invalid') {
        throw new ConnectionRefused(failure.message.replace(/^reply \w+: /, '').replaceAll(/\s+/g, ' '));
      }
      const waitMs = Math.max(failure.retryAfterMs ?? 0, WAITS_MS[Math.min(count, WAITS_MS.length - 1)] ?? 0);
      options.log.warn({ reason: failure.message, waitMs }, 'Discord is out of reach; trying again');
      await options.clock.sleep(waitMs, options.signal);
    }
  }
}
