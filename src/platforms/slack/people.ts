import { BoundedMap } from '../../lib/bounded-map.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Clients, Team } from './clients.ts';

/** Details that Slack has about a person. */
export interface SlackPerson {
  /** As the workspace shows it; undefined when it is not known. */
  name: string | undefined;
  /** BCP 47 tag. */
  locale: string;
  /** An admin or owner of the workspace. */
  admin: boolean;
}

/** How long details about a person are kept, in ms. */
const KEPT_MS = 5 * 60_000;
const MOST_KEPT = 10_000;
/** Somebody unknown: they may do whatever everybody may. */
const UNKNOWN: SlackPerson = { name: undefined, locale: 'en-US', admin: false };

/** Asks Slack about people, and remembers the answer for a while. */
export class People {
  readonly #clients: Clients;
  readonly #clock: Clock;
  readonly #known = new BoundedMap<string, { person: Promise<SlackPerson>; until: number }>(MOST_KEPT);

  constructor(clients: Clients, clock: Clock) {
    this.#clients = clients;
    this.#clock = clock;
  }

  /** Looks a person up. Never throws: someone about whom nothing can be found out is a plain member. */
  async find(team: Team, userId: string): Promise<SlackPerson> {
    const key = `${team.teamId}/${userId}`;
    const known = this.#known.get(key);
    if (known && known.until > this.#clock.now()) return known.person;
    const person = this.#ask(team, userId).catch(() => {
      this.#known.delete(key);
      return UNKNOWN;
    });
    this.#known.set(key, { person, until: this.#clock.now() + KEPT_MS });
    return person;
  }

  /** The names of people, by their ids; people who cannot be looked up are missing. */
  async namesOf(team: Team, userIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await Promise.all(userIds.map(async (id) => [id, (await this.find(team, id)).name] as const));
    return new Map(found.flatMap(([id, name]) => (name === undefined ? [] : [[id, name] as const])));
  }

  async #ask(team: Team, userId: string): Promise<SlackPerson> {
    const client = await this.#clients.of(team);
    const { user } = await client.users.info({ user: userId, include_locale: true });
    const name = [user?.profile?.display_name, user?.real_name, user?.name].find((one) => one);
    return {
      name,
      locale: user?.locale ?? UNKNOWN.locale,
      admin: user?.deleted !== true && (user?.is_admin === true || user?.is_owner === true),
    };
  }
}
