import type { Usage } from '../domain/quota-status.ts';
import type { Repositories } from '../store/repositories.ts';

/** Shares of the budget, in percent, of which the log channel is told. */
const MARKS = [80, 100] as const;

/**
 * Tells the log channel when a share of the budget is used, each share once in a period.
 * @param used of the budget, without what comes now.
 * @param more credits that are held now; undefined when the budget itself is new, and all that is used counts.
 * @param at ms since 1970 UTC.
 */
export async function noteBudgetUse(
  repositories: Pick<Repositories, 'outbox'>,
  community: string,
  { credits, used, resetsAt }: Usage,
  more: number | undefined,
  at: number,
): Promise<void> {
  if (credits === null || credits === 0) return;
  const now = used + (more ?? 0);
  const marks = MARKS.map((percent) => ({ percent, mark: (credits * percent) / 100 }));
  const passed = marks.filter(({ mark }) => now >= mark && (more === undefined || used < mark));
  for (const { percent } of more === undefined ? passed.slice(-1) : passed) {
    const event = { kind: 'budget', percent, used: now, credits, resetsAt } as const;
    // A hold that is released and taken again passes the same mark twice in a period; one notice is enough.
    await repositories.outbox.record(community, `budget ${community} ${resetsAt} ${credits} ${percent}`, event, at);
  }
}
