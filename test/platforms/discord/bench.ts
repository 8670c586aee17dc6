import { Writable } from 'node:stream';
import { afterEach, expect } from 'vitest';
import {
  type Answer,
  type Button,
  type Command,
  type Completion,
  type Dispatch,
  HANDLED,
  type Invocation,
  type MessageCommand,
  type Press,
} from '../../../commands/command.ts';
import type { Form, Submission } from '../../../commands/form.ts';
import type { Choice } from '../../../commands/options.ts';
import type { Card } from '../../../src/domain/card.ts';
import type { ReplyRef } from '../../../src/domain/reply.ts';
import { type Clock, systemClock } from '../../../src/lib/clock.ts';
import { createLog } from '../../../src/lib/log.ts';
import { textsFor } from '../../../src/locales/languages.ts';
import { createDiscord, type DiscordOptions } from '../../../src/platforms/discord/discord.ts';
import type { Platform } from '../../../src/platforms/platform.ts';
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from '../../fakes/discord/index.ts';
import { OFFERED } from '../../support/models.ts';

/** Input that nobody looks at. */
export const deaf: Dispatch = {
  command: async () => HANDLED,
  press: async () => HANDLED,
  submit: async () => HANDLED,
  message: async () => undefined,
  complete: async () => [],
};

const nothing = async (): Promise<Answer> => HANDLED;

/** One command with an option of each kind. */
export const video: Command = {
  name: 'video',
  description: () => 'Make a video',
  who: 'members',
  audience: ({ private: alone }) => (alone === true ? 'requester' : 'everyone'),
  options: [
    {
      name: 'model',
      description: () => 'Which model',
      type: 'string',
      required: false,
      choices: [{ name: () => 'Lite', value: 'lite' }],
    },
    { name: 'seed', description: () => 'A number', type: 'integer', required: false, minimum: 0, maximum: 2 ** 32 - 1 },
    { name: 'watermark', description: () => 'With a watermark', type: 'boolean', required: false },
    { name: 'prompt', description: () => 'What to show', type: 'string', required: true, maximumLength: 2000 },
  ],
  run: nothing,
};

const buttons: Button[] = [
  { action: 'again', answers: 'new reply', run: nothing },
  { action: 'cancel', answers: 'same reply', run: nothing },
  { action: 'edit', answers: 'form', run: nothing },
];

/** A command in a message's menu. */
export const fromMessage: MessageCommand = {
  name: 'video_from_message',
  label: (texts) => texts.messageCommands.video_from_message,
  open: (text) => form({ name: 'video', target: '', fields: [{ ...prompt, value: text }] }),
};

const prompt = { name: 'prompt', label: 'What to show', type: 'text', required: true, maximumLength: 2000 } as const;

/** A form with a text and a choice, with these changes. */
export const form = (changes: Partial<Form> = {}): Form => ({
  name: 'edit',
  target: 'g1',
  title: 'Edit the prompt',
  send: 'Make it',
  fields: [
    { ...prompt, multiline: true, value: 'a dragon' },
    {
      name: 'model',
      label: 'Which model',
      type: 'choice',
      required: false,
      value: 'lite',
      choices: [
        { name: 'Lite', value: 'lite' },
        { name: 'Pro', value: 'pro' },
      ],
    },
  ],
  ...changes,
});

/** A card with these changes. */
export const card = (changes: Partial<Card> = {}): Card => ({
  tone: 'working',
  title: 'Making the video',
  fields: [],
  notes: [],
  buttons: [],
  ...changes,
});

/** A clock that is so many ms ahead of the machine's. */
export const clockAhead = (ms: number): Clock => ({ ...systemClock, now: () => Date.now() + ms });

/** A fake Discord with a platform that listens to it. */
export interface Bench {
  fake: FakeDiscord;
  discord: ReturnType<typeof createDiscord>;
  /** What was handed over, in order. */
  invocations: Invocation[];
  presses: Press[];
  submissions: Submission[];
  completions: Completion[];
  /** What to answer from now on; a generation by default. */
  answerWith(answer: Answer | Promise<Answer>): void;
  /** What is suggested from now on. */
  suggest(choices: Choice[]): void;
  /** The platform's log so far, unredacted. */
  logged(): string;
  /** Another platform on the same fake, which does not listen: a worker, or the same bot after a restart. */
  another(options?: Partial<DiscordOptions>): Platform;
  /** Uses `/video` and returns the reply ref that was handed over, with the reply. */
  open(actor?: Parameters<FakeDiscord['slash']>[0] | object): Promise<{ ref: ReplyRef; handle: Slash }>;
}

type Slash = ReturnType<FakeDiscord['slash']>;

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Starts a fake; at the end of the test it must have seen no violation of Discord's rules, and no ringing mention. */
export async function startFake(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const fake = await startFakeDiscord(options);
  endings.push(async () => {
    await fake.close();
    expect(fake.violations).toEqual([]);
    for (const { body } of fake.edits) expect(body.allowed_mentions).toEqual({ parse: [] });
  });
  return fake;
}

/** A platform on a fake; closed at the end of the test. */
export function createOn(fake: FakeDiscord, options: Partial<DiscordOptions> = {}): ReturnType<typeof createDiscord> {
  const memory = new Map<string, unknown>();
  const discord = createDiscord({
    token: fake.token,
    apiUrl: fake.apiUrl,
    commands: [video],
    buttons,
    messageCommands: [],
    settings: { get: async (key) => memory.get(key), set: async (key, value) => memory.set(key, value) },
    log: createLog('silent', []),
    clock: systemClock,
    ...options,
  });
  endings.push(() => discord.close());
  return discord;
}

/** Starts both and connects them. */
export async function startBench(
  options: { fake?: FakeDiscordOptions; discord?: Partial<DiscordOptions> } = {},
): Promise<Bench> {
  const fake = await startFake(options.fake);
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      fake.lookAgain();
      done();
    },
  });
  const discord = createOn(fake, { log: createLog('trace', [], destination), ...options.discord });
  const invocations: Invocation[] = [];
  const presses: Press[] = [];
  const submissions: Submission[] = [];
  const completions: Completion[] = [];
  let answer: Answer | Promise<Answer> = { kind: 'generation', id: 'g1' };
  let choices: Choice[] = [];
  const note = <T>(list: T[], one: T) => {
    list.push(one);
    fake.lookAgain();
  };
  const dispatch: Dispatch = {
    async command(invocation) {
      note(invocations, invocation);
      return answer;
    },
    async press(press) {
      note(presses, press);
      return answer;
    },
    async submit(submission) {
      note(submissions, submission);
      return answer;
    },
    message: async (name, text, { locale }) =>
      name === fromMessage.name ? fromMessage.open(text, textsFor(locale), OFFERED) : undefined,
    async complete(completion) {
      note(completions, completion);
      return choices;
    },
  };
  await discord.listen(dispatch);
  return {
    fake,
    discord,
    invocations,
    presses,
    submissions,
    completions,
    suggest: (next) => {
      choices = next;
    },
    answerWith: (next) => {
      answer = next;
    },
    logged: () => lines.join(''),
    another: (changes) => createOn(fake, changes),
    async open(actor = {}) {
      const before = invocations.length;
      const handle = fake.slash({ name: 'video', options: { prompt: 'a dragon' }, ...actor });
      const invocation = await fake.until(() => invocations[before]);
      return { ref: invocation.reply, handle };
    },
  };
}
