import {
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type Provider, ProviderError, type ProviderErrorKind, type SteadyProvider } from './provider.ts';

/** After so many calls in a row that met a provider out of order, it is left alone. */
const MOST_FAILURES = 5;
/** How long it is left alone before one call may try again, in ms; it doubles up to the longest. */
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60_000;
/** What the others are told to wait while one call tries, in ms. */
const PROBE_MS = 1000;

/** What says that the provider is out of order or has too much to do, and nothing about the request. */
const OUTAGES: readonly ProviderErrorKind[] = ['busy', 'unavailable', 'ambiguous'];

/**
 * A provider that is left alone while it is out of order. Submissions and polls are judged apart, as a provider that
 * takes nothing new may well go on with what it has. A call during a pause is refused as `busy`, unsent, with the rest
 * of the pause as `retryAfterMs`.
 */
export function withBreaker(provider: Provider, parts: { clock: Clock; log: Log }): SteadyProvider {
  const submits = new Breaker('submissions', parts);
  const polls = new Breaker('polls', parts);
  return {
    name: provider.name,
    submit: (request, id, signal) => submits.run(() => provider.submit(request, id, signal)),
    poll: (id, signal) => polls.run(() => provider.poll(id, signal)),
    // Asked rarely, and by nobody who could wait.
    find: (id, since, signal) => provider.find(id, since, signal),
    balance: (signal) => provider.balance(signal),
    stop: () => provider.stop(),
    pausedMs: () => submits.pausedMs(),
  };
}

/** cockatiel's circuit breaker, whose pauses are measured by our own clock. */
class Breaker {
  readonly #clock: Clock;
  readonly #policy: CircuitBreakerPolicy;
  #pauseMs = FIRST_PAUSE_MS;
  #openUntil = 0;
  #probing = false;

  constructor(what: string, { clock, log }: { clock: Clock; log: Log }) {
    this.#clock = clock;
    this.#policy = circuitBreaker(
      handleWhen((error) => error instanceof ProviderError && OUTAGES.includes(error.kind)),
      // It reads the machine's clock and takes no other. With 0 it would try at once, so the pause is ours alone.
      { breaker: new ConsecutiveBreaker(MOST_FAILURES), halfOpenAfter: 0 },
    );
    this.#policy.onBreak(() => {
      this.#openUntil = clock.now() + this.#pauseMs;
      log.warn({ what, pauseMs: this.#pauseMs }, 'the provider is out of order; it is left alone for a while');
      this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    });
    this.#policy.onReset(() => {
      this.#pauseMs = FIRST_PAUSE_MS;
      this.#openUntil = 0;
      log.info({ what }, 'the provider answers again');
    });
  }

  /** How long nothing should be tried, in ms; 0 when it may be. */
  pausedMs(): number {
    const rest = Math.max(this.#openUntil - this.#clock.now(), 0);
    return rest === 0 && this.#probing ? PROBE_MS : rest;
  }

  /** @throws what the work throws; {@link ProviderError} `busy` when it was not begun. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const retryAfterMs = this.pausedMs();
    if (retryAfterMs > 0) throw new ProviderError('busy', 'left alone while it is out of order', { retryAfterMs });
    const probe = this.#openUntil > 0;
    this.#probing ||= probe;
    try {
      return await this.#policy.execute(work);
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error;
      throw new ProviderError('busy', 'left alone while it is out of order', { retryAfterMs: PROBE_MS, cause: error });
    } finally {
      if (probe) this.#probing = false;
    }
  }
}
