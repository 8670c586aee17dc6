import type { Config } from '../config/config.ts';
import type { QuotaStatus } from '../domain/quota-status.ts';
import type { Clock } from '../lib/clock.ts';
import type { DataStore } from '../store/repositories.ts';
import type { Limits } from './admission.ts';
import { quotaStatus, type Spender } from './read-quota.ts';

/** The operator's settings as limits, and a reader of members' current credits. */
export function createQuotas({ config, store, clock }: { config: Config; store: DataStore; clock: Clock }) {
  const limits: Limits = {
    pace: { concurrency: config.MEMBER_CONCURRENCY, waiting: config.MEMBER_QUEUE, rate: config.MEMBER_RATE },
    quota: config.DEFAULT_QUOTA,
  };
  const quotaOf = (spender: Spender): Promise<QuotaStatus> => quotaStatus(store, spender, limits.quota, clock.now());
  return { limits, quotaOf };
}
