/**
 * `npm run chaos -- --runs 1000 --seed 1`: many runs of one process. `npm run chaos -- --cluster --generations 300
 * --seed 1`: one run of several processes on a Postgres of its own. A ledger at the end.
 */
import { parseArgs } from 'node:util';
import { findPrograms, PostgresServer } from '../support/postgres-server.ts';
import { clusterRun } from './cluster.ts';
import { inWords, ledgerOfCluster, ledgerOfRuns } from './ledger.ts';
import { chaosRun, type Outcome } from './run.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    parallel: { type: 'string', default: '1' },
    cluster: { type: 'boolean', default: false },
    generations: { type: 'string', default: '300' },
  },
});
const [runs, first, generations] = [Number(values.runs), Number(values.seed), Number(values.generations)];
if (![runs, generations].every((count) => Number.isSafeInteger(count) && count > 0) || !Number.isSafeInteger(first)) {
  const { runs, generations, seed } = values;
  throw new RangeError(`expected whole numbers, got --runs ${runs} --seed ${seed} --generations ${generations}`);
}

// With an exit of its own, so that no process is left behind.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

async function single(): Promise<number> {
  const started = Date.now();
  const outcomes: Outcome[] = [];
  let next = first;
  const work = async () => {
    while (next < first + runs) {
      const outcome = await chaosRun(next++);
      outcomes.push(outcome);
      const what = inWords(outcome.states) || 'nothing was asked';
      console.log(`seed ${outcome.seed}: killed ${outcome.kills.join(', ')}; ${what}`);
      for (const problem of outcome.problems) console.log(`  PROBLEM ${problem}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.parallel) }, work));
  console.log(`\n${runs} runs, seeds ${first} to ${first + runs - 1}, ${Math.round((Date.now() - started) / 1000)} s`);
  for (const line of ledgerOfRuns(outcomes)) console.log(line);
  return outcomes.flatMap(({ problems }) => problems).length;
}

async function several(): Promise<number> {
  const programs = findPrograms();
  if (!programs) throw new Error('expected the programs of Postgres in PATH or /usr/lib/postgresql, found none');
  const server = new PostgresServer(programs);
  await server.begin();
  try {
    const outcome = await clusterRun(server, { seed: first, generations, everyMs: 600, pauseMs: [1500, 4500] });
    console.log(`${outcome.asked} requests to 2 bots and 3 workers, seed ${first}, ${outcome.seconds} s`);
    for (const line of ledgerOfCluster(outcome)) console.log(line);
    return outcome.problems.length;
  } finally {
    await server.end();
  }
}

process.exitCode = (await (values.cluster ? several() : single())) === 0 ? 0 : 1;
