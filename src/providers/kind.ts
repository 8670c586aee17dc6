import type Keyv from 'keyv';
import type { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Provider } from './provider.ts';

/** Dependencies of `ProviderKind.create`. */
export interface ProviderParts {
  /** Keeps what it has learnt until the next start. */
  keyv: Pick<Keyv, 'get' | 'set'>;
  log: Log;
  clock: Clock;
  /** Starts the stand-in that makes free clips, which stops with the bot; `url` is its address. */
  startSandbox(): Promise<{ url: string; key: string }>;
}

/** A provider that was made. */
export interface MadeProvider {
  provider: Provider;
  /** Origins on this machine that its videos come from. @default none: addresses of private networks are refused */
  trustedOrigins?: readonly string[];
}

/** Settings with their checks, by name. */
type Checks = Readonly<Record<string, z.ZodType>>;

/** A provider that can be chosen: everything that the rest of the house has to know of it. Its folder exports one. */
export interface ProviderKind<Settings extends Checks = Checks> {
  /** As in `PROVIDER`, and as in `Provider.name`. */
  readonly name: string;
  /** Who makes the videos, after "Videos come from". */
  readonly title: string;
  /** Settings of its own, by name, with their checks and defaults. */
  readonly settings: Settings;
  /** Those of them whose value must never be printed; all processes that share a database must have them alike. */
  readonly secrets: readonly (keyof Settings & string)[];
  /** The one of them that it cannot do without, and what that is. */
  readonly needs?: { readonly setting: keyof Settings & string; readonly what: string };
  /** Whether it makes free clips in the process itself: the choice while nothing is set. */
  readonly standIn?: boolean;
  /** The longest wait between two polls, in ms. @default `POLL_INTERVAL_MS` */
  readonly pollIntervalMs?: number;
  /** @throws {Error} with a plain message when the settings cannot be used. */
  create(settings: z.output<z.ZodObject<Settings>>, parts: ProviderParts): MadeProvider | Promise<MadeProvider>;
}

/** A provider's kind, whose `create` gets its settings in their types. */
export function defineProvider<Settings extends Checks>(kind: ProviderKind<Settings>): ProviderKind {
  // Whoever calls `create` has checked the settings by `settings`.
  return kind as unknown as ProviderKind;
}
