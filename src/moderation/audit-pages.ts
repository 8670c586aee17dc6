import type { AuditEntry } from '../domain/event.ts';
import type { Moderating } from './door.ts';

/**
 * Who changed what, the latest first.
 * @param page from 1 on. @param size entries on a page.
 * @throws {DailiesError} `moderators_only`.
 */
export async function readAudit(
  context: Moderating,
  page: number,
  size: number,
): Promise<{ entries: AuditEntry[]; more: boolean }> {
  const { moderation, community } = context;
  return await moderation.read(context, async ({ audit }) => {
    const found = await audit.list(community, size + 1, (page - 1) * size);
    return { entries: found.slice(0, size), more: found.length > size };
  });
}
