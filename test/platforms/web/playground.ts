import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type {
  Answer,
  Button,
  Command,
  Completion,
  Dispatch,
  Invocation,
  MessageCommand,
  Press,
} from '../../../commands/command.ts';
import type { Form, Submission } from '../../../commands/form.ts';
import { KeptVideos } from '../../../src/delivery/kept-videos.ts';
import type { Card } from '../../../src/domain/card.ts';
import type { VideoFile } from '../../../src/domain/reply.ts';
import { createMedia } from '../../../src/http/media.ts';
import { startHttp } from '../../../src/http/server.ts';
import { createApp } from '../../../src/http/web-app.ts';
import { type Clock, systemClock } from '../../../src/lib/clock.ts';
import { createLog } from '../../../src/lib/log.ts';
import { writeOption } from '../../../src/locales/wording.ts';
import { createWeb } from '../../../src/platforms/web/web.ts';
import type { WireChannel, WireMessage } from '../../../src/platforms/web/wire.ts';
import { openStore } from '../../../src/store/store.ts';
import { putDatabase } from '../../support/fresh-database.ts';
import { tempFolder } from '../../support/temp.ts';
import { en } from '../../support/texts.ts';

const run = () => Promise.reject(new Error('only the dispatch runs commands'));

/** Commands as the playground sees them; what they do is up to the dispatch of the test. */
const COMMANDS: readonly Command[] = [
  {
    name: 'video',
    description: (texts) => texts.commands.video,
    who: 'members',
    audience: ({ private: alone }) => (alone === true ? 'requester' : 'everyone'),
    run,
    options: [
      {
        name: 'prompt',
        description: (texts) => texts.options.prompt,
        type: 'string',
        required: true,
        maximumLength: 40,
      },
      {
        name: 'model',
        description: (texts) => texts.options.model,
        type: 'string',
        required: false,
        choices: [
          {
            name: (texts) => texts.modelChoice({ model: 'lite', label: 'Seedance 1.0 Lite', credits: 1, seconds: 5 }),
            value: 'lite',
          },
          {
            name: (texts) => texts.modelChoice({ model: 'pro', label: 'Seedance 1.0 Pro', credits: 3, seconds: 5 }),
            value: 'pro',
          },
        ],
      },
      {
        name: 'duration',
        description: (texts) => texts.options.duration,
        type: 'integer',
        required: false,
        choices: [5, 10].map((value) => ({ name: (texts) => writeOption(texts, 'duration', value) ?? '', value })),
        // The dispatch of the test says which.
        complete: () => [],
      },
      {
        name: 'seed',
        description: (texts) => texts.options.seed,
        type: 'integer',
        required: false,
        minimum: 0,
        maximum: 9,
      },
      { name: 'watermark', description: (texts) => texts.options.watermark, type: 'boolean', required: false },
    ],
  },
  {
    name: 'quota',
    description: () => 'What is left',
    who: 'members',
    audience: () => 'everyone',
    options: [],
    run,
  },
  {
    name: 'moderate usage',
    description: () => 'What was spent',
    who: 'moderators',
    audience: () => 'requester',
    options: [],
    run,
  },
];

/** What can be done with a message. */
const MESSAGE_COMMANDS: readonly MessageCommand[] = [
  { name: 'video_from_message', label: (texts) => texts.messageCommands.video_from_message, open: formOf },
];

/** A form with a prompt, and a model to choose. */
export function formOf(prompt: string): Form {
  return {
    name: 'video',
    target: 'g1',
    title: 'Make a video',
    send: 'Make it',
    fields: [
      {
        name: 'prompt',
        label: 'What it shall show',
        type: 'text',
        required: true,
        value: prompt,
        multiline: true,
        minimumLength: 1,
        maximumLength: 40,
      },
      {
        name: 'model',
        label: 'Which model',
        type: 'choice',
        required: false,
        choices: [
          { name: 'Lite', value: 'lite' },
          { name: 'Pro', value: 'pro' },
        ],
      },
    ],
  };
}

/** One button of each kind. */
const BUTTONS: readonly Button[] = [
  { action: 'again', answers: 'new reply', run },
  { action: 'cancel', answers: 'same reply', run },
  { action: 'edit', answers: 'form', run },
];

/** A card with nothing on it but what is given. */
export function cardOf(card: Partial<Card>): Card {
  return { tone: 'info', title: 'A card', fields: [], notes: [], buttons: [], ...card };
}

/** An answer with a card. */
export function answerOf(card: Partial<Card>, audience: 'everyone' | 'requester' = 'everyone'): Answer {
  return { kind: 'card', card: cardOf(card), audience };
}

/**
 * The playground over real HTTP and a real database file, with a dispatch that the test writes.
 * @param options `folder` and `port` of an earlier one to start it again; `commands` besides the usual ones.
 */
