import { DailiesError } from '../domain/failure.ts';
import type { Moderating } from './door.ts';
import { oneLine } from './one-line.ts';

/** The longest reason of a report, in characters. */
export const MAX_REPORT_LENGTH = 300;

/**
 * Points a video out to the moderators; for every member of its community who is not blocked there. It is in the audit
 * as well, so that moderators find it where no log channel is set.
 * @param reason at most {@link MAX_REPORT_LENGTH} characters.
 * @returns whether it is new; a member can point out each video once.
 * @throws {DailiesError} `generation_unknown`, `blocked`, `option_value`.
 */
export async function reportVideo(context: Moderating, generation: string, reason: string): Promise<'new' | 'known'> {
  const { moderation, community, member } = context;
  const words = oneLine(reason);
  checkLength(words);
  return await moderation.change(
    context,
    async ({ generations, blocks, reports, audit, outbox, now }) => {
      const found = await generations.find(generation);
      if (found?.community !== community) throw new DailiesError('generation_unknown');
      const block = await blocks.find(community, member, now);
      if (block) throw new DailiesError('blocked', { reason: block.reason, until: block.until ?? null });
      if (!(await reports.insert({ generation, reporter: member, reason: words, at: now }))) return 'known';
      const subject = { kind: 'text', text: generation } as const;
      const entry = { at: now, actor: member, action: 'report', subject, before: undefined, after: undefined } as const;
      await audit.append(community, entry);
      const event = { kind: 'report', generation, reporter: member } as const;
      await outbox.record(community, `report ${generation} ${member}`, event, now);
      return 'new';
    },
    member,
  );
}

function checkLength(words: string): void {
  const characters = [...words];
  if (characters.length <= MAX_REPORT_LENGTH) return;
  const value = `${characters.slice(0, 50).join('')}…`;
  throw new DailiesError('option_value', { option: 'reason', value, expected: `≤ ${MAX_REPORT_LENGTH}` });
}
