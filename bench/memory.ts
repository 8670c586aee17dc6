import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../src/lib/clock.ts';
import { createLog } from '../src/lib/log.ts';
import { PEOPLE } from '../src/platforms/web/people.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';
import { WebClient } from '../test/support/web-client.ts';
import type { Bench } from './bench.ts';
import { apiNameOf } from './support/api-name.ts';
import { benchSettings } from './support/bot.ts';
import { type MeasuredProcess, startMeasured } from './support/measured-process.ts';
import type { Footprint } from './support/report-footprint.ts';
import { table } from './support/table.ts';
import { withTempFolder } from './support/temp.ts';

/** Generations in flight at the second measurement, besides the first ones. */
const GENERATIONS = 1000;
/** Generations in flight at the first measurement: by then all code has been loaded and used once. */
const FIRST = 10;
/** How long the first ones are waited for, in ms: a poll each. */
const FIRST_SETTLE_MS = 12_000;
/** From one request to the next, in ms, so that they do not all poll in the same moment. */
const PACE_MS = 20;
/**
 * From the last request to the second measurement, in ms. By then the bot expects most of the videos every moment, so
 * it is the time in which it polls most.
 */
const SETTLE_MS = 25_000;
/** How often a plain loop asks, in ms. */
const INTERVAL_MS = 10_000;
const MODEL = 'lite';
/** The sandbox never ends such a generation. */
const PROMPT = 'a dragon over the peaks [stuck]';

/** Footprints of a program with few and with many generations in flight. */
interface Growth {
  few: Footprint;
  many: Footprint;
  /** Processor time while nothing but polls happened, as a part of one core. */
  cpu: number;
}

/** What a generation in flight takes of the memory, next to a bare poll loop. */
export const memory: Bench = {
  name: 'memory',
  what: `memory with ${GENERATIONS} generations in flight, next to as many plain loops`,
  async run() {
    const [loops, bot] = await Promise.all([measureLoops(), measureBot()]);
    return [
      `Each in a process of its own, after garbage collection, with ${FIRST} in flight and with ${GENERATIONS} more,`,
      `${SETTLE_MS / 1000} s after the last request. The API is a sandbox that never ends a video.`,
      '',
      table(
        ['who', 'RSS before', 'RSS', 'heap before', 'heap', 'RSS each', 'heap each', 'CPU while waiting'],
        [row(`plain loops, ask every ${INTERVAL_MS / 1000} s`, loops), row('Dailies, the whole bot', bot)],
      ),
    ].join('\n');
  },
};

function row(name: string, { few, many, cpu }: Growth): string[] {
  return [
    name,
    mebibytes(few.rss),
    mebibytes(many.rss),
    mebibytes(few.heap),
    mebibytes(many.heap),
    kibibytes((many.rss - few.rss) / GENERATIONS),
    kibibytes((many.heap - few.heap) / GENERATIONS),
    `${(cpu * 100).toFixed(0)} % of a core`,
  ];
}

const kibibytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;
const mebibytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(0)} MiB`;

/** The bot as an operator runs it: `src/main.ts`, with the playground. */
async function measureBot(): Promise<Growth> {
  return await withSandbox((sandbox) =>
    withTempFolder(async (folder) => {
      const environment = benchSettings(folder, sandbox.url);
      const bot = startMeasured(new URL('../src/main.ts', import.meta.url), { environment, folder });
      try {
        const chat = new WebClient(await urlOf(bot));
        let said = 0;
        return await measureGrowth(bot, sandbox, async () => {
          const person = PEOPLE[said++ % PEOPLE.length]?.id;
          await chat.video(PROMPT, { model: MODEL }, person);
        });
      } finally {
        await bot.end();
      }
    }),
  );
}

async function measureLoops(): Promise<Growth> {
  return await withSandbox((sandbox) =>
    withTempFolder(async (folder) => {
      const loops = startMeasured(new URL('./support/plain-loops.ts', import.meta.url), { environment: {}, folder });
      const start = { url: sandbox.url, model: apiNameOf(MODEL), prompt: PROMPT, intervalMs: INTERVAL_MS };
      try {
        return await measureGrowth(loops, sandbox, async () => {
          loops.child.send({ start });
        });
      } finally {
        await loops.end();
      }
    }),
  );
}

/** @param ask asks the program for one more video. */
async function measureGrowth(program: MeasuredProcess, sandbox: Sandbox, ask: () => Promise<void>): Promise<Growth> {
  await askFor(FIRST, ask);
  await sleep(FIRST_SETTLE_MS);
  const few = await program.measure();
  await askFor(GENERATIONS, ask);
  const asked = await program.measure();
  await sleep(SETTLE_MS);
  const many = await program.measure();
  const inFlight = sandbox.requests.length;
  if (inFlight !== FIRST + GENERATIONS) throw new Error(`expected ${FIRST + GENERATIONS} in flight, got ${inFlight}`);
  return { few, many, cpu: (many.cpuMs - asked.cpuMs) / SETTLE_MS };
}

async function askFor(count: number, ask: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  for (let asked = 1; asked <= count; asked += 1) {
    await ask();
    await sleep(Math.max(0, startedAt + asked * PACE_MS - performance.now()));
  }
}

/** The address of the bot's playground, from its first line on standard output that tells it. */
async function urlOf({ child }: MeasuredProcess): Promise<() => string> {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const ended = once(child, 'exit').then(() => {
    throw new Error('expected the bot to start, but it ended');
  });
  const found = (async () => {
    for await (const line of lines) {
      const url = /playground is at (\S+?)\. /.exec(line)?.[1];
      if (url) return url;
    }
    throw new Error('expected the bot to tell its address, but it did not');
  })();
  const url = await Promise.race([found, ended]);
  return () => url;
}

async function withSandbox<T>(work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = await startSandbox({
    clock: systemClock,
    log: createLog('warn', [], process.stderr),
    key: 'bench-key',
  });
  try {
    return await work(sandbox);
  } finally {
    await sandbox.stop();
  }
}
