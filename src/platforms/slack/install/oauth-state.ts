import { type InstallURLOptions, InvalidStateError, type StateStore } from '@slack/oauth';
import type { Clock } from '../../../lib/clock.ts';
import { SealError, type Sealer } from './sealing.ts';

/** How long somebody may look at Slack's page before they press Allow, in ms. */
export const STATE_LIFETIME_MS = 10 * 60_000;

const PLACE = 'slack-install-state';

/**
 * The `state` of an installation under way: sealed into the address itself, so that nothing is kept for those who never
 * come back, and any process can take the answer. The install provider compares it with the browser's cookie; that a
 * code is used once is Slack's to see to.
 */
export class OAuthState implements StateStore {
  readonly #sealer: Sealer;
  readonly #clock: Clock;

  constructor(sealer: Sealer, clock: Clock) {
    this.#sealer = sealer;
    this.#clock = clock;
  }

  generateStateParam = async (options: InstallURLOptions): Promise<string> =>
    this.#sealer.seal(JSON.stringify({ options, expiresAt: this.#clock.now() + STATE_LIFETIME_MS }), PLACE);

  /** @throws {InvalidStateError} */
  verifyStateParam = async (_now: Date, state: string): Promise<InstallURLOptions> => {
    const { options, expiresAt } = this.#read(state);
    if (this.#clock.now() >= expiresAt) throw new InvalidStateError('The state parameter is too old.');
    return options;
  };

  #read(state: string): { options: InstallURLOptions; expiresAt: number } {
    try {
      return JSON.parse(this.#sealer.open(state, PLACE));
    } catch (error) {
      if (error instanceof SealError) throw new InvalidStateError('The state parameter is not ours.');
      throw error;
    }
  }
}
