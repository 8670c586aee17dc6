import { systemClock } from '../../src/clock.ts';
import { createLocalEngine } from '../../src/engine/local.ts';
import { engineContract } from './contract.ts';

engineContract('the local engine', async ({ providerConcurrency }) => {
  const engine = createLocalEngine({ providerConcurrency, clock: systemClock });
  return { engine, commit: (work) => engine.enqueue({ work: { enter: async () => {} } }, work) };
});
