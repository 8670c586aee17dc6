import { BoundedMap } from '../../lib/bounded-map.ts';
import type { Clock } from '../../lib/clock.ts';
import { type DiscordRef, isTokenAlive } from './ref.ts';

/** The most messages kept; the oldest go first. */
const MOST = 1000;

type Token = Pick<DiscordRef, 'token' | 'tokenExpiresAt'>;

/**
 * The tokens of later interactions with a message, such as a pressed button. A private reply can be reached through
 * them after its own token is dead, for as long as this process lives.
 */
export class Tokens {
  readonly #clock: Clock;
  readonly #byMessage = new BoundedMap<string, Token>(MOST);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note({ messageId, token, tokenExpiresAt }: DiscordRef): void {
    this.#byMessage.set(messageId, { token, tokenExpiresAt });
  }

  /** The tokens that may reach a reply as their original one, its own first; none when all are dead. */
  for(ref: DiscordRef): string[] {
    const now = this.#clock.now();
    const later = this.#byMessage.get(ref.messageId);
    return [ref, ...(later ? [later] : [])].filter((one) => isTokenAlive(one, now)).map(({ token }) => token);
  }
}
