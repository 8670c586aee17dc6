import { configDefaults, defineConfig } from 'vitest/config';
import config, { LONG } from './vitest.config.ts';

export default defineConfig({
  test: {
    ...config.test,
    include: [...LONG, 'test/fuzz/**/*.test.ts'],
    exclude: configDefaults.exclude,
    env: { FUZZ_SHARE: '1' },
  },
});
