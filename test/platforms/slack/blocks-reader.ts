import type { Block } from '../../fakes/slack/state.ts';

/** What blocks say, to be compared with a card. */
export interface ReadBlocks {
  title: string;
  text: string;
  quoted: string | undefined;
  buttons: ButtonElement[];
}

/** A button as it stands in a message. */
export interface ButtonElement {
  action_id: string;
  value: string;
  text: { text: string };
}

interface TextObject {
  type: 'mrkdwn' | 'plain_text';
  text: string;
  verbatim?: boolean;
}

interface RichElement {
  type: string;
  text?: string;
  timestamp?: number;
  user_id?: string;
  usergroup_id?: string;
  channel_id?: string;
  url?: string;
  elements?: RichElement[];
}

/** Everything in mrkdwn that is more than a character; what comes first wins. */
const PIECES = new RegExp(
  [
    '<!date\\^(?<time>\\d+)\\^[^>]*>',
    '<@(?<user>[A-Z0-9]+)>',
    '<!subteam\\^(?<group>[A-Z0-9]+)>',
    '<#(?<channel>[A-Z0-9]+)>',
    '<(?<link>slack://user[?][^|>]*)[|][^>]*>',
    '(?<active><[^>]*>|^&gt;|(?<![\\p{L}\\p{N}])[*_~`]+(?=\\S)|(?<=\\S)[*_~`]+(?![\\p{L}\\p{N}]))',
    '&(?<entity>lt|gt|amp);',
  ].join('|'),
  'gmu',
);
/** What Slack looks for by itself unless a text is verbatim. */
const FOUND = /https?:\/\/\S+|@(?:here|channel|everyone)\b/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' };

/**
 * Block Kit as somebody reads it in a message: a date is `time:<seconds>`, and what a text's own characters would have an
 * effect by is `ACTIVE(…)`; in rich text and plain text nothing has. Somebody or something that is named is
 * `member:<id>`, `role:<id>` or `channel:<id>`.
 * @param shared others read it too: a mention of a person or a group rings there, so it is `ACTIVE(…)`.
 */
export function readBlocks(blocks: readonly Block[], shared = false): ReadBlocks {
  const read: ReadBlocks = { title: '', text: '', quoted: undefined, buttons: [] };
  const lines: string[] = [];
  for (const block of blocks) {
    const elements = (block.elements ?? []) as unknown[];
    if (block.type === 'header') read.title = readText(block.text as TextObject, shared);
    else if (block.type === 'section') lines.push(readText(block.text as TextObject, shared));
    else if (block.type === 'context') lines.push(...(elements as TextObject[]).map((text) => readText(text, shared)));
    else if (block.type === 'actions') read.buttons.push(...(elements as ButtonElement[]));
    else if (block.type === 'rich_text') {
      for (const element of elements as RichElement[]) {
        if (element.type === 'rich_text_quote') read.quoted = readRich(element, shared);
        else lines.push(readRich(element, shared));
      }
    } else throw new Error(`expected a block that can be read, got ${block.type}`);
  }
  return { ...read, text: lines.join('\n') };
}

function readRich(element: RichElement, shared: boolean): string {
  const { type, text, timestamp, elements } = element;
  if (elements) return elements.map((one) => readRich(one, shared)).join('');
  if (type === 'text') return named(text ?? '');
  if (type === 'date') return `time:${timestamp}`;
  const { user_id: user, usergroup_id: group, channel_id: channel, url: link } = element;
  return readMention({ user, group, channel, link }, shared) ?? `ACTIVE(${type})`;
}

type Mention = Partial<Record<'user' | 'group' | 'channel' | 'link', string | undefined>>;

function readMention({ user, group, channel, link }: Mention, shared: boolean): string | undefined {
  if (channel !== undefined) return `channel:${channel}`;
  if (user !== undefined) return shared ? `ACTIVE(${user})` : `member:slack:T1/${user}`;
  if (group !== undefined) return shared ? `ACTIVE(${group})` : `role:${group}`;
  const profile = link === undefined ? undefined : /^slack:\/\/user\?team=(\w+)&(?:amp;)?id=(\w+)$/.exec(link);
  return profile ? `member:slack:${profile[1]}/${profile[2]}` : undefined;
}

/** Where a mention would ring a whole group, it is named by its id. */
function named(text: string): string {
  return text.replace(/@(S\d+)\b/g, 'role:$1');
}

function readText({ type, text, verbatim = false }: TextObject, shared: boolean): string {
  if (type === 'plain_text') return named(text);
  const read = text.replace(PIECES, (piece, ...rest) => {
    const { time, active, entity, ...mention } = rest.at(-1) as Record<string, string | undefined>;
    if (time !== undefined) return `time:${time}`;
    if (active !== undefined) return `ACTIVE(${active})`;
    return readMention(mention, shared) ?? ENTITIES[entity ?? ''] ?? piece;
  });
  return named(verbatim ? read : read.replace(FOUND, (found) => `ACTIVE(${found})`));
}
