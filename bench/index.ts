import type { Bench } from './bench.ts';
import { cluster } from './cluster.ts';
import { deliveryTime } from './delivery-time.ts';
import { interactions } from './interactions.ts';
import { memory } from './memory.ts';
import { machineFacts } from './support/machine.ts';

const BENCHES: readonly Bench[] = [deliveryTime, memory, interactions, cluster];

const names = process.argv.slice(2);
const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  const known = BENCHES.map(({ name, what }) => `  ${name}  ${what}`);
  console.error(`There is no bench ${unknown.join(', ')}. There are:\n${known.join('\n')}`);
  process.exit(1);
}

// With an exit of its own, so that temporary folders are removed.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

console.log(`${machineFacts()}\n`);
for (const bench of BENCHES.filter(({ name }) => names.length === 0 || names.includes(name))) {
  console.log(`${bench.name}: ${bench.what}`);
  const startedAt = performance.now();
  console.log(`\n${await bench.run()}\n`);
  console.log(`(${bench.name} took ${Math.round((performance.now() - startedAt) / 1000)} s)\n`);
}
