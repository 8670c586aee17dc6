import { aimlapi } from './aimlapi/kind.ts';
import { sandbox } from './aimlapi/sandbox-kind.ts';
import type { ProviderKind } from './kind.ts';

/** The providers that there are: a line each. The first one is meant where a chat is connected and nothing else is said. */
export const PROVIDERS: readonly [ProviderKind, ...ProviderKind[]] = [aimlapi, sandbox];

/** The provider of this name. @throws {RangeError} when there is none. */
export function providerKind(name: string, kinds: readonly ProviderKind[] = PROVIDERS): ProviderKind {
  const kind = kinds.find((one) => one.name === name);
  if (!kind) throw new RangeError(`expected one of ${kinds.map((one) => one.name).join(', ')}, got ${name}`);
  return kind;
}
