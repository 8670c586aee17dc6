import { systemClock } from '../../src/clock.ts';
import { createLocalEngine } from '../../src/engine/local.ts';
import { engineContract } from './contract.ts';

engineContract('the local engine', ({ startsPerSecond, ...options }) =>
  createLocalEngine({ ...options, memberRate: { count: startsPerSecond, intervalMs: 1000 }, clock: systemClock }),
);
