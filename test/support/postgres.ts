import { afterAll, beforeAll, describe, it } from 'vitest';
import { findPrograms, PostgresServer } from './postgres-server.ts';

const programs = findPrograms();

/**
 * Tests that need a Postgres server. Without its programs they are left out, and the end of the run says so; where
 * `CI` is set that is a failure.
 */
export function describeOnPostgres(name: string, tests: (server: PostgresServer) => void): void {
  if (!programs) {
    if (process.env.CI) {
      it(`${name}: needs Postgres`, () => {
        throw new Error('expected the programs of Postgres in PATH or /usr/lib/postgresql, found none');
      });
      return;
    }
    // Vitest fails a file without tests; a skipped one is counted, and the reporter says why.
    it.skip(`${name}: needs Postgres`);
    return;
  }
  describe(name, () => {
    const server = new PostgresServer(programs);
    beforeAll(() => server.begin());
    afterAll(() => server.end());
    tests(server);
  });
}
