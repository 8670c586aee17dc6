/** `npm run chaos -- --runs 1000 --seed 1`: many runs, with a line for each and a ledger at the end. */
import { parseArgs } from 'node:util';
import { chaosRun, type Outcome } from './run.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    parallel: { type: 'string', default: '1' },
  },
});
const [runs, first] = [Number(values.runs), Number(values.seed)];
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(first)) {
  throw new RangeError(`expected whole numbers, got --runs ${values.runs} --seed ${values.seed}`);
}

const total = { kills: 0, missed: 0, bought: 0, unaccepted: 0, problems: 0 };
const states: Record<string, number> = {};
const places = new Map<string, number>();
const started = Date.now();

function note(outcome: Outcome): void {
  total.kills += outcome.kills.length;
  total.missed += outcome.missed;
  total.bought += outcome.bought;
  total.unaccepted += outcome.unaccepted;
  total.problems += outcome.problems.length;
  for (const [state, count] of Object.entries(outcome.states)) states[state] = (states[state] ?? 0) + count;
  for (const kill of outcome.kills) {
    const place = / ms$/.test(kill) ? 'at a random time' : kill.replace(/#\d+$/, '');
    places.set(place, (places.get(place) ?? 0) + 1);
  }
  const what = Object.entries(outcome.states).map(([state, count]) => `${count} ${state}`);
  console.log(`seed ${outcome.seed}: killed ${outcome.kills.join(', ')}; ${what.join(', ') || 'nothing was asked'}`);
  for (const problem of outcome.problems) console.log(`  PROBLEM ${problem}`);
}

let next = first;
async function work(): Promise<void> {
  while (next < first + runs) note(await chaosRun(next++));
}
await Promise.all(Array.from({ length: Number(values.parallel) }, work));

console.log(`\n${runs} runs, seeds ${first} to ${first + runs - 1}, ${Math.round((Date.now() - started) / 1000)} s`);
console.log(`killed ${total.kills} times:`);
for (const [place, count] of [...places].sort(([a], [b]) => a.localeCompare(b))) console.log(`  ${count} ${place}`);
console.log(
  `generations: ${Object.entries(states)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ')}`,
);
console.log(`bought at the provider: ${total.bought}; commands not yet accepted when killed: ${total.unaccepted}`);
console.log(`problems: ${total.problems}`);
process.exitCode = total.problems === 0 ? 0 : 1;
