import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  type APIEmbedField,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Card, CardButton, CardField, CardItem, Tone } from '../../domain/card.ts';
import { parseId } from '../../domain/ids.ts';
import {
  isPlain,
  type MentionKind,
  mapWords,
  shortenTo,
  type Text,
  type TimeStyle,
  writeParts,
} from '../../domain/text.ts';
import { textsFor } from '../../locales/languages.ts';
import type { Texts } from '../../locales/texts.ts';
import { writeSpan } from '../../locales/wording.ts';
import { customIdOf } from './custom-id.ts';
import { escapeText, quote } from './markdown.ts';

/** A message as Discord takes it, to be sent or to replace one. What it does not name (attachments) stays as it is. */
export interface DiscordMessage {
  content: string;
  embeds: APIEmbed[];
  components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
  allowed_mentions: { parse: [] };
}

/** Discord's limits, in characters or pieces (Discord documentation, "Embed Limits", "Component Reference"). */
const LIMITS = {
  content: 2000,
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  embed: 6000,
  rows: 5,
  buttonsInRow: 5,
  buttonLabel: 80,
};

/** Parts of a card that give way to the rest when all together would be too long. */
const SHARES = { fields: 1500, text: 1000, note: 250, notes: 1000, item: 350 };

/** Characters kept free in an embed, for the line breaks and a glimpse of the prompt. */
const SPARE = 100;

/** Makes a line small (Discord's markdown). */
const SMALL_PRINT = '-# ';

/** Most items of a card. */
const MOST_ITEMS = 10;

const COLOURS: Record<Tone, number> = {
  waiting: 0x99_aa_b5,
  working: 0x58_65_f2,
  done: 0x57_f2_87,
  problem: 0xed_42_45,
  info: 0x5d_ad_ec,
};

const BUTTON_STYLES: Record<CardButton['style'], APIButtonComponentWithCustomId['style']> = {
  primary: ButtonStyle.Primary,
  plain: ButtonStyle.Secondary,
  danger: ButtonStyle.Danger,
};

/** Discord's own clock formats: "in 5 minutes", "14:05", "21 November 2025 14:05". */
const TIME_FORMATS: Record<TimeStyle, string> = { relative: 'R', time: 't', date: 'f' };

/** Where a card is shown. */
export interface DiscordShowing {
  /** The reader's language, for the few words that Discord's form needs and the card has not. */
  locale: string;
  /** The server that the buttons belong to, when the message is outside of it. */
  home?: string | undefined;
  /** Where the title leads. */
  link?: string | undefined;
}

/**
 * A card as a Discord message.
 * @throws {RangeError} when a button's action and target do not fit a custom id.
 */
export function renderCard(card: Card, { locale, home, link: titleLink }: DiscordShowing): DiscordMessage {
  const title = shortened(card.title, LIMITS.title, escapeText);
  const link = linkOf(card);
  const lines = renderLines(card, textsFor(locale));
  const facts = renderFields(card.fields);
  let used = title.length + lengthOf(facts) + lengthOf(lines) + SPARE;
  if (link.length > LIMITS.content && link.length <= Math.min(LIMITS.embed - used, LIMITS.description / 2)) {
    lines.after.unshift(link);
    used += link.length + 1;
  }
  const fields = [...facts, ...renderItems(card.items ?? [], LIMITS.embed - used)];
  const room = Math.min(LIMITS.description, LIMITS.embed - title.length - lengthOf(fields));
  const description = renderDescription(card.prompt, lines, room);
  return {
    content: link.length > LIMITS.content ? '' : link,
    embeds: [
      {
        color: COLOURS[card.tone],
        ...(title ? { title } : {}),
        ...(title && titleLink ? { url: titleLink } : {}),
        ...(description ? { description } : {}),
        ...(fields.length > 0 ? { fields } : {}),
      },
    ],
    components: renderButtons(card.buttons, home),
    allowed_mentions: { parse: [] },
  };
}

function rich(text: Text): string {
  return writeParts(text, { plain: escapeText, time: timestamp, mention: mentionOf }).join('');
}

/** As much of the words as there is room for once they are rendered. */
function shortened(words: string, room: number, render: (words: string) => string): string {
  return render(shortenTo(words, room, render));
}

function shortenedRich(text: Text, room: number): string {
  return rich(shortenTo(text, room, rich));
}

/** Discord's documentation, "Message Formatting". */
const MENTION_SIGNS: Record<MentionKind, string> = { member: '@', role: '@&', channel: '#' };

function mentionOf(kind: MentionKind, id: string): string {
  const { platform, own: bare = id } = parseId(id) ?? {};
  const own = platform === 'discord' ? bare : id;
  return /^\d+$/.test(own) ? `<${MENTION_SIGNS[kind]}${own}>` : escapeText(`${kind === 'channel' ? '#' : '@'}${own}`);
}

