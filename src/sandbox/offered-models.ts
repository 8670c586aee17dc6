import { CATALOGUE, getModel, type SandboxModel } from './catalogue.ts';

/** A model that goes away. Dates are `YYYY-MM-DD`, as the API gives them. */
interface Retirement {
  announcedAt: string;
  /** Null for a model that lives on as an alias of another. */
  shutdownAt: string | null;
  successor: string | null;
}

/** One entry of the API's list of deprecations. */
export interface Deprecation {
  id: string;
  aliases: readonly string[];
  status: 'deprecated' | 'superseded' | 'withdrawn';
  deprecated_at: string | null;
  shutdown_at: string | null;
  replaced_by: string | null;
  reason: 'provider_delisted' | 'consolidated' | null;
}

/** A model of the API's list, with the names that it goes by now. */
export interface Listed {
  model: SandboxModel;
  aliases: readonly string[];
}

/** Which models the API offers. Models are named by label, name or alias. */
export interface Offer {
  /** @throws {RangeError} for an unknown model, as the others. */
  withdraw(name: string): void;
  deprecate(name: string, shutdownAt: string): void;
  supersede(name: string, by: string): void;
  restore(name: string): void;
  /** Whether a POST for the model is answered as usual. */
  serves(model: SandboxModel): boolean;
  listed(): Listed[];
  /** Newest first, then by id. */
  deprecations(): Deprecation[];
}

/** @param now the API's time in ms. @param withdrawn models that are withdrawn from the start. */
export function createOffer(now: () => number, withdrawn: readonly string[]): Offer {
  const retirements = new Map<SandboxModel, Retirement>();
  const today = () => new Date(now()).toISOString().slice(0, 10);

  function retire(name: string, shutdownAt: string | null, by?: string): void {
    const model = getModel(name);
    const successor = by === undefined ? model.successor : getModel(by).name;
    retirements.set(model, { announcedAt: today(), shutdownAt, successor });
  }

  function statusOf({ shutdownAt }: Retirement): Deprecation['status'] {
    if (shutdownAt === null) return 'superseded';
    return shutdownAt <= today() ? 'withdrawn' : 'deprecated';
  }

  const offer: Offer = {
    withdraw: (name) => retire(name, today()),
    deprecate: (name, shutdownAt) => retire(name, shutdownAt),
    supersede: (name, by) => retire(name, null, by),
    restore: (name) => {
      retirements.delete(getModel(name));
    },
    serves(model) {
      const retirement = retirements.get(model);
      return !retirement || statusOf(retirement) !== 'withdrawn';
    },
    listed() {
      const inherited = (heir: string) =>
        [...retirements]
          .filter(([, { shutdownAt, successor }]) => shutdownAt === null && successor === heir)
          .flatMap(([{ name, aliases }]) => [name, ...aliases]);
      // One whose retirement has a date is not listed any more, even while it is still served.
      return CATALOGUE.filter((model) => !retirements.has(model)).map((model) => ({
        model,
        aliases: [...model.aliases, ...inherited(model.name)],
      }));
    },
    deprecations() {
      const entries = [...retirements].map(([model, retirement]) => entryOf(model, retirement, statusOf(retirement)));
      return entries.sort((one, other) => latest(other).localeCompare(latest(one)) || one.id.localeCompare(other.id));
    },
  };
  for (const name of withdrawn) offer.withdraw(name);
  return offer;
}

const REASONS = { deprecated: null, superseded: 'consolidated', withdrawn: 'provider_delisted' } as const;

function entryOf(
  { name, aliases }: SandboxModel,
  { announcedAt, shutdownAt, successor }: Retirement,
  status: Deprecation['status'],
): Deprecation {
  return {
    id: name,
    aliases,
    status,
    deprecated_at: announcedAt,
    shutdown_at: shutdownAt,
    replaced_by: successor,
    reason: REASONS[status],
  };
}

function latest({ deprecated_at, shutdown_at }: Deprecation): string {
  return [deprecated_at ?? '', shutdown_at ?? ''].sort().at(-1) ?? '';
}
