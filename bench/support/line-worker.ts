import { systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { createClusterEngine } from '../../src/queue/cluster.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { takeThrough } from './take-through.ts';

/**
 * A worker with a provider that answers at once (`through`) or never (`hold`); it prints a line for each generation
 * that it begins: its id and the time.
 */
const [url = '', mode = 'through', providerConcurrency = '1000'] = process.argv.slice(2);

const store = await openStore(url);
const log = createLog('error', []);
const engine = createClusterEngine({
  queue: store.queue as NonNullable<Store['queue']>,
  providerConcurrency: Number(providerConcurrency),
  name: String(process.pid),
  clock: systemClock,
  log,
});
engine.start(async (id, signal) => {
  process.stdout.write(`${id} ${Date.now()}\n`);
  if (mode === 'through') await takeThrough(store, id);
  else await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
});
process.stdout.write('ready\n');
