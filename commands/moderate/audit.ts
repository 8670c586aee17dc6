import type { Card } from '../../src/domain/card.ts';
import { at, compose } from '../../src/domain/text.ts';
import { readAudit } from '../../src/moderation/audit-pages.ts';
import { entryText, entryTitle } from '../../src/moderation/entry-text.ts';
import { type ButtonContext, createCommand } from '../command.ts';
import { LIST_SIZE } from '../lists.ts';
import { option } from '../options.ts';
import { badValue } from '../read-options.ts';
import { turnButtons } from '../turning.ts';
import { FOR_MODERATORS } from './moderators-answer.ts';

const MOST_PAGES = 100_000;

/** `/moderate audit`: who changed what, when, from what to what; page by page, the latest first. */
export const moderateAudit = createCommand({
  ...FOR_MODERATORS,
  name: 'moderate audit',
  description: (texts) => texts.commands['moderate audit'],
  options: [option.integer('page', { description: (texts) => texts.options.page, minimum: 1, maximum: MOST_PAGES })],
  async run(context) {
    const card = await auditPage(context, context.options.page ?? 1);
    return { kind: 'card', audience: 'requester', card };
  },
});

/**
 * One page of the audit.
 * @throws {DailiesError} `moderators_only`, `option_value` when there can be no such page.
 */
export async function auditPage(
  context: Pick<ButtonContext, 'community' | 'member' | 'roles' | 'moderator' | 'moderation' | 'texts'>,
  page: number,
): Promise<Card> {
  const { texts } = context;
  if (!Number.isInteger(page) || page < 1 || page > MOST_PAGES) {
    throw badValue('page', page, { minimum: 1, maximum: MOST_PAGES });
  }
  const { entries, more } = await readAudit(context, page, LIST_SIZE);
  return {
    tone: 'info',
    title: page === 1 ? texts.audit.title : `${texts.audit.title} · ${texts.history.page({ page })}`,
    ...(entries.length === 0 && { text: page === 1 ? texts.audit.empty : texts.history.emptyPage }),
    fields: [],
    items: entries.map((entry) => ({
      title: compose`${at(entry.at, 'date')}, ${entryTitle(texts, entry)}`,
      text: entryText(texts, entry),
    })),
    notes: [],
    buttons: turnButtons({ action: 'audit', page, more, labels: [texts.buttons.newer, texts.buttons.older] }),
  };
}
