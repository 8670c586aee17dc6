import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../src/lib/clock.ts';
import { createLog } from '../src/lib/log.ts';
import { startSandbox } from '../src/sandbox/sandbox.ts';
import type { Bench } from './bench.ts';
import { benchSettings } from './support/bot.ts';
import type { Answered, Burst, Told } from './support/fake-discord.ts';
import { type MeasuredProcess, startMeasured } from './support/measured-process.ts';
import { quantile } from './support/numbers.ts';
import { table } from './support/table.ts';
import { withTempFolder } from './support/temp.ts';

/** Interactions that arrive at once. */
const INTERACTIONS = 200;
/** As many before, so that all code has been loaded and used; not measured. */
const WARM_UP = 50;
/** How long a bot is left alone after that, in ms; by then Dailies has stored and shown all of them. */
const SETTLE_MS = 5000;
/** How often each contender is measured, in turns, each time in a new process. */
const ROUNDS = 5;
/** How long a program may take to start, or to answer all, in ms. */
const PROGRAM_MS = 20_000;

/** The sandbox never ends such a generation. */
const COMMAND = { command: 'video', options: { prompt: 'a dragon over the peaks [stuck]' } };

/** One bot, as it is started. */
interface Contender {
  name: string;
  program: URL;
  /** All that it sees of the environment, besides Discord's address and token. */
  settings(folder: string, providerUrl: string): Record<string, string>;
}

const CONTENDERS: readonly Contender[] = [
  {
    name: 'bare discord.js bot, only defers',
    program: new URL('./support/bare-bot.ts', import.meta.url),
    settings: () => ({}),
  },
  {
    name: 'Dailies, the whole bot, /video',
    program: new URL('../src/main.ts', import.meta.url),
    // What members and provider may do at once is as it comes: each member asks for one video.
    settings: (folder, providerUrl) => ({
      ...benchSettings(folder, providerUrl),
      MEMBER_CONCURRENCY: '1',
      PROVIDER_CONCURRENCY: '20',
    }),
  },
];

/** How soon the first answer is there when many ask at once, next to a bot that does nothing else. */
export const interactions: Bench = {
  name: 'interactions',
  what: `time to the first answer when ${INTERACTIONS} interactions arrive at once, next to a bare discord.js bot`,
  async run() {
    const rounds = new Map<Contender, Answered[]>(CONTENDERS.map((contender) => [contender, []]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [contender, results] of rounds) results.push(await measure(contender));
    }
    const [bare = 0, ours = 0] = [...rounds.values()].map((results) => quantile(p99s(results), 0.5));
    return [
      `${ROUNDS} rounds in turns, each in a new process after ${WARM_UP} others; Discord is a fake in a process of its own.`,
      '',
      table(
        ['who', 'answers', 'median', 'p99 of a round, median', 'slowest', 'late', 'p99 by round'],
        [...rounds].map(([{ name }, results]) => row(name, results)),
      ),
      '',
      `The p99 of Dailies is ${(ours / bare).toFixed(2)} times that of the bare bot, by the medians of the rounds.`,
    ].join('\n');
  },
};

function timesOf(results: readonly Answered[]): number[] {
  return results.flatMap(({ times }) => times);
}

/** Of each round by itself, so that one in which the machine was busy with something else does not decide alone. */
function p99s(results: readonly Answered[]): number[] {
  return results.map(({ times }) => quantile(times, 0.99));
}

function row(name: string, results: readonly Answered[]): string[] {
  const times = timesOf(results);
  return [
    name,
    String(times.length),
    ms(quantile(times, 0.5)),
    ms(quantile(p99s(results), 0.5)),
    ms(Math.max(...times)),
    String(results.reduce((sum, { late }) => sum + late, 0)),
    p99s(results).map(ms).join(', '),
  ];
}

const ms = (value: number) => `${value.toFixed(0)} ms`;

/** One round with new processes: Discord, bot, and the sandbox in this one. */
async function measure({ program, settings }: Contender): Promise<Answered> {
  const log = createLog('warn', [], process.stderr);
  const sandbox = await startSandbox({ clock: systemClock, log, key: 'bench-key' });
  try {
    return await withTempFolder(async (folder) => {
      const fake = startMeasured(new URL('./support/fake-discord.ts', import.meta.url), { environment: {}, folder });
      try {
        const { ready } = await nextOf(fake, 'ready');
        const connected = ask(fake, { waitForBot: true }, 'connected');
        const environment = {
          ...settings(folder, sandbox.url),
          DISCORD_TOKEN: ready.token,
          DISCORD_API_URL: ready.apiUrl,
        };
        const bot = startMeasured(program, { environment, folder });
        bot.child.stdout?.resume();
        try {
          await connected;
          const burst = async (count: number) =>
            (await ask(fake, { burst: { ...COMMAND, count } satisfies Burst }, 'answered')).answered;
          await burst(WARM_UP);
          await sleep(SETTLE_MS);
          return await burst(INTERACTIONS);
        } finally {
          await bot.end();
        }
      } finally {
        await fake.end();
      }
    });
  } finally {
    await sandbox.stop();
  }
}

type ToldAs<K extends string> = Extract<Told, Record<K, unknown>>;

/** Sends a message, and waits for the answer of this kind. */
function ask<K extends 'connected' | 'answered'>(to: MeasuredProcess, message: object, kind: K): Promise<ToldAs<K>> {
  const answer = nextOf(to, kind);
  to.child.send(message);
  return answer;
}

async function nextOf<K extends 'ready' | 'connected' | 'answered'>(
  { child }: MeasuredProcess,
  kind: K,
): Promise<ToldAs<K>> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(new Error(`expected ${kind} within ${PROGRAM_MS} ms`)), PROGRAM_MS);
  const ended = () => waiting.abort(new Error(`expected ${kind}, but the fake Discord ended`));
  child.once('exit', ended);
  const [told] = (await once(child, 'message', { signal: waiting.signal }).finally(() => {
    clearTimeout(timer);
    child.off('exit', ended);
  })) as [Told];
  if (kind in told) return told as ToldAs<K>;
  throw new Error(`expected ${kind} of the fake Discord, got ${JSON.stringify(told).slice(0, 200)}`);
}
