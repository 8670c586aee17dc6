import { type CommunityId, idOf, memberOf, platformOf } from '../domain/ids.ts';
import type { Moderating } from './door.ts';

/** The most moderators in one community: they fit one list on every platform. A role stands for more. */
export const MOST_MODERATORS = 50;

/** The result of naming a moderator; `not allowed` when the platform does not say that the asker runs the community. */
export type Naming = 'done' | 'known' | 'full' | 'not allowed';

/** The result of removing a moderator. */
export type Unnaming = 'done' | 'unknown' | 'not allowed';

/** A member, as in `Origin.member`, or a role, by the platform's own id. */
export interface Nameable {
  kind: 'member' | 'role';
  id: string;
}

/**
 * Whom a platform's own id names. In Slack an id says it by its first letter; elsewhere only the platform can tell.
 * @param rolesOf as in an invocation: the members that its options name, with their roles.
 */
export function namedBy(
  community: CommunityId,
  id: string,
  rolesOf: Readonly<Record<string, readonly string[]>> = {},
): Nameable {
  const member = Object.keys(rolesOf).find((one) => idOf(one) === id);
  if (member !== undefined) return { kind: 'member', id: member };
  // Slack documentation, "User types" and "User groups": U or W begins a member's id, S that of a user group.
  if (platformOf(community) === 'slack' && /^[UW]/.test(id)) return { kind: 'member', id: memberOf(community, id) };
  return { kind: 'role', id };
}

/**
 * Makes a member, or everybody with a role, a moderator. That is for those whom the platform itself calls moderators:
 * one who was named cannot name others, so that taking somebody's name off ends all that they can do.
 * @throws {DailiesError} `moderators_only`.
 */
export async function addModerator(context: Moderating, subject: Nameable): Promise<Naming> {
  const { moderation, community, member, moderator } = context;
  const id = idOf(subject.id);
  return await moderation.change(context, async ({ moderators, now, note }) => {
    if (!moderator) return 'not allowed';
    const named = await moderators.list(community);
    if (named.some((one) => one.subject === id)) return 'known';
    if (named.length >= MOST_MODERATORS) return 'full';
    await moderators.add(community, { kind: subject.kind, subject: id, addedBy: member, addedAt: now });
    await note('moderators.add', { ...subject });
    return 'done';
  });
}

/** Removes a named moderator; for the same people. @throws {DailiesError} `moderators_only`. */
export async function removeModerator(context: Moderating, subject: Nameable): Promise<Unnaming> {
  const { moderation, community, moderator } = context;
  return await moderation.change(context, async ({ moderators, note }) => {
    if (!moderator) return 'not allowed';
    const id = idOf(subject.id);
    // Somebody who has left can't be told from a role any more, so the kind stored with the name counts.
    const kind = await moderators.remove(community, id);
    if (kind === undefined) return 'unknown';
    await note('moderators.remove', { kind, id: kind === 'member' ? memberOf(community, id) : id });
    return 'done';
  });
}

/** Named moderators, earliest first. @throws {DailiesError} `moderators_only`. */
export async function listModerators(context: Moderating): Promise<Nameable[]> {
  const { moderation, community } = context;
  const named = await moderation.read(context, ({ moderators }) => moderators.list(community));
  return named.map(({ kind, subject }) => ({ kind, id: kind === 'member' ? memberOf(community, subject) : subject }));
}
