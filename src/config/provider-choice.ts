import { z } from 'zod';
import { choice } from '../lib/setting-checks.ts';

/** A provider that can be chosen, as far as the settings need to know it. */
export interface Choosable {
  /** As in `PROVIDER`. */
  readonly name: string;
  /** Settings of its own, by name, with their checks. */
  readonly settings: Readonly<Record<string, z.ZodType>>;
  /** Those of them whose value must never be printed. */
  readonly secrets: readonly string[];
  /** The one of them that it cannot do without, and what that is. */
  readonly needs?: { readonly setting: string; readonly what: string } | undefined;
  /** Whether it makes free clips in the process itself: the choice while nothing is set. */
  readonly standIn?: boolean | undefined;
}

/** The providers that there are, at least one of them. */
export type Choosables = readonly [Choosable, ...Choosable[]];

/** `PROVIDER`, and the settings of all providers' own. */
export function providerSettings(kinds: Choosables) {
  const [first, ...others] = kinds.map(({ name }) => name);
  return z.object({
    ...(Object.assign({}, ...kinds.map(({ settings }) => settings)) as Record<string, z.ZodType>),
    PROVIDER: choice([first ?? '', ...others]).optional(),
  });
}

/** The provider that the settings choose; one with a key needs no other word. @param chat whether a chat is connected. */
export function chooseProvider(kinds: Choosables, given: Readonly<Record<string, unknown>>, chat: boolean): Choosable {
  const named = kinds.find(({ name }) => name === given.PROVIDER);
  const ready = kinds.find(({ needs }) => needs && given[needs.setting]);
  return named ?? ready ?? kinds.find(({ standIn = false }) => standIn !== chat) ?? kinds[0];
}

/** @returns one line for each way in which the other settings do not fit the chosen provider. */
export function findUnfit(
  kinds: Choosables,
  { name, needs, standIn }: Choosable,
  given: Readonly<Record<string, unknown>>,
  role: string,
): string[] {
  if (needs && !given[needs.setting]) {
    const free = kinds.find((kind) => kind.standIn)?.name;
    const reason = given.PROVIDER
      ? `PROVIDER is ${name}`
      : `a chat is connected${free ? ` (or set PROVIDER=${free} for free stand-in clips)` : ''}`;
    return [`${needs.setting}: expected ${needs.what}, because ${reason}; found nothing`];
  }
  if (!standIn || role === 'all') return [];
  const others = kinds.filter((kind) => !kind.standIn).map((kind) => kind.name);
  return [
    `PROVIDER: expected ${others.join(' or ')}, because ROLE is ${role} and the ${name} lives in one process; found ${name}`,
  ];
}
