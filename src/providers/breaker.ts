import {
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import {
  ACCOUNT_KINDS,
  type Pause,
  type Provider,
  ProviderError,
  type ProviderErrorKind,
  type SteadyProvider,
} from './provider.ts';

/** When calls are held back, and for how long. */
interface Rule {
  /** What says that calls should be held back. */
  kinds: readonly ProviderErrorKind[];
  /** After so many such answers in a row. */
  most: number;
  /** How long before one call may try again, in ms; it doubles up to the longest. */
  firstPauseMs: number;
  longestPauseMs: number;
}

/** The provider is out of order or has too much to do, which says nothing about the request. */
const OUTAGE: Rule = {
  kinds: ['busy', 'unavailable', 'ambiguous'],
  most: 5,
  firstPauseMs: 5000,
  longestPauseMs: 60_000,
};

/** The account is refused, which one answer proves; only its operator can change that. */
const ACCOUNT: Rule = { kinds: ACCOUNT_KINDS, most: 1, firstPauseMs: 60_000, longestPauseMs: 60_000 };

/** A pause counts as over this long after its end even if nobody has tried, in ms: whoever waits tries much sooner. */
const LAPSES_MS = 300_000;

/** What the others are told to wait while one call tries, in ms. */
const PROBE_MS = 1000;

/**
 * A provider that is left alone while it is out of order, and while it refuses the account. Submissions and polls are
 * judged apart, as a provider that takes nothing new may well go on with what it has. A call during a pause is refused
 * as `busy`, unsent, with the rest of the pause as `retryAfterMs`.
 */
export function withBreaker(provider: Provider, parts: { clock: Clock; log: Log }): SteadyProvider {
  let listener = () => {};
  const changed = () => listener();
  const submits = {
    account: new Breaker('submissions', ACCOUNT, { ...parts, changed }),
    outage: new Breaker('submissions', OUTAGE, { ...parts, changed }),
  };
  const polls = {
    account: new Breaker('polls', ACCOUNT, { ...parts, changed }),
    outage: new Breaker('polls', OUTAGE, { ...parts, changed }),
  };
  let acceptedAt = Number.NEGATIVE_INFINITY;
  const paused = (): Pause | undefined => {
    if (submits.account.isOpen() || polls.account.isOpen()) return 'account';
    return submits.outage.pausedMs() > 0 ? 'provider busy' : undefined;
  };
  return {
    ...provider,
    async submit(order, signal) {
      const id = await run(submits, () => provider.submit(order, signal));
      acceptedAt = parts.clock.now();
      return id;
    },
    poll: (job, signal) => run(polls, () => provider.poll(job, signal)),
    acceptedAt: () => acceptedAt,
    pausedMs: () => pausedMs(submits),
    paused,
    onPauseChanged(next) {
      listener = next;
    },
  };
}

/** What one kind of call is held back by. */
interface Breakers {
  account: Breaker;
  outage: Breaker;
}

function pausedMs({ account, outage }: Breakers): number {
  return Math.max(account.pausedMs(), outage.pausedMs());
}

async function run<T>(breakers: Breakers, work: () => Promise<T>): Promise<T> {
  const retryAfterMs = pausedMs(breakers);
  if (retryAfterMs > 0) throw new ProviderError('busy', 'left alone for a while', { retryAfterMs });
  return await breakers.account.run(() => breakers.outage.run(work));
}

/** cockatiel's circuit breaker, whose pauses are measured by our own clock. */
class Breaker {
  readonly #clock: Clock;
  readonly #policy: CircuitBreakerPolicy;
  #pauseMs: number;
  #openUntil = 0;
  #probing = false;

  constructor(what: string, rule: Rule, { clock, log, changed }: { clock: Clock; log: Log; changed: () => void }) {
    this.#clock = clock;
    this.#pauseMs = rule.firstPauseMs;
    const account = rule.kinds === ACCOUNT.kinds;
    this.#policy = circuitBreaker(
      handleWhen((error) => error instanceof ProviderError && rule.kinds.includes(error.kind)),
      // It reads the machine's clock and takes no other. With 0 it would try at once, so the pause is ours alone.
      { breaker: new ConsecutiveBreaker(rule.most), halfOpenAfter: 0 },
    );
    this.#policy.onBreak((reason) => {
      const again = this.#openUntil > 0;
      this.#openUntil = clock.now() + this.#pauseMs;
      const facts = { what, pauseMs: this.#pauseMs, ...('error' in reason && { err: reason.error }) };
      // One line is enough: only the operator can mend it.
      if (account && !again) {
        log.error(facts, 'the provider refuses this account (key or credit); requests wait, one a minute tries again');
      } else if (!account) log.warn(facts, 'the provider is out of order; it is left alone for a while');
      this.#pauseMs = Math.min(this.#pauseMs * 2, rule.longestPauseMs);
      // Others forget what they are not told anew.
      if (account || !again) changed();
    });
    this.#policy.onReset(() => {
      this.#pauseMs = rule.firstPauseMs;
      this.#openUntil = 0;
      log.info({ what }, account ? 'the provider takes this account again' : 'the provider answers again');
      changed();
    });
  }

  /** Whether calls are held back, or one of them tries; nobody knows any more when none has tried for a while. */
  isOpen(): boolean {
    return this.#openUntil > 0 && this.#clock.now() < this.#openUntil + LAPSES_MS;
  }

  /** How long nothing should be tried, in ms; 0 when it may be. */
  pausedMs(): number {
    const rest = Math.max(this.#openUntil - this.#clock.now(), 0);
    return rest === 0 && this.#probing ? PROBE_MS : rest;
  }

  /** @throws what the work throws; {@link ProviderError} `busy` when it was not begun. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const probe = this.#openUntil > 0;
    this.#probing ||= probe;
    try {
      return await this.#policy.execute(work);
    } catch (error) {
      if (!isBrokenCircuitError(error)) throw error;
      throw new ProviderError('busy', 'left alone for a while', { retryAfterMs: PROBE_MS, cause: error });
    } finally {
      if (probe) this.#probing = false;
    }
  }
}
