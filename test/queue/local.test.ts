import { systemClock } from '../../src/lib/clock.ts';
import { createLocalEngine } from '../../src/queue/local.ts';
import { engineContract } from './contract.ts';

engineContract('the local engine', async ({ providerConcurrency }) => {
  const engine = createLocalEngine({ providerConcurrency, clock: systemClock });
  return { engine, commit: (work) => engine.enqueue({ work: { enter: async () => {} } }, work) };
});
