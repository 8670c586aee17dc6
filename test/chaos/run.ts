import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PATIENCE_MS } from '../support/patience.ts';
import { ask, providerTrouble, trouble } from './asking.ts';
import { audit } from './audit.ts';
import { type Child, startChild } from './child.ts';
import { PLACES } from './places.ts';
import { Chance } from './random.ts';
import { countStates, untilRows, untilSettled } from './rows.ts';
import { ALONE, LONG_OUTAGE_MS, startWorld, type World } from './world.ts';

/** How a life of the bot ends: at a place, after some ms of the machine's clock, or when all is done. */
type Death = { place: string; count: number } | { afterMs: number };

/** What came of a run. */
export interface Outcome {
  seed: number;
  /** How often the bot was killed, where: `before POST#2`, or a number of ms. */
  kills: string[];
  /** Places at which it was meant to be killed and that it never reached; it was killed later then. */
  missed: number;
  /** Generations by the state that they ended in; as `countStates` names them. */
  states: Record<string, number>;
  bought: number;
  /** Commands whose generation was not written when the bot was killed. */
  unaccepted: number;
  /** What does not fit together. Empty when all is well. */
  problems: string[];
}

/** How long one life waits for its death, in ms of the machine's clock. */
const LIFE_MS = 4000;

/** A bot that has just started has taken what the chats repeat to it when nothing has come for so long, in ms of the machine's clock. */
const LATECOMERS_MS = 2000;

/** One run: some requests, some deaths, and at the end a look into all ledgers. */
export async function chaosRun(seed: number): Promise<Outcome> {
  const chance = new Chance(seed);
  const folder = await mkdtemp(join(tmpdir(), 'dailies-chaos-'));
  const world = await startWorld(folder, {
    ...ALONE,
    skewMs: chance.pick([0, 0, 600_000, -600_000]),
    logAt: chance.pick(['accepted', 'accepted', 'end']),
    logLagMs: chance.pick([0, 8_000, 60_000]),
  });
  let phases = Promise.resolve();
  const outcome: Outcome = { seed, kills: [], missed: 0, states: {}, bought: 0, unaccepted: 0, problems: [] };
  let asked = 0;
  try {
    const deaths = Array.from({ length: chance.between(1, 4) }, () => deathOf(chance));
    for (const [index, death] of deaths.entries()) {
      const child = startChild(folder, settingsOf(world, death));
      if ((await child.ready) === 'ready') {
        trouble(world, chance);
        phases = providerTrouble(world, chance);
        const most = index === 0 ? 4 : 1;
        for (let count = chance.between(index === 0 ? 2 : 0, most); count > 0; count--) ask(world, chance, ++asked);
      }
      const how = await die(child, death);
      outcome.kills.push(how.killed);
      if (how.missed) outcome.missed += 1;
      if (how.problem) outcome.problems.push(how.problem);
      await phases;
      if (chance.chance(0.2)) await new Promise((resolve) => setTimeout(resolve, LONG_OUTAGE_MS));
    }
    const last = startChild(folder, world.settings);
    if ((await last.ready) === 'ended') outcome.problems.push(`the bot did not start again: ${last.output()}`);
    // What was asked for in the last moment of the life before may come only now.
    await untilRows(world.settings.DATABASE_URL ?? '', () => false, LATECOMERS_MS);
    const rows = await untilSettled(world.settings.DATABASE_URL ?? '');
    outcome.problems.push(...(await leave(last)), ...audit(world, rows), ...world.slack.violations);
    outcome.problems.push(...world.discord.violations);
    outcome.bought = world.sandbox.requests.length;
    outcome.unaccepted = asked - rows.length;
    outcome.states = countStates(rows);
  } finally {
    await world.stop();
    if (outcome.problems.length === 0) await rm(folder, { recursive: true, force: true });
    else outcome.problems.push(`the data is in ${folder}`);
  }
  return outcome;
}

function deathOf(chance: Chance): Death {
  if (chance.chance(0.3)) return { afterMs: chance.between(0, 1500) };
  const place = chance.pick(PLACES);
  const often = / (edit|poll)$/.test(place);
  return { place, count: chance.between(1, often ? 8 : 2) };
}

function settingsOf(world: World, death: Death): Record<string, string> {
  return { ...world.settings, ...('place' in death && { CHAOS_KILL_AT: `${death.place}#${death.count}` }) };
}

/** Waits for a life's end, or makes it. */
async function die(child: Child, death: Death): Promise<{ killed: string; missed?: boolean; problem?: string }> {
  const limit = 'afterMs' in death ? death.afterMs : LIFE_MS;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.process.kill('SIGKILL');
  }, limit);
  const how = await child.ended;
  clearTimeout(timer);
  const killed = 'afterMs' in death ? `${death.afterMs} ms` : `${death.place}#${death.count}`;
  if (how !== 'SIGKILL') return { killed, problem: `the bot ended by itself (${how}): ${child.output()}` };
  return late && 'place' in death ? { killed: `${limit} ms`, missed: true } : { killed };
}

/** Ends a life in order. @returns what was wrong with that. */
export async function leave(child: Child): Promise<string[]> {
  child.process.kill('SIGTERM');
  const timer = setTimeout(() => child.process.kill('SIGKILL'), PATIENCE_MS);
  const how = await child.ended;
  clearTimeout(timer);
  const noise = child
    .output()
    .split('\n')
    .filter((line) => line.includes('nobody looked'));
  return [...(how === 0 ? [] : [`the bot did not end well: ${how} ${child.output().slice(-2000)}`]), ...noise];
}
