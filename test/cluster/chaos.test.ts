import { expect, it } from 'vitest';
import { clusterRun } from '../chaos/cluster.ts';
import { describeOnPostgres } from '../support/postgres.ts';

describeOnPostgres('bots and workers that are killed, on a database that crashes', (server) => {
  it('buy each video once, deliver it once and settle its credits', async () => {
    const { problems, deaths, restarts, states } = await clusterRun(server, {
      seed: 1,
      generations: 16,
      everyMs: 250,
      events: ['kill a worker', 'crash the database', 'kill a bot'],
      pauseMs: [1000, 2000],
      leaveUnsent: true,
    });
    expect(problems).toEqual([]);
    const killed = deaths.filter(({ how }) => how === 'at a random time');
    expect(killed.map(({ role }) => role)).toEqual(['worker', 'bot']);
    expect(restarts).toEqual({ fast: 0, immediate: 1 });
    expect(states.delivered).toBeGreaterThan(0);
  });
});
