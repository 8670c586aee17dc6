import type { ClusterOutcome } from './cluster.ts';
import type { Outcome } from './run.ts';

/** What came of many runs of one process, in lines. */
export function ledgerOfRuns(outcomes: readonly Outcome[]): string[] {
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const states: Record<string, number> = {};
  for (const outcome of outcomes) {
    for (const [state, count] of Object.entries(outcome.states)) states[state] = (states[state] ?? 0) + count;
  }
  const kills = outcomes.flatMap((outcome) => outcome.kills);
  return [
    `killed ${kills.length} times:`,
    ...tally(kills.map((kill) => (/ ms$/.test(kill) ? 'at a random time' : kill.replace(/#\d+$/, '')))),
    `generations: ${inWords(states)}`,
    `bought at the provider: ${sum(({ bought }) => bought)}; commands not yet accepted when killed: ${sum(({ unaccepted }) => unaccepted)}`,
    `problems: ${sum(({ problems }) => problems.length)}`,
  ];
}

/** What came of one run of several processes, in lines. */
export function ledgerOfCluster({ deaths, restarts, states, bought, unaccepted, problems }: ClusterOutcome): string[] {
  return [
    `processes ended ${deaths.length} times:`,
    ...tally(deaths.map(({ role, how }) => `${role} ${how}`)),
    `the database restarted: ${restarts.fast} in order, ${restarts.immediate} by a crash`,
    `generations: ${inWords(states)}`,
    `bought at the provider: ${bought}; requests that no bot had accepted: ${unaccepted}`,
    ...problems.map((problem) => `  PROBLEM ${problem}`),
    `problems: ${problems.length}`,
  ];
}

/** `3 delivered, 1 failed`. */
export function inWords(states: Readonly<Record<string, number>>): string {
  return Object.entries(states)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
}

function tally(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([name, count]) => `  ${count} ${name}`);
}
