import type { AuditEntry } from '../domain/event.ts';
import { DailiesError } from '../domain/failure.ts';
import type { Asker } from '../domain/origin.ts';
import type { Clock } from '../lib/clock.ts';
import type { Repositories, Store } from '../store/store.ts';
import { isModerator } from './is-moderator.ts';

/** What is noted of a change: all but who and when. */
export type Change = Omit<AuditEntry, 'at' | 'actor'>;

/** What a change is made with. */
export interface ChangesParts {
  store: Store;
  clock: Clock;
  newId: () => string;
}

/** The one way in which moderators change anything: checked, in one transaction with its entry in the audit. */
export class Changes {
  readonly #parts: ChangesParts;

  constructor(parts: ChangesParts) {
    this.#parts = parts;
  }

  /**
   * @param work does the change, and notes it; of two at the same time the last wins, and both are in the audit.
   * @throws {DailiesError} `moderators_only`.
   */
  async make<T>(
    asker: Asker,
    work: (repositories: Repositories, note: (change: Change) => Promise<void>) => Promise<T>,
  ): Promise<T> {
    const { store } = this.#parts;
    return await store.transaction(async (repositories) => {
      // Several processes change at the same time; what is looked at before a change must still hold when it is made.
      await repositories.lock(`changes ${asker.community}`);
      await mustModerate(repositories, asker);
      return await work(repositories, (change) => this.note(repositories, asker, change));
    });
  }

  /** Writes a change into the audit and to the log channel, within a transaction that makes it. */
  async note(repositories: Repositories, { community, member }: Asker, change: Change): Promise<void> {
    const { clock, newId } = this.#parts;
    const entry: AuditEntry = { at: clock.now(), actor: member, ...change };
    await repositories.audit.append(community, entry);
    await repositories.logEntries.record(community, `change ${newId()}`, { kind: 'change', entry }, entry.at);
  }

  /** Reads what only moderators may. @throws {DailiesError} `moderators_only`. */
  async read<T>(asker: Asker, work: (repositories: Repositories) => Promise<T>): Promise<T> {
    await mustModerate(this.#parts.store, asker);
    return await work(this.#parts.store);
  }
}

async function mustModerate(repositories: Pick<Repositories, 'moderators'>, asker: Asker): Promise<void> {
  if (!(await isModerator(repositories, asker))) throw new DailiesError('moderators_only');
}
