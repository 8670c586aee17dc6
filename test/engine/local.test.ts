import { systemClock } from '../../src/clock.ts';
import { createLocalEngine } from '../../src/engine/local.ts';
import { engineContract } from './contract.ts';

engineContract('the local engine', (options) => createLocalEngine({ ...options, clock: systemClock }));
