import type Keyv from 'keyv';
import type { Clock } from '../lib/clock.ts';
import type { Pause, SteadyProvider } from './provider.ts';

/** Where processes tell each other that the account is refused, and how long that holds without being told anew, in ms. */
const KEY = 'account';
const HOLDS_MS = 180_000;
const TELL_MS = 60_000;
/** How long what others have told is taken for true, in ms. */
const FRESH_MS = 2000;

/** What the watch works with. */
export interface PauseWatchParts {
  provider: Pick<SteadyProvider, 'paused' | 'onPauseChanged'>;
  keyv: Pick<Keyv, 'get' | 'set' | 'delete'>;
  /** Whether other processes send requests as well; then each may learn first that the account is refused. */
  shared: boolean;
  clock: Clock;
}

/** Knows why no request is sent just now, in every process: one that sends none is told by those that do. */
export class PauseWatch {
  readonly #parts: PauseWatchParts;
  #listener: () => void = () => {};
  #heard: { at: number; account: boolean } = { at: Number.NEGATIVE_INFINITY, account: false };
  #toldAt: number | undefined;

  constructor(parts: PauseWatchParts) {
    this.#parts = parts;
    parts.provider.onPauseChanged(() => {
      void this.#tell().catch(() => {});
      this.#listener();
    });
  }

  /** Calls back when the reason has changed in this process. */
  onChanged(listener: () => void): void {
    this.#listener = listener;
  }

  /** Why nothing is sent just now; undefined when it may be. */
  async reason(): Promise<Pause | undefined> {
    const { provider, keyv, shared, clock } = this.#parts;
    const own = provider.paused();
    if (own || !shared) {
      if (shared && own === 'account' && clock.now() - (this.#toldAt ?? 0) > TELL_MS) await this.#tell();
      return own;
    }
    if (clock.now() - this.#heard.at > FRESH_MS) {
      this.#heard = { at: clock.now(), account: (await keyv.get(KEY)) === true };
    }
    return this.#heard.account ? 'account' : undefined;
  }

  async #tell(): Promise<void> {
    const { provider, keyv, shared, clock } = this.#parts;
    if (!shared) return;
    if (provider.paused() === 'account') {
      this.#toldAt = clock.now();
      await keyv.set(KEY, true, HOLDS_MS);
    } else if (this.#toldAt !== undefined) {
      this.#toldAt = undefined;
      this.#heard = { at: Number.NEGATIVE_INFINITY, account: false };
      await keyv.delete(KEY);
    }
  }
}
