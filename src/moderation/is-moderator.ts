import { idOf } from '../domain/ids.ts';
import type { Asker } from '../domain/origin.ts';
import type { Repositories } from '../store/store.ts';

/**
 * Whether somebody moderates the community: the platform says so, or they or one of their roles are named. Nothing is
 * remembered, so that who is removed can do nothing from that moment on.
 */
export async function isModerator(repositories: Pick<Repositories, 'moderators'>, asker: Asker): Promise<boolean> {
  const { community, member, roles, moderator } = asker;
  return moderator || (await repositories.moderators.hasAny(community, [idOf(member), ...roles]));
}
