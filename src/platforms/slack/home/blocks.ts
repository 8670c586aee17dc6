import type { types } from '@slack/bolt';
import type { CardButton } from '../../../domain/card.ts';
import { idOf } from '../../../domain/ids.ts';
import { shortenTo, type Text } from '../../../domain/text.ts';
import { plainText, richElements } from '../mrkdwn.ts';
import { renderButton } from '../render.ts';

/** One block of a view. */
export type Block = types.KnownBlock;

/** Slack documentation, "Blocks": the most characters of a header, and more than any paragraph here has. */
const LIMITS = { header: 150, text: 3000 };
/** The most buttons in a row. */
const MOST_BUTTONS = 25;

export function header(text: string): Block {
  const shown = shortenTo(text, LIMITS.header);
  return { type: 'header', text: { type: 'plain_text', text: shown, emoji: false } };
}

/**
 * A paragraph, and below it, if given, a quotation. Rich text is never read as markup: nothing that somebody wrote can
 * become markup, a mention or a link in it.
 */
export function paragraph(text: Text, options: { bold?: true; quotation?: Text } = {}): Block {
  const { bold, quotation } = options;
  const elements = richElements(shortenTo(text, LIMITS.text, plainText), { style: bold && { bold } });
  const quote = quotation && richElements(shortenTo(quotation, LIMITS.text, plainText));
  return {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements },
      ...(quote ? [{ type: 'rich_text_quote', elements: quote }] : []),
    ],
  } as unknown as Block;
}

/** Whose something is, by the member's id (`slack:T1/U1`); a mention in a view rings nowhere. */
export function whose(member: string): Block {
  const user = /^[A-Z0-9]+$/.exec(idOf(member))?.[0];
  return { type: 'context', elements: [{ type: 'mrkdwn', text: user ? `<@${user}>` : '?', verbatim: true }] };
}

export function divider(): Block {
  return { type: 'divider' };
}

/** A row of buttons, or nothing when there are none. */
export function actions(buttons: readonly CardButton[]): Block[] {
  if (buttons.length === 0) return [];
  return [{ type: 'actions', elements: buttons.slice(0, MOST_BUTTONS).map(renderButton) }];
}
