import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  Answer,
  Button,
  Command,
  Completion,
  Dispatch,
  Invocation,
  MessageCommand,
  Press,
} from '../../commands/command.ts';
import type { Form, Submission } from '../../commands/form.ts';
import type { Choice } from '../../commands/options.ts';
import type { Card, CardFile } from '../../src/domain/card.ts';
import type { ReplyRef, VideoFile } from '../../src/domain/reply.ts';
import { OFFERED } from '../support/models.ts';
import { tempFolder } from '../support/temp.ts';
import { en } from '../support/texts.ts';

const unused = () => Promise.reject(new Error('a platform leaves running to its dispatch'));

const PROMPT = { name: 'prompt', description: () => 'What to show', type: 'string', required: true } as const;

/** Three commands: one answered to all, one to whoever asks, and one that names people, roles and channels. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'video',
    description: () => 'Make a video',
    who: 'members',
    audience: ({ private: alone }) => (alone === true ? 'requester' : 'everyone'),
    options: [
      PROMPT,
      {
        name: 'duration',
        description: () => 'How long',
        type: 'integer',
        required: false,
        choices: [5, 10].map((value) => ({ name: () => `${value} s`, value })),
        complete: () => [],
      },
      { name: 'watermark', description: () => 'With a watermark', type: 'boolean', required: false },
      { name: 'private', description: () => 'For you alone', type: 'boolean', required: false },
    ],
    run: unused,
  },
  {
    name: 'quota',
    description: () => 'What is left',
    who: 'members',
    audience: () => 'requester',
    options: [],
    run: unused,
  },
  {
    name: 'name',
    description: () => 'Name somebody or something',
    who: 'members',
    audience: () => 'requester',
    options: (['member', 'role', 'channel', 'mention'] as const).map((type) => ({
      name: type === 'mention' ? 'who' : type,
      description: () => 'Whom or what',
      type,
      required: false,
    })),
    run: unused,
  },
];

/** One button of each kind. */
export const BUTTONS: readonly Button[] = [
  { action: 'again', answers: 'new reply', run: unused },
  { action: 'cancel', answers: 'same reply', run: unused },
  { action: 'edit', answers: 'form', run: unused },
];

export const FORM: Form = {
  name: 'edit',
  target: 'g1',
  title: 'Another prompt',
  send: 'Make it',
  fields: [
    { name: 'prompt', label: 'Prompt', type: 'text', required: true, value: 'a *red* dragon', multiline: true },
    {
      name: 'model',
      label: 'Model',
      type: 'choice',
      required: false,
      value: 'lite',
      choices: [
        { name: 'Lite', value: 'lite' },
        { name: 'Pro', value: 'pro' },
      ],
    },
  ],
};

export const MESSAGE_COMMANDS: readonly MessageCommand[] = [
  {
    name: 'video_from_message',
    label: () => 'Make a video from this',
    open: (text) => ({
      ...FORM,
      fields: FORM.fields.map((field) => (field.name === 'prompt' ? { ...field, value: text } : field)),
    }),
  },
];

/** What a member may type to look like somebody else, to ring everybody, or to hide where a link leads. */
export const NASTY =
  '\u0002member:discord:1\u0003 \u00025:date\u0003 <!channel> **bold** _it_ `code` <@123> @everyone [here](http://evil.example) <b>x</b> # no ~~s~~ ||hidden|| \\* a_b';

/** What was handed over, and what is answered. */
export class Script implements Dispatch {
  readonly invocations: Invocation[] = [];
  readonly presses: Press[] = [];
  readonly submissions: Submission[] = [];
  readonly completions: Completion[] = [];
  /** The answer to whatever comes from now on. */
  answer: Answer | Promise<Answer> = cardAnswer({ title: 'Heard' });
  choices: Choice[] = [];

  async command(invocation: Invocation): Promise<Answer> {
    this.invocations.push(invocation);
    return this.answer;
  }

  async press(press: Press): Promise<Answer> {
    this.presses.push(press);
    return this.answer;
  }

  async submit(submission: Submission): Promise<Answer> {
    this.submissions.push(submission);
    return this.answer;
  }

  async message(name: string, text: string): Promise<Form | undefined> {
    return MESSAGE_COMMANDS.find((one) => one.name === name)?.open(text, en, OFFERED);
  }

  async complete(completion: Completion): Promise<Choice[]> {
    this.completions.push(completion);
    return this.choices;
  }
}

export function cardOf(card: Partial<Card>): Card {
  return { tone: 'info', title: 'A card', fields: [], notes: [], buttons: [], ...card };
}

export function cardAnswer(card: Partial<Card>, audience: 'everyone' | 'requester' = 'everyone'): Answer {
  return { kind: 'card', card: cardOf(card), audience };
}

/** A picture with a digit in it, as an SVG. */
export const DRAWING: CardFile = {
  name: 'usage.svg',
  type: 'image/svg+xml',
  base64: Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="25"><rect width="25" height="25" fill="#2f6fd0"/>' +
      '<text x="30" y="20" font-family="system-ui, sans-serif">8</text></svg>',
  ).toString('base64'),
  alt: 'Videos by day',
};

/** The smallest picture, and a table. */
export const FILES: readonly [CardFile, CardFile] = [
  {
    name: 'usage.png',
    type: 'image/png',
    base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    alt: 'Videos by day',
  },
  {
    name: 'usage.csv',
    type: 'text/csv',
    base64: Buffer.from('day,videos\n1,2\n').toString('base64'),
    alt: 'Videos by day, as a table',
  },
];

export const GENERATION: Answer = { kind: 'generation', id: 'g1' };

export const button = (action: string, label: string): Card['buttons'][number] => ({
  action,
  target: 'g1',
  label,
  style: 'plain',
});

/** A stored reply ref is read back from JSON. */
export const stored = (ref: ReplyRef | undefined): ReplyRef => JSON.parse(JSON.stringify(ref));

export async function keepAnywhere(generation: string, content: Buffer): Promise<VideoFile> {
  const name = `dailies-${generation}.mp4`;
  const path = join(await tempFolder(), name);
  await writeFile(path, content);
  return { generation, path, name, bytes: content.length };
}
