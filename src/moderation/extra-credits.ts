import { MOST_CREDITS } from '../domain/rule.ts';
import type { OpenGrant } from '../store/grants.ts';
import type { Moderating } from './door.ts';
import { checkSubject, checkWhole, expected } from './value-checks.ts';

/**
 * Gives a member extra credits, once only.
 * @param credits a whole number from 1 to {@link MOST_CREDITS}.
 * @param expiresAt when the remaining credits expire (ms); must be in the future.
 * @returns all extra credits that the member has left now, these included.
 * @throws {DailiesError} `moderators_only`. @throws {RangeError} for values that the commands do not let pass.
 */
export async function grantCredits(
  context: Moderating,
  member: string,
  credits: number,
  expiresAt?: number,
): Promise<{ total: number }> {
  const { moderation, community, member: grantedBy } = context;
  checkSubject(member);
  checkWhole(credits, 1, MOST_CREDITS);
  return await moderation.change(context, async ({ grants, now, note }) => {
    if (expiresAt !== undefined && !(expiresAt > now)) throw expected('an end to come', expiresAt);
    const grant = { id: moderation.tools.newId(), member, credits, grantedBy, grantedAt: now, expiresAt };
    await grants.insert(community, grant);
    const given = expiresAt === undefined ? `+${credits}` : `+${credits} → ${new Date(expiresAt).toISOString()}`;
    await note('quota.grant', { kind: 'member', id: member }, undefined, given);
    return { total: sumOf(await grants.listOpen(community, now, member)) };
  });
}

/** Revokes a member's remaining extra credits. @returns the amount. @throws as {@link grantCredits} does. */
export async function revokeCredits(context: Moderating, member: string): Promise<number> {
  const { moderation, community } = context;
  checkSubject(member);
  return await moderation.change(context, async ({ grants, now, note }) => {
    const left = sumOf(await grants.listOpen(community, now, member));
    if (left === 0) return 0;
    await grants.end(community, member, now);
    await note('quota.revoke', { kind: 'member', id: member }, `+${left}`);
    return left;
  });
}

function sumOf(grants: readonly OpenGrant[]): number {
  return grants.reduce((sum, { left }) => sum + left, 0);
}