function timestamp(ms: number, style: TimeStyle): string {
  return `<t:${Math.floor(ms / 1000)}:${TIME_FORMATS[style]}>`;
}

/** Lines before and after the prompt. */
interface Lines {
  before: string[];
  after: string[];
}

function renderLines(card: Card, texts: Texts): Lines {
  return {
    before: card.text ? [shortenedRich(card.text, SHARES.text)] : [],
    after: [...renderProgress(card.progress, texts), ...renderNotes(card.notes)],
  };
}

function lengthOf(parts: readonly APIEmbedField[] | Lines): number {
  if ('before' in parts) return [...parts.before, ...parts.after].reduce((sum, line) => sum + line.length + 1, 0);
  return parts.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
}

/** The prompt comes last in line for room, because it is the only part that can be long. */
function renderDescription(prompt: string | undefined, lines: Lines, room: number): string {
  const quoted = prompt === undefined ? '' : shortened(prompt, room - lengthOf(lines), quote);
  return [...lines.before, ...(quoted ? [quoted] : []), ...lines.after].join('\n');
}

function renderProgress(progress: Card['progress'], texts: Texts): string[] {
  if (!progress) return [];
  const { startedAt, expected, tenths } = progress;
  const started = rich(texts.started({ at: startedAt }));
  if (!expected) return [started];
  const span = escapeText(writeSpan(texts, expected));
  const bar = tenths === undefined ? [] : ['▰'.repeat(tenths) + '▱'.repeat(10 - tenths)];
  return [...bar, `${started} · ${span}`];
}

function renderNotes(notes: readonly Text[]): string[] {
  const lines: string[] = [];
  let room = SHARES.notes;
  for (const note of notes) {
    const line = `${SMALL_PRINT}${shortenedRich(mapWords(note, inLine), SHARES.note)}`;
    room -= line.length + 1;
    if (room < 0) break;
    lines.push(line);
  }
  return lines;
}

const inLine = (words: string) => words.replace(/\s+/g, ' ');

function renderFields(fields: readonly CardField[]): APIEmbedField[] {
  const rendered: APIEmbedField[] = [];
  let room = SHARES.fields;
  for (const { label: name, value } of fields.slice(0, LIMITS.fields)) {
    const field = {
      // Discord refuses an empty name or value.
      name: shortened(name, LIMITS.fieldName, escapeText) || '\u200b',
      value: shortenedRich(value, LIMITS.fieldValue) || '\u200b',
      inline: true,
    };
    room -= field.name.length + field.value.length;
    if (room < 0) break;
    rendered.push(field);
  }
  return rendered;
}

/**
 * A list: one item below the other, unlike the facts about one thing, each with the same share of the room. Discord
 * shows no times or mentions in a field's name, so if a title has one, all titles go in small print above their texts.
 */
function renderItems(items: readonly CardItem[], room: number): APIEmbedField[] {
  const shown = items.slice(0, MOST_ITEMS);
  const share = Math.min(SHARES.item, Math.floor(room / Math.max(shown.length, 1)));
  const small = shown.some(({ title }) => !isPlain(title));
  return shown.map(({ title, text }) => {
    const head = shortenedRich(title, Math.min(LIMITS.fieldName, share >> 1)) || '\u200b';
    const body = shortenedRich(text, share - head.length - SMALL_PRINT.length) || '\u200b';
    return small
      ? { name: '\u200b', value: `${SMALL_PRINT}${head}\n${body}`, inline: false }
      : { name: head, value: body, inline: false };
  });
}

/** An address that Discord can follow; only these are shown without escaping. A clip's own address plays in the chat. */
function linkOf(card: Card): string {
  const link = card.video?.link;
  if (!link || !URL.canParse(link)) return '';
  const url = new URL(link);
  return /^https?:$/.test(url.protocol) ? url.href : '';
}

function renderButtons(buttons: readonly CardButton[], home: string | undefined): DiscordMessage['components'] {
  const rows: DiscordMessage['components'] = [];
  for (const button of buttons.slice(0, LIMITS.rows * LIMITS.buttonsInRow)) {
    let row = rows.at(-1);
    if (!row || row.components.length === LIMITS.buttonsInRow) {
      row = { type: ComponentType.ActionRow, components: [] };
      rows.push(row);
    }
    row.components.push({
      type: ComponentType.Button,
      style: BUTTON_STYLES[button.style],
      label: shortenTo(button.label, LIMITS.buttonLabel),
      custom_id: customIdOf({ action: button.action, target: button.target, home }),
    });
  }
  return rows;
}
