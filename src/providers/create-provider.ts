import type { Stops } from '../lib/shutdown.ts';
import { keepBalance } from './balance.ts';
import { type BreakerParts, withBreaker } from './breaker.ts';
import type { ProviderKind, ProviderParts } from './kind.ts';
import type { SteadyProvider } from './provider.ts';

/** Dependencies of `createProvider`. */
export interface CreateProviderParts extends BreakerParts, ProviderParts {
  kind: ProviderKind;
  /** Checked by the kind's own checks. */
  settings: Parameters<ProviderKind['create']>[0];
  /** `LOW_BALANCE_USD` */
  lowUsd: number | undefined;
  stops: Stops;
}

/** The provider, left alone while it is out of order. */
export interface ProviderRoom {
  provider: SteadyProvider;
  /** Origins on this machine that its videos come from. */
  trustedOrigins: readonly string[];
  /** Hears what other processes learn of the account, and looks at its balance, until the signal aborts. */
  keepUp(signal: AbortSignal): Promise<void>;
}

/** @throws {Error} with a plain message when the settings cannot be used. */
export async function createProvider(parts: CreateProviderParts): Promise<ProviderRoom> {
  const { kind, settings, lowUsd, clock, log, stops } = parts;
  const { provider: bare, trustedOrigins = [] } = await kind.create(settings, parts);
  stops.add('provider', () => bare.stop());
  const provider = withBreaker(bare, parts);
  return {
    provider,
    trustedOrigins,
    async keepUp(signal) {
      await Promise.all([provider.keepHearing(signal), keepBalance({ provider, lowUsd, clock, log }, signal)]);
    },
  };
}
