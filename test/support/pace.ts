import { performance } from 'node:perf_hooks';

/** How often the pace is taken, in ms. */
const TICK_MS = 5;
/** Of one wait of the event loop at most this counts, in ms: what is longer was the machine's, not the loop's. */
const LONGEST_WAIT_MS = 6 * TICK_MS;

/** How long this process has waited for something to happen, and how long it has worked, both in ms. */
export interface Pace {
  waited: number;
  worked: number;
}

/**
 * Time as this process lived through it. While other processes have the processor, or one piece of work takes long, a
 * wall clock goes on and nothing happens; here hardly any time passes then. So a test whose time follows it is the same
 * on a slow and busy machine as on a quick one.
 */
class Pacer {
  #waited = 0;
  #worked = 0;
  #last = performance.eventLoopUtilization();

  constructor() {
    setInterval(() => this.#tick(), TICK_MS).unref();
  }

  now(): Pace {
    const { idle, active } = performance.eventLoopUtilization();
    return {
      waited: this.#waited + Math.min(idle - this.#last.idle, LONGEST_WAIT_MS),
      worked: this.#worked + Math.min(active - this.#last.active, LONGEST_WAIT_MS),
    };
  }

  #tick(): void {
    const { waited, worked } = this.now();
    this.#waited = waited;
    this.#worked = worked;
    this.#last = performance.eventLoopUtilization();
  }
}

let pacer: Pacer | undefined;

/** Both since the first call of this; they never go back. */
export function pace(): Pace {
  pacer ??= new Pacer();
  return pacer.now();
}

/** The same as one number, by which a process that takes part in a test can be as quick as it has to be. */
export function livedMs(): number {
  const { waited, worked } = pace();
  return waited + worked;
}
