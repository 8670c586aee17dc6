import { Writable } from 'node:stream';
import { afterEach, expect } from 'vitest';
import {
  type Answer,
  type Button,
  type Command,
  HANDLED,
  type Invocation,
  type Press,
} from '../../../commands/command.ts';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { createLog } from '../../../src/log.ts';
import { createDiscord, type DiscordOptions } from '../../../src/platforms/discord/index.ts';
import type { Dispatch, Platform, ReplyRef } from '../../../src/platforms/platform.ts';
import type { Card } from '../../../src/replies/card.ts';
import { type FakeDiscord, type FakeDiscordOptions, startFakeDiscord } from '../../fakes/discord/index.ts';

const nothing = async (): Promise<Answer> => HANDLED;

/** One command with an option of each kind. */
export const video: Command = {
  name: 'video',
  description: () => 'Make a video',
  who: 'members',
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
];

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
  discord: Platform;
  /** What was handed over, in order. */
  invocations: Invocation[];
  presses: Press[];
  /** What to answer from now on; a generation by default. */
  answerWith(answer: Answer): void;
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
export function createOn(fake: FakeDiscord, options: Partial<DiscordOptions> = {}): Platform {
  const memory = new Map<string, unknown>();
  const discord = createDiscord({
    token: fake.token,
    apiUrl: fake.apiUrl,
    commands: [video],
    buttons,
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
  let answer: Answer = { kind: 'generation', id: 'g1' };
  const dispatch: Dispatch = {
    async command(invocation) {
      invocations.push(invocation);
      fake.lookAgain();
      return answer;
    },
    async press(press) {
      presses.push(press);
      fake.lookAgain();
      return answer;
    },
  };
  await discord.listen(dispatch);
  return {
    fake,
    discord,
    invocations,
    presses,
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
