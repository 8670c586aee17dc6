import type { CommunitySettings } from '../domain/community.ts';
import { EVERYTHING } from '../domain/event.ts';
import type { Moderating } from './door.ts';
import { reasonOf } from './one-line.ts';

/**
 * Pauses video requests; accepted ones continue.
 * @param text the reason for members; may be empty, and has at most `MAX_REASON_LENGTH` characters.
 * @returns the reason as it is kept, and whether anything is new.
 * @throws {DailiesError} `moderators_only`. @throws {RangeError} for a reason that is too long.
 */
export async function pause(context: Moderating, text: string): Promise<{ reason: string; changed: boolean }> {
  const { moderation, community } = context;
  return await moderation.change(context, async ({ communitySettings, note }) => {
    const reason = reasonOf(text);
    const { paused } = await communitySettings.get(community);
    await communitySettings.set(community, 'paused', { reason });
    return { reason, changed: await note('pause', EVERYTHING, pauseText(paused), pauseText({ reason })) };
  });
}

/** Ends the pause. @returns whether there was one. @throws {DailiesError} `moderators_only`. */
export async function resume(context: Moderating): Promise<boolean> {
  const { moderation, community } = context;
  return await moderation.change(context, async ({ communitySettings, note }) => {
    const { paused } = await communitySettings.get(community);
    if (!paused) return false;
    await communitySettings.set(community, 'paused', undefined);
    await note('resume', EVERYTHING, pauseText(paused), pauseText(undefined));
    return true;
  });
}

function pauseText(paused: CommunitySettings['paused']): string {
  return paused ? paused.reason || 'on' : 'off';
}
