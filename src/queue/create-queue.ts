import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { createClusterEngine } from './cluster.ts';
import type { Engine } from './engine.ts';
import { createLocalEngine } from './local.ts';
import type { Queue } from './shared-queue.ts';

/** The engine that fits the database: processes that share a database also share its queue (`line`). */
export function createQueue(options: {
  line: Queue | undefined;
  /** Generations at the provider at once, all members and all processes together. */
  providerConcurrency: number;
  clock: Clock;
  log: Log;
}): Engine {
  const { line, ...rest } = options;
  return line ? createClusterEngine({ ...rest, queue: line, name: randomUUID() }) : createLocalEngine(rest);
}
