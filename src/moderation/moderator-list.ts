import { DailiesError } from '../domain/failure.ts';
import { idOf } from '../domain/ids.ts';
import type { Asker } from '../domain/origin.ts';
import type { Clock } from '../lib/clock.ts';
import type { NamedModerator } from '../store/moderators.ts';
import type { Store } from '../store/store.ts';
import type { Changes } from './door.ts';
import { isModerator } from './is-moderator.ts';

/** So many can be named in one community, and fit one list in every chat; whoever needs more names a role. */
export const MOST_MODERATORS = 50;

/** What became of naming somebody; `not allowed` when the platform does not say that the asker runs the community. */
export type Naming = 'done' | 'known' | 'full' | 'not allowed';

/** What became of taking that back. */
export type Unnaming = 'done' | 'unknown' | 'not allowed';

/** A member, as in `Origin.member`, or a role, by the platform's own id. */
export interface Nameable {
  kind: 'member' | 'role';
  id: string;
}

/** Whom a naming names; `text` holds an id of which nothing else is known. */
export type Named = Nameable | { kind: 'text'; text: string };

/**
 * Whom a platform's own id names. In Slack an id says it by its first letter; elsewhere only the platform can tell.
 * @param rolesOf as in an invocation: the members that its options name, with their roles.
 */
export function namedBy(
  community: string,
  id: string,
  rolesOf: Readonly<Record<string, readonly string[]>> = {},
): Nameable {
  const member = Object.keys(rolesOf).find((one) => idOf(one) === id);
  if (member !== undefined) return { kind: 'member', id: member };
  // Slack documentation, "User types" and "User groups": U or W begins a member's id, S that of a user group.
  if (community.startsWith('slack:') && /^[UW]/.test(id)) return { kind: 'member', id: `${community}/${id}` };
  return { kind: 'role', id };
}

/**
 * Who moderates a community. Naming is for those whom the platform itself calls moderators: one who was named cannot
 * name others, so that taking somebody's name off ends all that they can do.
 */
export class Moderators {
  readonly #store: Pick<Store, 'audit' | 'moderators' | 'transaction'>;
  readonly #clock: Clock;
  readonly #changes: Pick<Changes, 'note'>;

  constructor(
    store: Pick<Store, 'audit' | 'moderators' | 'transaction'>,
    clock: Clock,
    changes: Pick<Changes, 'note'>,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#changes = changes;
  }

  /** See {@link isModerator}. */
  async isModerator(asker: Asker): Promise<boolean> {
    return await isModerator(this.#store, asker);
  }

  /** Makes a member or everybody with a role a moderator. */
  async add(asker: Asker, subject: Nameable): Promise<Naming> {
    if (!asker.moderator) return 'not allowed';
    const id = idOf(subject.id);
    return await this.#store.transaction(async (repositories) => {
      await repositories.lock(`changes ${asker.community}`);
      const named = await repositories.moderators.list(asker.community);
      if (named.some((one) => one.subject === id)) return 'known';
      if (named.length >= MOST_MODERATORS) return 'full';
      const naming = { subject: id, addedBy: asker.member, addedAt: this.#clock.now() };
      await repositories.moderators.add(asker.community, naming);
      await this.#changes.note(repositories, asker, {
        action: 'moderators.add',
        subject,
        before: undefined,
        after: undefined,
      });
      return 'done';
    });
  }

  /** Takes that back. */
  async remove(asker: Asker, subject: Nameable): Promise<Unnaming> {
    if (!asker.moderator) return 'not allowed';
    return await this.#store.transaction(async (repositories) => {
      await repositories.lock(`changes ${asker.community}`);
      if (!(await repositories.moderators.remove(asker.community, idOf(subject.id)))) return 'unknown';
      await this.#changes.note(repositories, asker, {
        action: 'moderators.remove',
        subject,
        before: undefined,
        after: undefined,
      });
      return 'done';
    });
  }

  /**
   * Those who were named, the earliest first; what kind each is was noted when it was named.
   * @throws {DailiesError} `moderators_only`.
   */
  async list(asker: Asker): Promise<(NamedModerator & { named: Named })[]> {
    if (!(await this.isModerator(asker))) throw new DailiesError('moderators_only');
    const { community } = asker;
    const noted = (await this.#store.audit.listSubjects(community, 'moderators.add')) as readonly Nameable[];
    return (await this.#store.moderators.list(community)).map((one) => ({
      ...one,
      named: noted.find(({ id }) => idOf(id) === one.subject) ?? {
        kind: 'text',
        text: one.subject,
      },
    }));
  }
}
