import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PATIENCE_MS } from '../support/patience.ts';
import { type Child, startChild } from './child.ts';
import { PLACES } from './places.ts';
import type { Chance } from './random.ts';

type Role = 'bot' | 'worker';

/** What ended a life or held it up, as the ledger counts them. */
export interface Death {
  role: Role;
  /** `at a random time`, `told to stop`, `before POST`, … */
  how: string;
}

/** One place in a fleet: a process that is started again whenever it ends, as an orchestrator would. */
interface Berth {
  name: string;
  role: Role;
  settings: Record<string, string>;
  child: Child | undefined;
  ready: boolean;
  /** What it was told, if anything. */
  told: 'SIGKILL' | 'SIGTERM' | undefined;
  toldAt: number;
  lives: number;
}

/** How often a life begins with a place at which it will end. */
const PLACED = 0.5;
/** Places that each role comes to. */
const PLACES_OF = {
  bot: PLACES.filter((place) => / (write queued|edit|write shown)$/.test(place)),
  worker: PLACES.filter((place) => !place.endsWith('write queued')),
};

/** Several processes of the program that share one database. */
export class Fleet {
  readonly #folder: string;
  readonly #chance: Chance;
  readonly #berths: Berth[] = [];
  readonly #running: Promise<void>[] = [];
  #calm: boolean;
  #ending = false;
  /** When the database was last away (ms); a start in such a moment fails with a word, which is no problem. */
  databaseAwayAt = 0;
  readonly deaths: Death[] = [];
  readonly problems: string[] = [];

  /** @param placed whether lives may end at fault points, too. */
  constructor(folder: string, chance: Chance, placed: boolean) {
    this.#folder = folder;
    this.#chance = chance;
    this.#calm = !placed;
  }

  /** Keeps one more process running. Resolves when it is ready for the first time. */
  async add(role: Role, settings: Record<string, string>): Promise<void> {
    const name = `${role}-${this.#berths.filter((other) => other.role === role).length}`;
    const folder = join(this.#folder, name);
    const own = { ...settings, ROLE: role, DATA_DIR: folder };
    const berth: Berth = {
      name,
      role,
      settings: own,
      child: undefined,
      ready: false,
      told: undefined,
      toldAt: 0,
      lives: 0,
    };
    this.#berths.push(berth);
    await mkdir(folder);
    await new Promise<void>((resolve) => this.#running.push(this.#keep(berth, resolve)));
  }

  /** Sends a signal to one that is ready, by chance or of this role. @returns whether there was one. */
  strike(signal: 'SIGKILL' | 'SIGTERM', role?: Role): boolean {
    const ready = this.#berths.filter(
      (berth) => berth.ready && !berth.told && (role === undefined || berth.role === role),
    );
    if (ready.length === 0) return false;
    this.#tell(this.#chance.pick(ready), signal);
    return true;
  }

  /** Lets a worker stand still for so long, without its noticing. */
  async pause(ms: number): Promise<void> {
    const ready = this.#berths.filter((berth) => berth.role === 'worker' && berth.ready && !berth.told);
    if (ready.length === 0) return;
    const berth = this.#chance.pick(ready);
    const { child } = berth;
    if (!child) return;
    berth.ready = false;
    child.process.kill('SIGSTOP');
    await sleep(ms);
    child.process.kill('SIGCONT');
    if (berth.child === child && child.process.signalCode === null) berth.ready = true;
    this.deaths.push({ role: berth.role, how: 'stood still, then went on' });
  }

  /** From now on no life begins with a place at which it will end. */
  calm(): void {
    this.#calm = true;
  }

  /** Resolves when all are ready. */
  async settled(): Promise<void> {
    while (!this.#berths.every(({ ready }) => ready)) await sleep(50);
  }

  /** Tells all to stop, and resolves when they have ended. */
  async end(): Promise<void> {
    this.#ending = true;
    for (const berth of this.#berths) if (berth.child && !berth.told) this.#tell(berth, 'SIGTERM');
    await Promise.all(this.#running);
  }

  #tell(berth: Berth, signal: 'SIGKILL' | 'SIGTERM'): void {
    berth.told = signal;
    berth.toldAt = Date.now();
    const { child } = berth;
    child?.process.kill(signal);
    if (signal === 'SIGKILL' || !child) return;
    const timer = setTimeout(() => {
      this.problems.push(`${berth.name} did not end within ${PATIENCE_MS} ms of SIGTERM`);
      child.process.kill('SIGKILL');
    }, PATIENCE_MS);
    void child.ended.then(() => clearTimeout(timer));
  }

  async #keep(berth: Berth, onReady: () => void): Promise<void> {
    while (!this.#ending) {
      const place = !this.#calm && this.#chance.chance(PLACED) ? this.#chance.pick(PLACES_OF[berth.role]) : undefined;
      const at = place && `${place}#${this.#chance.between(1, / (edit|poll)$/.test(place) ? 30 : 6)}`;
      const begunAt = Date.now();
      berth.told = undefined;
      berth.lives += 1;
      const child = startChild(this.#folder, { ...berth.settings, ...(at && { CHAOS_KILL_AT: at }) });
      berth.child = child;
      berth.ready = (await child.ready.catch(() => 'late')) === 'ready';
      if (berth.ready) onReady();
      else if (child.process.exitCode === null && child.process.signalCode === null) this.#tell(berth, 'SIGKILL');
      const wasReady = berth.ready;
      const how = await child.ended;
      berth.ready = false;
      await writeFile(join(this.#folder, `${berth.name}-${berth.lives}.log`), child.output());
      this.#note(berth, how, { place, wasReady, begunAt, output: child.output() });
      if (!this.#ending) await sleep(this.#chance.between(300, 2500));
    }
  }

  #note(
    { name, role, told }: Berth,
    how: number | NodeJS.Signals,
    life: { place: string | undefined; wasReady: boolean; begunAt: number; output: string },
  ): void {
    for (const line of life.output.split('\n')) {
      if (line.includes('nobody looked')) this.problems.push(`${name}: ${line}`);
    }
    if (how === 'SIGKILL' && told === 'SIGKILL') this.deaths.push({ role, how: 'at a random time' });
    else if (how === 'SIGKILL' && life.place) this.deaths.push({ role, how: life.place });
    else if (how === 0 && told === 'SIGTERM') {
      if (!this.#ending) this.deaths.push({ role, how: 'told to stop' });
    } else if (how === 1 && !life.wasReady && this.databaseAwayAt > life.begunAt - 1000) {
      this.deaths.push({ role, how: 'no start without the database' });
    } else this.problems.push(`${name} ended by itself (${how}, told ${told}): ${life.output.slice(-2000)}`);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
