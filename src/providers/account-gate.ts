import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Mark } from '../lib/mark.ts';
import { ACCOUNT_KINDS, ProviderError } from './provider.ts';

/** While the account is refused, one call of all processes tries this often, in ms. */
const TRY_MS = 60_000;
/** A refusal counts as over this long after a try was due that nobody has made, in ms: whoever waits makes it sooner. */
const LAPSES_MS = 300_000;
/** After another process was quicker, or the database could not say, in ms. */
const AGAIN_MS = 5000;
/** How often a refusal is written anew where other processes are quicker, before it is left for later. */
const MOST_WRITES = 5;

/** Dependencies of `AccountGate`. */
export interface AccountGateParts {
  /** Name of the calls that are held back, for the log. */
  what: string;
  /** Where processes tell each other of the latest refusal or try; there is no mark while the account is taken. */
  mark: Mark;
  /** Whether the mark is read before each call; else what `hear` has learnt last counts. */
  fresh: boolean;
  newId: () => string;
  clock: Clock;
  log: Log;
  /** Called when the account is refused, again or not, or taken again, whichever process has learnt it. */
  changed: () => void;
  /** Called when it is taken again, by a call of another process. */
  acceptedElsewhere: () => void;
}

/** The latest refusal or try, as far as this process knows. */
interface Refusal {
  mark: string;
  /** When this process may try, by its own clock (ms). */
  tryAt: number;
  /** When it counts as over (ms); minutes away, so it does not matter that clocks differ by half of one. */
  overAt: number;
  /** Whether it is in the database. */
  told: boolean;
}

/**
 * Holds calls back while the provider refuses the account, in all processes together. One answer proves the refusal, as
 * only the operator can mend it. From then on one call a minute tries: that of the process which replaces a mark that it
 * has seen unchanged for a minute by its own. When that call is accepted, the process removes its mark; if another
 * refusal has replaced that meanwhile, the gate stays shut.
 */
export class AccountGate {
  readonly #parts: AccountGateParts;
  #refusal: Refusal | undefined;
  /** Whether this process has the right to the next try and has not used it yet. */
  #mayTry = false;
  /** Resolves when what this process knows better is in the database; what is read until then is out of date. */
  #writing: Promise<unknown> | undefined;

  constructor(parts: AccountGateParts) {
    this.#parts = parts;
  }

  /** Whether calls are held back, as far as this process knows. */
  isShut(): boolean {
    return this.#refusal !== undefined && this.#parts.clock.now() < this.#refusal.overAt;
  }