export async function startPlayground(
  options: {
    folder?: string;
    port?: number;
    clock?: Clock;
    allowedHosts?: string[];
    listening?: boolean;
    commands?: readonly Command[];
  } = {},
) {
  const { clock = systemClock, port = 0, allowedHosts, listening = true } = options;
  const folder = options.folder ?? (await tempFolder());
  if (!options.folder) await putDatabase(folder);
  const log = createLog('silent', []);
  const store = await openStore(`sqlite:${join(folder, 'dailies.db')}`);
  const videos = new KeptVideos(folder);
  const media = createMedia({ videos, secret: 'secret of the test', clock });
  const web = createWeb({
    messages: store.webMessages,
    commands: [...COMMANDS, ...(options.commands ?? [])],
    buttons: BUTTONS,
    messageCommands: MESSAGE_COMMANDS,
    texts: en,
    mediaPath: (generation, name) => media.path(generation, name, clock.now() + 60_000),
    clock,
    log,
    newId: randomUUID,
    allowedHosts,
  });
  const app = createApp({ log });
  app.route('/', web.routes);
  app.route('/', media.routes);
  const server = await startHttp({ host: '127.0.0.1', port, app, log });
  const { url } = server;

  const invocations: Invocation[] = [];
  const presses: Press[] = [];
  const submissions: Submission[] = [];
  const completions: Completion[] = [];
  /** Replaced by the test. */
  const answers: Dispatch = {
    command: async () => answerOf({ title: 'Heard' }),
    press: async () => answerOf({ title: 'Pressed' }),
    submit: async () => answerOf({ title: 'Sent' }),
    message: async (name, text) => (name === 'video_from_message' ? formOf(text) : undefined),
    complete: async () => [],
  };
  if (listening) {
    await web.listen({
      command: (invocation) => {
        invocations.push(invocation);
        return answers.command(invocation);
      },
      press: (press) => {
        presses.push(press);
        return answers.press(press);
      },
      submit: (submission) => {
        submissions.push(submission);
        return answers.submit(submission);
      },
      message: (...asked) => answers.message(...asked),
      complete: (completion) => {
        completions.push(completion);
        return answers.complete(completion);
      },
    });
  }

  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      await web.stop();
      await web.close();
      await server.close();
      await store.close();
    })();
    return stopped;
  };
  onTestFinished(stop);

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  return {
    folder,
    url,
    port: Number(new URL(url).port),
    store,
    web,
    answers,
    invocations,
    presses,
    submissions,
    completions,
    stop,
    post,
    async channel(as = 'web:ada', channel = 'general'): Promise<WireChannel> {
      return (await fetch(`${url}/api/channel?as=${as}&channel=${channel}`)).json() as Promise<WireChannel>;
    },
    /** Says a command. @returns the message as it was at first. */
    async say(command: string, values: Record<string, unknown> = {}, as = 'web:ada'): Promise<WireMessage> {
      const response = await post('/api/commands', { as, command, options: values });
      if (response.status !== 202) throw new Error(`expected 202, got ${response.status} ${await response.text()}`);
      return ((await response.json()) as { message: WireMessage }).message;
    },
    /** A file as the delivery hands it over. */
    async video(generation: string, bytes: Uint8Array = Buffer.from('not really a video')): Promise<VideoFile> {
      await writeFile(await videos.draft(generation), bytes);
      const kept = await videos.keep(generation);
      return { ...kept, generation, name: `${generation}.mp4` };
    },
    listen: (as: string) => listenTo(`${url}/api/events?as=${as}`),
  };
}

/** What a page is told, as it comes. */
export interface Events {
  /** Every event until now, and `:` for a comment. */
  names: string[];
  messages: WireMessage[];
  /** Ids of messages that went. */
  removed: string[];
  /** Waits for a message like this, in what came and what comes. */
  until(fits: (message: WireMessage) => boolean): Promise<WireMessage>;
  /** Resolves when the server ends the stream. */
  ended: Promise<void>;
}

/** Resolves when the server says that nothing will be missed from now on. */
async function listenTo(address: string): Promise<Events> {
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  const response = await fetch(address, { signal: stopping.signal });
  const names: string[] = [];
  const messages: WireMessage[] = [];
  const removed: string[] = [];
  const wakers = new Set<() => void>();
  const take = (block: string) => {
    const data = /^data: (.*)$/m.exec(block)?.[1];
    const name = block.startsWith(':') ? ':' : (/^event: (.*)$/m.exec(block)?.[1] ?? 'message');
    names.push(name);
    if (name === 'message' && data) messages.push(JSON.parse(data));
    if (name === 'removed' && data) removed.push(JSON.parse(data).id);
    for (const wake of wakers) wake();
  };
  const read = async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) take(block);
    }
  };
  const ended = read().catch(() => undefined);
  const until = async (fits: () => boolean) => {
    while (!fits()) await new Promise<void>((resolve) => wakers.add(resolve));
  };
  await until(() => names.includes('ready'));
  return {
    names,
    messages,
    removed,
    async until(fits) {
      await until(() => messages.some(fits));
      return messages.find(fits) as WireMessage;
    },
    ended,
  };
}
