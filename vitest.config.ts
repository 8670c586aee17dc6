import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // Most of them wait for connections, other processes and short times, so a core serves more than one.
    maxWorkers: 2 * availableParallelism(),
  },
});
