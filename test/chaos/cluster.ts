import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresServer } from '../support/postgres-server.ts';
import { ask, trouble } from './asking.ts';
import { audit } from './audit.ts';
import { type Death, Fleet } from './fleet.ts';
import { Chance } from './random.ts';
import { countRows, countStates, isSettled, type Row, readLine, untilSettled } from './rows.ts';
import { startWorld, type World } from './world.ts';

/** How a run of several processes is to be. */
export interface ClusterRun {
  seed: number;
  /** Requests are made until so many are accepted. */
  generations: number;
  /** The time between two requests, in ms, on average. */
  everyMs: number;
  /** What happens while requests come in, in this order; by default anything by chance, every few seconds. */
  events?: readonly Event[];
  /** The time between two events, in ms: at least, at most. */
  pauseMs: readonly [number, number];
  /**
   * Whether it ends while requests are looked for that were never sent, as their process died in the moment before;
   * that takes three minutes. @default false
   */
  leaveUnsent?: boolean;
}

/** What happens to a run. */
export type Event =
  | 'kill a worker'
  | 'kill a bot'
  | 'stop one'
  | 'hold up a worker'
  | 'restart the database'
  | 'crash the database';

/** What came of it. */
export interface ClusterOutcome {
  seed: number;
  deaths: Death[];
  /** How often the database was restarted, by how. */
  restarts: Record<'fast' | 'immediate', number>;
  states: Record<string, number>;
  asked: number;
  bought: number;
  /** Requests whose bot was away, or ended before it had written them. */
  unaccepted: number;
  seconds: number;
  /** What does not fit together. Empty when all is well. */
  problems: string[];
}

/** By chance, so often of all. */
const BY_CHANCE: readonly Event[] = [
  ...Array<Event>(9).fill('kill a worker'),
  ...Array<Event>(2).fill('kill a bot'),
  ...Array<Event>(4).fill('stop one'),
  'hold up a worker',
  'restart the database',
  'restart the database',
  'crash the database',
  'crash the database',
];

const BOTS = 2;
const WORKERS = 3;

/** A process that is silent for 10 s counts as dead. So long a worker stands still, in ms, and one in so many times the
 * database is away.
 */
const LONG_AWAY = 6;
const LONG_MS = 13_000;

/**
 * After the last event nothing may change for so long, in ms: a request that was never sent counts as lost after three
 * minutes, and a reply that was not told is told after two.
 */
const QUIET_MS = 270_000;
/** No request is on its way for longer than this, in ms. */
const UNSENT_MS = 60_000;

/** Each in one of two servers, of which each bot has one by its gateway connection. */
const CROWD = {
  inDiscord: 0.8,
  discord: Array.from({ length: 16 }, (_, index) => ({
    userId: String(222222222222222000n + BigInt(index)),
    guildId: String((1000n + BigInt(index % BOTS)) << 22n),
    channelId: String((2000n + BigInt(index % BOTS)) << 22n),
  })),
  slack: [{ user: 'U1' }, { user: 'UADMIN' }, { user: 'UOWNER' }],
};

/** One run: bots and workers, requests, deaths among them, and at the end a look into all ledgers. */
export async function clusterRun(server: PostgresServer, run: ClusterRun): Promise<ClusterOutcome> {
  const chance = new Chance(run.seed);
  const begunAt = Date.now();
  const folder = await mkdtemp(join(tmpdir(), 'dailies-chaos-'));
  const url = await server.database();
  const world = await startWorld(folder, {
    speed: 1,
    durationMs: 3000,
    logLagMs: 1000,
    logAt: 'accepted',
    skewMs: 0,
    timeoutMs: 1_000_000,
    shards: BOTS,
    crowd: CROWD,
  });
  const fleet = new Fleet(folder, chance, run.events === undefined);
  const pauses: Promise<void>[] = [];
  const restarts = { fast: 0, immediate: 0 };
  const happen = async (event: Event) => {
    if (event === 'kill a worker') fleet.strike('SIGKILL', 'worker');
    else if (event === 'kill a bot') fleet.strike('SIGKILL', 'bot');
    else if (event === 'stop one') fleet.strike('SIGTERM');
    else if (event === 'hold up a worker') pauses.push(fleet.pause(LONG_MS));
    else {
      const how = event === 'restart the database' ? 'fast' : 'immediate';
      const long = run.events === undefined && chance.chance(1 / LONG_AWAY);
      fleet.databaseAwayAt = Number.POSITIVE_INFINITY;
      await server.restart(how, long ? LONG_MS : chance.between(0, 2000));
      fleet.databaseAwayAt = Date.now();
      restarts[how] += 1;
    }
  };
  try {
    await startFleet(fleet, { ...world.settings, DATABASE_URL: url });
    let done = false;
    const asking = askUntilAccepted(world, chance, run, url).finally(() => {
      done = true;
    });
    for (let index = 0; run.events ? index < run.events.length : !done; index++) {
      await sleep(chance.between(...run.pauseMs));
      await happen(run.events?.[index] ?? chance.pick(BY_CHANCE));
      if (run.events === undefined) trouble(world, chance);
    }
    const asked = await asking;
    await Promise.all(pauses);
    fleet.calm();
    await fleet.settled();
    const isLeft = (row: Row) => run.leaveUnsent === true && isUnsent(world, row);
    const all = await untilSettled(url, QUIET_MS, (row) => isSettled(row) || isLeft(row));
    await fleet.end();
    const rows = all.filter((row) => !isLeft(row));
    const problems = audit(world, rows);
    for (const { id, state } of await readLine(url)) {
      if (rows.some((row) => row.id === id)) problems.push(`${id} is left in the line (${state})`);
    }
    problems.push(...fleet.problems, ...world.discord.violations, ...world.slack.violations);
    if (problems.length === 0) await rm(folder, { recursive: true, force: true });
    else problems.push(`the data is in ${folder}`);
    return {
      seed: run.seed,
      deaths: fleet.deaths,
      restarts,
      states: countStates(all),
      bought: world.sandbox.requests.length,
      asked,
      unaccepted: asked - all.length,
      seconds: Math.round((Date.now() - begunAt) / 1000),
      problems,
    };
  } finally {
    await fleet.end();
    await world.stop();
  }
}

/** Whether a request has been looked for, for so long that nobody can be about to send it. */
function isUnsent({ sandbox }: World, { id, state, submittedAt }: Row): boolean {
  const bought = sandbox.requests.some(({ clientRequestId }) => clientRequestId === id);
  return state === 'submitting' && !bought && submittedAt < Date.now() - UNSENT_MS;
}

async function startFleet(fleet: Fleet, settings: Record<string, string>): Promise<void> {
  const common = {
    ...settings,
    POLL_INTERVAL_MS: '1000',
    PROVIDER_CONCURRENCY: '60',
    MEMBER_CONCURRENCY: '30',
  };
  await Promise.all([
    ...Array.from({ length: BOTS }, (_, index) => fleet.add('bot', { ...common, DISCORD_SHARDS: `${index}/${BOTS}` })),
    ...Array.from({ length: WORKERS }, () => fleet.add('worker', common)),
  ]);
}

/** @returns how often it was asked. */
async function askUntilAccepted(
  world: World,
  chance: Chance,
  { generations, everyMs }: ClusterRun,
  url: string,
): Promise<number> {
  let accepted = 0;
  for (let asked = 0; ; ) {
    // The database may be away.
    accepted = await countRows(url).catch(() => accepted);
    if (accepted >= generations) return asked;
    ask(world, chance, ++asked);
    await sleep(chance.between(0, 2 * everyMs));
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
