import type { Stops } from '../lib/shutdown.ts';
import { type BreakerParts, withBreaker } from './breaker.ts';
import { providerKind } from './index.ts';
import type { ProviderKind, ProviderParts } from './kind.ts';
import type { SteadyProvider } from './provider.ts';

/**
 * Makes the provider that the settings choose, behind its breaker.
 * @param kinds the providers that can be chosen. @default all
 * @throws {Error} with a plain message when its settings cannot be used.
 */
export async function createProvider(
  { PROVIDER: name, ofProviders }: { PROVIDER: string; ofProviders: Readonly<Record<string, unknown>> },
  parts: ProviderParts & BreakerParts & { stops: Stops },
  kinds?: readonly ProviderKind[],
): Promise<{ provider: SteadyProvider; trustedOrigins: readonly string[] }> {
  const { provider, trustedOrigins = [] } = await providerKind(name, kinds).create(ofProviders, parts);
  parts.stops.add('provider', () => provider.stop());
  return { provider: withBreaker(provider, parts), trustedOrigins };
}
