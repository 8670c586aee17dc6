import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { LONGEST_MS, PATIENCE_MS } from './test/support/patience.ts';

/** What kills whole programs again and again, has several of them on one Postgres, or floods: `npm run test:long`. */
export const LONG = ['test/chaos/**/*.test.ts', 'test/cluster/**/*.test.ts', 'test/**/*.long.test.ts'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...LONG],
    coverage: {
      // The page's modules run in a browser, where they are not counted.
      include: ['src/**/*.ts', 'commands/**/*.ts'],
      exclude: ['src/platforms/web/page/**'],
      reporter: ['text-summary'],
    },
    setupFiles: './test/support/setup.ts',
    reporters: ['default', './test/support/left-out.ts'],
    // These stop what hangs. No test is to depend on how fast the machine is.
    testTimeout: LONGEST_MS,
    hookTimeout: LONGEST_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    // Most of them wait for connections, other processes and short times, so a core serves more than one.
    maxWorkers: 2 * availableParallelism(),
    // Loading the libraries once a process, not once a file, is a third of the whole.
    isolate: false,
  },
});
