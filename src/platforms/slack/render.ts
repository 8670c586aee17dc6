import type { types } from '@slack/bolt';
import type { Card, CardButton, Tone } from '../../domain/card.ts';
import { compose, mapWords, shortenTo, type Text } from '../../domain/text.ts';
import { textsFor } from '../../locales/languages.ts';
import { writeSpan } from '../../locales/wording.ts';
import { escapeText, mrkdwn, plainText, type Reading, richElements, smallPrint } from './mrkdwn.ts';

/** A message as Slack takes it, to be posted or to replace one. */
export interface SlackMessage {
  /** For notifications and screen readers. */
  text: string;
  blocks: types.KnownBlock[];
}

/** The clip that a card links to, once it is in the thread. */
export interface Clip {
  fileId: string;
  url: string;
}

/** Slack's limits, in characters or pieces (Slack documentation, "Block Kit" and "Composition objects"). */
const LIMITS = { blocks: 50, section: 3000, header: 150, buttons: 25, buttonText: 75, value: 2000, fallback: 3000 };
/** Below this a prompt is shown whole; a longer one is cut there, and a button shows the rest. */
const PROMPT_SHOWN = 400;
const NOTE_LENGTH = 500;
const FACT_LENGTH = 500;
/** Small print in one block. */
const MOST_NOTES = 10;
const ITEM_TEXT = 500;
const MOST_ITEMS = 10;

const SIGNS: Record<Tone, string> = { waiting: '⏳', working: '🎬', done: '✅', problem: '⚠️', info: '' };

/** The block that links to the clip; its id says which file that is, so that the message itself can be asked later. */
const CLIP_BLOCK = 'clip-';

/** The button that shows a long prompt whole; the adapter handles it itself. */
export const DETAILS_ACTION = 'd:details';

/** Where a card is shown. */
export interface SlackShowing extends Reading {
  /** The reader's language, for the few words that Slack's form needs and the card has not. */
  locale: string;
}

/** A card as a Slack message. */
export function renderCard(card: Card, showing: SlackShowing, clip?: Clip): SlackMessage {
  const { locale } = showing;
  const title = [SIGNS[card.tone], card.title].filter(Boolean).join(' ');
  const blocks = [
    ...(card.title ? [header(title)] : []),
    ...(card.text ? [paragraph(richElements(cut(card.text, LIMITS.section, showing), { reading: showing }))] : []),
    ...renderPrompt(card.prompt),
    ...renderItems(card, showing),
    ...renderLink(card, clip, locale),
    ...renderFacts(card, showing),
    ...renderSmallPrint(card, showing),
    ...renderButtons(card, locale),
  ];
  const fallback = [title, card.text && plainText(card.text, showing)].filter(Boolean).join('. ');
  return {
    text: escaped(fallback || textsFor(locale, 'slack').slack.opening, LIMITS.fallback),
    blocks: blocks.slice(0, LIMITS.blocks),
  };
}

/** A message that says one thing, as text alone. */
export function renderWord(text: string): SlackMessage {
  const shown = escaped(text, LIMITS.section);
  return { text: shown, blocks: [section(shown)] };
}

/** As much of the words as there is room for once they are escaped. */
function escaped(words: string, room: number): string {
  return escapeText(shortenTo(words, room, escapeText));
}

/** As much of the text as there is room for. */
function cut(text: Text, room: number, reading: Reading): Text {
  return shortenTo(text, room, (shown) => plainText(shown, reading));
}

/** The file that a message links to, by its blocks. */
export function clipOf(blocks: readonly { block_id?: string | undefined }[] | undefined): string | undefined {
  return blocks?.find(({ block_id: id }) => id?.startsWith(CLIP_BLOCK))?.block_id?.slice(CLIP_BLOCK.length);
}

/** A card's button as Slack's: its action and target are all that it needs to be pressed, on any process. */
export function renderButton(button: CardButton): types.Button {
  return {
    type: 'button',
    action_id: actionIdOf(button.action, button.target),
    value: button.target.slice(0, LIMITS.value),
    text: { type: 'plain_text', text: shortenTo(button.label, LIMITS.buttonText) || '·', emoji: false },
    ...(button.style !== 'plain' && { style: button.style }),
  };
}

/**
 * `d:<action>`, followed by the target: Slack requires action ids to be unique within a block, and a list has a button
 * of the same action for each of its items.
 */
function actionIdOf(action: string, target: string): string {
  return `d:${action}:${target}`.slice(0, 255);
}

/** The action of a pressed button; undefined if it is not one of ours. */
export function parseActionId(id: string): string | undefined {
  return /^d:([^:]+)(?::|$)/.exec(id)?.[1];
}

