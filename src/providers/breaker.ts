import {
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Mark } from '../lib/mark.ts';
import { every, waitAfter } from '../lib/retry.ts';
import { AccountGate } from './account-gate.ts';
import {
  type Pause,
  type Provider,
  ProviderError,
  type ProviderErrorKind,
  type SteadyProvider,
  type WholeProvider,
} from './provider.ts';

/** The provider is out of order or has too much to do, which says nothing about the request. */
const OUTAGE_KINDS: readonly ProviderErrorKind[] = ['busy', 'unavailable', 'ambiguous'];
/** Calls are held back after so many such answers in a row. */
const MOST_FAILURES = 5;
/** How long before one call may try again, in ms; it doubles up to the longest. */
const PAUSES = { firstMs: 5000, longestMs: 60_000 };

/** How often a process learns whether another one was refused or taken again, in ms. */
const HEAR_MS = 2000;

/** How long other calls are told to wait while one tries, in ms. */
const PROBE_MS = 1000;

/** Dependencies of `withBreaker`. */
export interface BreakerParts {
  /** Where all processes agree on the account, by name. */
  mark: (name: string) => Mark;
  newId: () => string;
  clock: Clock;
  log: Log;
}

/**
 * A provider that is left alone while it is out of order, and while it refuses the account. Submissions and polls are
 * judged apart, as a provider that takes nothing new may well go on with what it has. That it is out of order is each
 * process's own finding, as its own connection may be what is broken; the account is the same for all of them. A call
 * during a pause is refused as `busy`, unsent, with the rest of the pause as `retryAfterMs`.
 */
export function withBreaker(provider: Provider, { mark, newId, clock, log }: BreakerParts): SteadyProvider {
  let listener = () => {};
  let acceptedAt = Number.NEGATIVE_INFINITY;
  const changed = () => listener();
  const accepted = () => {
    acceptedAt = clock.now();
  };
  const breakers = (what: string, fresh: boolean, acceptedElsewhere: () => void): Breakers => ({
    account: new AccountGate({
      newId,
      clock,
      log,
      changed,
      what,
      mark: mark(`account: ${what}`),
      fresh,
      acceptedElsewhere,
    }),
    outage: new Outage(what, { clock, log, changed }),
  });
  const submits = breakers('submissions', true, accepted);
  const polls = breakers('polls', false, () => {});
  const paused = (): Pause | undefined => {
    if (submits.account.isShut() || polls.account.isShut()) return 'account';
    return submits.outage.pausedMs() > 0 ? 'provider busy' : undefined;
  };
  return {
    ...wholeOf(provider),
    async submit(order, signal) {
      const id = await run(submits, () => provider.submit(order, signal));
      accepted();
      return id;
    },
    poll: (job, signal) => run(polls, () => provider.poll(job, signal)),
    acceptedAt: () => acceptedAt,
    pausedMs: async () => submits.outage.pausedMs() || (await submits.account.ask()),
    paused,
    async askPause() {
      await submits.account.hear();
      return paused();
    },
    onPauseChanged(next) {
      listener = next;
    },
    async keepHearing(signal) {
      const hear = () => Promise.all([submits.account.hear(), polls.account.hear()]);
      const failed = (error: unknown) => log.warn({ err: error }, 'could not hear of the account from other processes');
      await every(HEAR_MS, hear, { clock, signal, failed });
    },
  };
}

/**
 * Every method of the provider, called on the provider itself, as it may be an instance of a class. One that it does not
 * have answers with the default of {@link Provider}.
 */
function wholeOf(provider: Provider): WholeProvider {
  const balance = provider.balance?.bind(provider);
  const noLog = () =>
    new ProviderError('unavailable', 'there is no log of requests', { answered: true, lasting: true });
  return {
    name: provider.name,
    linkMs: provider.linkMs,
    routeOf: (request) => provider.routeOf?.(request) ?? '',
    submit: (order, signal) => provider.submit(order, signal),
    poll: (job, signal) => provider.poll(job, signal),
    find: (...asked) => provider.find?.(...asked) ?? Promise.reject(noLog()),
    timeAt: (moment) => provider.timeAt?.(moment),
    models: (signal) => provider.models(signal),
    ...(balance && { balance }),
    stop: () => provider.stop(),
  };
}

/** Holds back one kind of call. */
interface Breakers {
  account: AccountGate;
  outage: Outage;
}

async function run<T>({ account, outage }: Breakers, work: () => Promise<T>): Promise<T> {
  // Before the account is asked about as well, so that what is held back does not use up its try.
  outage.check();
  return await account.run(() => outage.run(work));
}

/** cockatiel's circuit breaker, whose pauses are measured by our own clock. */
class Outage {
  readonly #clock: Clock;
  readonly #policy: CircuitBreakerPolicy;
  /** How often it has been left alone since it answered last. */
  #pauses = 0;
  #openUntil = 0;
  #probing = false;

  constructor(what: string, { clock, log, changed }: { clock: Clock; log: Log; changed: () => void }) {
    this.#clock = clock;
    this.#policy = circuitBreaker(
      handleWhen((error) => error instanceof ProviderError && OUTAGE_KINDS.includes(error.kind)),
      // It reads the machine's clock and takes no other. With 0 it would try at once, so the pause is ours alone.
      { breaker: new ConsecutiveBreaker(MOST_FAILURES), halfOpenAfter: 0 },
    );
    this.#policy.onBreak((reason) => {
      const again = this.#openUntil > 0;
      this.#pauses += 1;
      const pauseMs = waitAfter(this.#pauses, PAUSES);
      this.#openUntil = clock.now() + pauseMs;
      const facts = { what, pauseMs, ...('error' in reason && { err: reason.error }) };
      log.warn(facts, 'the provider is out of order; it is left alone for a while');
      if (!again) changed();
    });
    this.#policy.onReset(() => {
      this.#pauses = 0;
      this.#openUntil = 0;
      log.info({ what }, 'the provider answers again');
      changed();
    });
  }

  /** How long nothing should be tried, in ms; 0 when it may be. */
  pausedMs(): number {
    const rest = Math.max(this.#openUntil - this.#clock.now(), 0);
    return rest === 0 && this.#probing ? PROBE_MS : rest;
  }

  /** @throws {ProviderError} `busy` when nothing should be tried. */
  check(): void {
    const retryAfterMs = this.pausedMs();
    if (retryAfterMs > 0) throw new ProviderError('busy', 'left alone for a while', { retryAfterMs });
  }

  /** @throws what the work throws; {@link ProviderError} `busy` when it was not begun. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.check();
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
