import { Writable } from 'node:stream';
import { Hono } from 'hono';
import { afterEach, expect } from 'vitest';
import { atUsualPrice } from '../../../commands/choices.ts';
import type { Answer, Dispatch, Invocation, Press } from '../../../commands/command.ts';
import type { Submission } from '../../../commands/form.ts';
import { buttons, commands, messageCommands } from '../../../commands/index.ts';
import type { Card } from '../../../src/domain/card.ts';
import type { Model } from '../../../src/domain/models.ts';
import { startHttp } from '../../../src/http/server.ts';
import { type Clock, systemClock } from '../../../src/lib/clock.ts';
import { createLog } from '../../../src/lib/log.ts';
import { textsFor } from '../../../src/locales/languages.ts';
import { createSlack, type Slack, type SlackOptions } from '../../../src/platforms/slack/slack.ts';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../../fakes/slack/index.ts';
import type { Block, FakeMessage } from '../../fakes/slack/state.ts';
import { OFFERED } from '../../support/models.ts';

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

/** A fake Slack with a platform that listens to it. */
export interface Bench {
  fake: FakeSlack;
  slack: Slack;
  /** What was handed over, in order. */
  invocations: Invocation[];
  presses: Press[];
  submissions: Submission[];
  /** What to answer from now on; a generation by default. */
  answerWith(answer: Answer | ((kind: 'command' | 'press' | 'submit') => Answer)): void;
  /** Which models the community offers from now on; all by default. */
  offer(models: readonly Model[]): void;
  /** The platform's log so far. */
  logged(): string;
  /** Another platform on the same fake, which does not listen: a worker, or the same bot after a restart. */
  another(options?: Partial<SlackOptions>): Slack;
  /** Says `/video …` and returns what was handed over, with the message that was opened for it. */
  open(
    text?: string,
    actor?: { user?: string; channel?: string },
  ): Promise<{ invocation: Invocation; message: FakeMessage }>;
  /** Where HTTP is taken. */
  url: string;
}

const endings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Starts a fake; at the end of the test it must have seen nothing that Slack would refuse. */
export async function startFake(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const fake = await startFakeSlack(options);
  endings.push(async () => {
    await fake.close();
    expect(fake.violations).toEqual([]);
  });
  return fake;
}

/** A platform on a fake; closed at the end of the test. */
export function createOn(fake: FakeSlack, options: Partial<SlackOptions> = {}): Slack {
  const slack = createSlack({
    tokens: { botToken: fake.botToken },
    appToken: fake.appToken,
    apiUrl: fake.apiUrl,
    commands,
    buttons,
    messageCommands,
    log: createLog('silent', []),
    clock: systemClock,
    ...options,
  });
  endings.push(() => slack.close());
  return slack;
}

/** Starts both and connects them, by Socket Mode or by HTTP. */
export async function startBench(
  options: { by?: 'socket' | 'http'; fake?: FakeSlackOptions; slack?: Partial<SlackOptions> } = {},
): Promise<Bench> {
  const fake = await startFake(options.fake);
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = createLog('trace', [], destination);
  const mode = options.by === 'http' ? { appToken: undefined, signingSecret: fake.signingSecret } : {};
  const slack = createOn(fake, { log, ...mode, ...options.slack });
  const invocations: Invocation[] = [];
  const presses: Press[] = [];
  const submissions: Submission[] = [];
  let models = OFFERED;
  let answer: Parameters<Bench['answerWith']>[0] = { kind: 'generation', id: 'g1' };
  const taken = (kind: 'command' | 'press' | 'submit') => {
    fake.state.changed();
    return typeof answer === 'function' ? answer(kind) : answer;
  };
  const dispatch: Dispatch = {
    async command(invocation) {
      invocations.push(invocation);
      return taken('command');
    },
    async press(press) {
      presses.push(press);
      return taken('press');
    },
    async submit(submission) {
      submissions.push(submission);
      return taken('submit');
    },
    message: async (name, text, { locale }) =>
      messageCommands.find((one) => one.name === name)?.open(text, textsFor(locale), OFFERED),
    async complete({ command, option, options: given, locale }) {
      const found = commands.find(({ name }) => name === command)?.options.find(({ name }) => name === option);
      return found?.complete?.(given, textsFor(locale), models) ?? [];
    },
  };
  let url = '';
  if (slack.routes) {
    const app = new Hono().route('/', slack.routes);
    const http = await startHttp({ host: '127.0.0.1', port: 0, app, log });
    endings.push(() => http.close());
    url = `${http.url.replace(/\/$/, '')}/slack/events`;
    fake.deliverTo(url);
  }
  await slack.listen(dispatch);
  return {
    fake,
    slack,
    invocations,
    presses,
    submissions,
    answerWith: (next) => {
      answer = next;
    },
    offer: (next) => {
      models = next.map(atUsualPrice);
    },
    logged: () => lines.join(''),
    another: (changes) => createOn(fake, changes),
    async open(text = 'a dragon', actor = {}) {
      const before = invocations.length;
      await fake.command('/video', text, actor);
      const invocation = await fake.until(() => invocations[before]);
      const message = await fake.until(() => fake.state.messages.find(({ ts }) => ts === invocation.reply.ts));
      return { invocation, message };
    },
    url,
  };
}

/** All text that blocks show, one piece a line. */
export function textIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(textIn).filter(Boolean).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  const { text, ...rest } = value as Record<string, unknown>;
  const own = typeof text === 'string' ? text : textIn(text);
  return [own, ...Object.values(rest).map(textIn)].filter(Boolean).join('\n');
}

/** The buttons of a message. */
export function buttonsIn(blocks: readonly Block[]): { action_id: string; value: string }[] {
  return blocks.filter(({ type }) => type === 'actions').flatMap((block) => block.elements as never[]);
}
