import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { every } from '../lib/retry.ts';
import { type Provider, ProviderError } from './provider.ts';

/** How often the account is looked at, in ms. */
const EVERY_MS = 900_000;

/** Dependencies of `keepBalance`. */
export interface BalanceParts {
  provider: Pick<Provider, 'balance'>;
  /** `LOW_BALANCE_USD`; without it, nothing is asked. */
  lowUsd: number | undefined;
  clock: Clock;
  log: Log;
}

/** Warns the operator, once each time, when less is left on the provider's account than it should be. */
export async function keepBalance({ provider, lowUsd, clock, log }: BalanceParts, signal: AbortSignal): Promise<void> {
  if (lowUsd === undefined) return;
  const balance = provider.balance?.bind(provider);
  if (!balance) return log.warn('the provider does not say what is left on the account');
  let low = false;
  const look = async () => {
    const usd = await balance(signal);
    if (usd < lowUsd && !low) log.warn({ usd, lowUsd }, 'little is left on the account at the provider; top it up');
    if (usd >= lowUsd && low) log.info({ usd }, 'the account at the provider is topped up');
    low = usd < lowUsd;
  };
  const failed = (error: unknown) => {
    const level = error instanceof ProviderError ? 'warn' : 'error';
    log[level]({ err: error }, 'the balance of the account could not be read');
  };
  await every(EVERY_MS, look, { clock, signal, failed });
}
