import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LONGEST_MS, PATIENCE_MS } from './test/support/patience.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/support/left-out.ts'],
    // These stop what hangs. No test is to depend on how fast the machine is.
    testTimeout: LONGEST_MS,
    hookTimeout: LONGEST_MS,
    expect: { poll: { timeout: PATIENCE_MS } },
    // Most of them wait for connections, other processes and short times, so a core serves more than one.
    maxWorkers: 2 * availableParallelism(),
  },
});