/** All texts of a card in which somebody may be named. */
export function textsOf({ text = '', fields, items = [], notes }: Card): Text[] {
  return [text, ...fields.map(({ value }) => value), ...items.flatMap((item) => [item.title, item.text]), ...notes];
}

/** Text in a quotation of its own in which nothing is markup: no mention, no link. */
export function quotation(text: string): types.KnownBlock {
  const elements = [{ type: 'rich_text_quote', elements: [{ type: 'text', text: text || ' ' }] }];
  return { type: 'rich_text', elements } as types.KnownBlock;
}

function header(title: string): types.KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text: shortenTo(title, LIMITS.header), emoji: true } };
}

function section(text: string): types.KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

/** Text with dates in which nothing else is markup. */
function paragraph(elements: Record<string, unknown>[]): types.KnownBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] } as unknown as types.KnownBlock;
}

function renderPrompt(prompt: string | undefined): types.KnownBlock[] {
  if (!prompt) return [];
  return [quotation(shortenTo(prompt, PROMPT_SHOWN))];
}

function renderItems({ items }: Card, reading: Reading): types.KnownBlock[] {
  return (items ?? []).slice(0, MOST_ITEMS).map((item) => {
    const elements = [
      ...richElements(item.title, { reading, style: { bold: true } }),
      ...richElements(item.text ? compose`\n${cut(item.text, ITEM_TEXT, reading)}` : '', { reading }),
    ];
    return paragraph(elements);
  });
}

/** The clip: the file in the thread, or where it can be fetched. */
function renderLink(card: Card, clip: Clip | undefined, locale: string): types.KnownBlock[] {
  const url = httpUrl(clip?.url ?? card.video?.link);
  if (!url) return [];
  const link = `<${escapeText(url)}|${escapeText(textsFor(locale, 'slack').slack.watch)}>`;
  if (link.length > LIMITS.section) return [];
  return [{ ...section(link), ...(clip && { block_id: `${CLIP_BLOCK}${clip.fileId}` }) } as types.KnownBlock];
}

/** An address that Slack can follow, in the form in which nothing in it ends the link. */
function httpUrl(address: string | undefined): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return /^https?:$/.test(url.protocol) ? url.href.replaceAll('|', '%7C') : undefined;
}

function renderFacts({ fields }: Card, reading: Reading): types.KnownBlock[] {
  const elements = fields.flatMap(({ label, value }, index) => [
    ...richElements(`${index === 0 ? '' : '  ·  '}${shortenTo(label, FACT_LENGTH)}:`, {
      reading,
      style: { bold: true },
    }),
    ...richElements(compose` ${cut(value, FACT_LENGTH, reading)}`, { reading }),
  ]);
  return elements.length > 0 ? [paragraph(elements)] : [];
}

function renderSmallPrint({ progress, notes }: Card, showing: SlackShowing): types.KnownBlock[] {
  const elements = [
    ...renderProgress(progress, showing.locale).map((text) => ({ type: 'mrkdwn', text, verbatim: true }) as const),
    ...notes
      .map((note) => mapWords(note, (words) => words.replace(/\s+/g, ' ')))
      .filter((note) => plainText(note).trim() !== '')
      .map((note) => smallPrint(cut(note, NOTE_LENGTH, showing), showing)),
  ].slice(0, MOST_NOTES);
  return elements.length > 0 ? [{ type: 'context', elements }] : [];
}

function renderProgress(progress: Card['progress'], locale: string): string[] {
  if (!progress) return [];
  const { startedAt, expected, tenths } = progress;
  const texts = textsFor(locale, 'slack');
  const started = mrkdwn(texts.started({ at: startedAt }));
  if (!expected) return [started];
  const bar = tenths === undefined ? [] : [`${'▓'.repeat(tenths)}${'░'.repeat(10 - tenths)}`];
  return [...bar, `${started} · ${mrkdwn(writeSpan(texts, expected))}`];
}

function renderButtons(card: Card, locale: string): types.KnownBlock[] {
  const details: types.ActionsBlockElement[] =
    card.prompt !== undefined && card.prompt.length > PROMPT_SHOWN
      ? [
          {
            type: 'button',
            action_id: DETAILS_ACTION,
            // The whole prompt travels with the button, so that it can be shown after any restart.
            value: shortenTo(card.prompt, LIMITS.value),
            text: { type: 'plain_text', text: textsFor(locale, 'slack').slack.showAll, emoji: false },
          },
        ]
      : [];
  const elements = [...card.buttons.map(renderButton), ...details].slice(0, LIMITS.buttons);
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}
