import type { Clock } from '../clock.ts';
import type { Origin } from '../generation/origin.ts';
import type { NamedModerator } from '../store/moderators.ts';
import type { Repositories, Store } from '../store/store.ts';

/** What counts of who asks. `moderator` is the platform's own word. */
export type Asker = Pick<Origin, 'community' | 'member' | 'roles' | 'moderator'>;

/** So many can be named in one community, and fit one list in every chat; whoever needs more names a role. */
export const MOST_MODERATORS = 50;

/** What became of naming somebody; `not allowed` when the platform does not say that the asker runs the community. */
export type Naming = 'done' | 'known' | 'full' | 'not allowed';

/** What became of taking that back. */
export type Unnaming = 'done' | 'unknown' | 'not allowed';

/**
 * Whether somebody moderates the community: the platform says so, or they or one of their roles are named. Nothing is
 * remembered, so that who is removed can do nothing from that moment on.
 */
export async function isModerator(repositories: Pick<Repositories, 'moderators'>, asker: Asker): Promise<boolean> {
  const { community, member, roles, moderator } = asker;
  return moderator || (await repositories.moderators.hasAny(community, [idOf(member), ...roles]));
}

/** The platform's own id of a member: `U1` of `slack:T1/U1`, `123` of `discord:123`. */
export function idOf(member: string): string {
  return member.split(/[:/]/).at(-1) ?? member;
}

/**
 * Who moderates a community. Naming is for those whom the platform itself calls moderators: one who was named cannot
 * name others, so that taking somebody's name off ends all that they can do.
 */
export class Moderators {
  readonly #store: Pick<Store, 'moderators' | 'transaction'>;
  readonly #clock: Clock;

  constructor(store: Pick<Store, 'moderators' | 'transaction'>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** See {@link isModerator}. */
  async isModerator(asker: Asker): Promise<boolean> {
    return await isModerator(this.#store, asker);
  }

  /** @param subject the platform's own id of a member or a role. */
  async add(asker: Asker, subject: string): Promise<Naming> {
    if (!asker.moderator) return 'not allowed';
    return await this.#store.transaction(async ({ moderators }) => {
      const named = await moderators.list(asker.community);
      if (named.some((one) => one.subject === subject)) return 'known';
      if (named.length >= MOST_MODERATORS) return 'full';
      const added = await moderators.add(asker.community, {
        subject,
        addedBy: asker.member,
        addedAt: this.#clock.now(),
      });
      return added ? 'done' : 'known';
    });
  }

  /** @param subject as it was named. */
  async remove(asker: Asker, subject: string): Promise<Unnaming> {
    if (!asker.moderator) return 'not allowed';
    return (await this.#store.moderators.remove(asker.community, subject)) ? 'done' : 'unknown';
  }

  /** Those who were named, the earliest first. */
  async list(community: string): Promise<NamedModerator[]> {
    return await this.#store.moderators.list(community);
  }
}
