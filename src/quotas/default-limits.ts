import type { Config } from '../config/config.ts';
import type { Limits } from './admission.ts';

/** The operator's settings as limits. */
export function defaultLimits(config: Config): Limits {
  return {
    pace: { concurrency: config.MEMBER_CONCURRENCY, waiting: config.MEMBER_QUEUE, rate: config.MEMBER_RATE },
    quota: config.DEFAULT_QUOTA,
  };
}
