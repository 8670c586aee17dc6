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
  elements?: RichElement[];
}

/** Everything in mrkdwn that is more than a character; what comes first wins. */
const PIECES = new RegExp(
  [
    '<!date\\^(?<time>\\d+)\\^[^>]*>',
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
 * effect by is `ACTIVE(…)`. In rich text and plain text nothing has.
 */
export function readBlocks(blocks: readonly Block[]): ReadBlocks {
  const read: ReadBlocks = { title: '', text: '', quoted: undefined, buttons: [] };
  const lines: string[] = [];
  for (const block of blocks) {
    const elements = (block.elements ?? []) as unknown[];
    if (block.type === 'header') read.title = readText(block.text as TextObject);
    else if (block.type === 'section') lines.push(readText(block.text as TextObject));
    else if (block.type === 'context') lines.push(...(elements as TextObject[]).map(readText));
    else if (block.type === 'actions') read.buttons.push(...(elements as ButtonElement[]));
    else if (block.type === 'rich_text') {
      for (const element of elements as RichElement[]) {
        if (element.type === 'rich_text_quote') read.quoted = readRich(element);
        else lines.push(readRich(element));
      }
    } else throw new Error(`expected a block that can be read, got ${block.type}`);
  }
  return { ...read, text: lines.join('\n') };
}

function readRich({ type, text, timestamp, elements }: RichElement): string {
  if (elements) return elements.map(readRich).join('');
  if (type === 'text') return text ?? '';
  return type === 'date' ? `time:${timestamp}` : `ACTIVE(${type})`;
}

function readText({ type, text, verbatim = false }: TextObject): string {
  if (type === 'plain_text') return text;
  const read = text.replace(PIECES, (piece, ...rest) => {
    const { time, active, entity } = rest.at(-1) as Record<string, string | undefined>;
    if (time !== undefined) return `time:${time}`;
    if (active !== undefined) return `ACTIVE(${active})`;
    return ENTITIES[entity ?? ''] ?? piece;
  });
  return verbatim ? read : read.replace(FOUND, (found) => `ACTIVE(${found})`);
}