  /**
   * Asks whether a call may be made. While the account is refused, one asker of all processes hears 0 once a minute, and
   * its call is the try.
   * @returns how long to wait, in ms; 0 to go on.
   */
  async ask(): Promise<number> {
    const { clock, fresh } = this.#parts;
    const isDue = () => this.#refusal !== undefined && this.#refusal.tryAt <= clock.now();
    if (isDue() || (fresh && !this.#refusal)) await this.hear();
    if (!this.#refusal) return 0;
    if (!isDue()) return this.#refusal.tryAt - clock.now();
    if (this.#writing) return AGAIN_MS;
    const claimed = await this.#write(this.#claim(this.#refusal));
    if (claimed) return 0;
    await this.hear();
    return AGAIN_MS;
  }

  /**
   * Makes a call.
   * @throws what it throws; {@link ProviderError} `busy` when it was held back.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const wait = this.#mayTry ? 0 : await this.ask();
    // It may have been refused, or another call of this process may have begun to try, while this one asked.
    if (this.#refusal && !this.#mayTry) {
      throw new ProviderError('busy', 'the account is refused', { retryAfterMs: wait || AGAIN_MS });
    }
    const tried = this.#refusal;
    this.#mayTry = false;
    try {
      const result = await work();
      if (tried) this.#accepted(tried);
      return result;
    } catch (error) {
      if (error instanceof ProviderError && ACCOUNT_KINDS.includes(error.kind)) await this.#refused(error);
      throw error;
    }
  }

  /** Learns what other processes know. Where the database cannot say it, what was known counts. */
  async hear(): Promise<void> {
    const { mark, clock, changed, acceptedElsewhere } = this.#parts;
    if (this.#writing) return;
    const before = this.#refusal;
    if (before && !before.told) return void (await this.#write(this.#tell(undefined)));
    let found: string | undefined;
    try {
      found = await mark.read();
    } catch (error) {
      return this.#unreachable(error);
    }
    // This process may have learnt something newer while it was read.
    if (this.#refusal !== before || this.#writing || found === before?.mark) return;
    const now = clock.now();
    this.#mayTry = false;
    if (found === undefined) {
      this.#refusal = undefined;
      if (before && now < before.overAt) acceptedElsewhere();
    } else {
      const overAt = Number(found.split(' ')[0]);
      this.#refusal = { mark: found, tryAt: now < overAt ? now + TRY_MS : now, overAt, told: true };
    }
    changed();
  }

  /** The refusal by which this process replaces another mark. */
  #next(): Refusal {
    const now = this.#parts.clock.now();
    const overAt = now + TRY_MS + LAPSES_MS;
    return { mark: `${overAt} ${this.#parts.newId()}`, tryAt: now + TRY_MS, overAt, told: true };
  }

  /** @returns whether it is this process that may try. */
  async #claim(known: Refusal): Promise<boolean> {
    const next = this.#next();
    const claimed = await this.#parts.mark.replace(known.mark, next.mark, next.overAt);
    if (!claimed || this.#refusal !== known) return false;
    this.#refusal = next;
    this.#mayTry = true;
    return true;
  }

  async #refused(error: ProviderError): Promise<void> {
    // It counts here at once. Several that are refused at the same moment are told as one.
    const isTold = this.#refusal?.told ?? true;
    if (isTold) this.#refusal = { ...this.#next(), told: false };
    this.#mayTry = false;
    this.#parts.changed();
    await this.#writing;
    await this.#write(this.#tell(error));
  }

  async #tell(error: ProviderError | undefined): Promise<boolean> {
    const { mark, what, log } = this.#parts;
    for (let write = 0; write < MOST_WRITES; write++) {
      const known = this.#refusal;
      if (!known || known.told) return true;
      const before = await mark.read();
      if (!(await mark.replace(before, known.mark, known.overAt))) continue;
      // Only the operator can mend it, and one line of all processes is enough.
      if (before === undefined) {
        const line = 'the provider refuses this account (key or credit); requests wait, one a minute tries again';
        log.error({ what, ...(error && { err: error }) }, line);
      }
      if (this.#refusal === known) this.#refusal = { ...known, told: true };
    }
    return false;
  }

  /** Goes on without waiting for the database: nothing may come between an id that was paid for and its place there. */
  #accepted(tried: Refusal): void {
    const { mark, what, log, changed } = this.#parts;
    // Refused since, by a call that this one was overtaken by: the next try will tell.
    if (this.#refusal !== tried) return;
    this.#refusal = undefined;
    log.info({ what }, 'the provider takes this account again');
    changed();
    void this.#write(mark.replace(tried.mark, undefined, 0)).then(() => this.hear());
  }

  /** Never throws, as a call is about to be made or has been made. @returns false as well when it could not be written. */
  #write(work: Promise<boolean>): Promise<boolean> {
    const writing = work
      .catch((error: unknown) => {
        this.#unreachable(error);
        return false;
      })
      .finally(() => {
        if (this.#writing === writing) this.#writing = undefined;
      });
    this.#writing = writing;
    return writing;
  }

  #unreachable(error: unknown): void {
    const line = 'could not share with other processes whether the account is refused';
    this.#parts.log.warn({ err: error }, line);
  }
}
