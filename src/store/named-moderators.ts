import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Somebody, or a role, named as a moderator of a community. */
export interface NamedModerator {
  kind: 'member' | 'role';
  /** The platform's own id of it. */
  subject: string;
  /** The member who named it. */
  addedBy: string;
  /** In ms since 1970 UTC. */
  addedAt: number;
}

/** Who moderates a community besides those whom the platform says. */
export class Moderators {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @returns whether it is new; who named it first stays. */
  async add(community: string, { kind, subject, addedBy, addedAt }: NamedModerator): Promise<boolean> {
    const added = await this.#db
      .insertInto('moderators')
      .values({ community, kind, subject, added_by: addedBy, added_at: addedAt })
      .onConflict((conflict) => conflict.columns(['community', 'subject']).doNothing())
      .returning('subject')
      .execute();
    return added.length > 0;
  }

  /** @returns what it was; undefined when it was not there. */
  async remove(community: string, subject: string): Promise<NamedModerator['kind'] | undefined> {
    const removed = await this.#db
      .deleteFrom('moderators')
      .where('community', '=', community)
      .where('subject', '=', subject)
      .returning('kind')
      .execute();
    return removed[0]?.kind;
  }

  /** All of a community, the earliest first. */
  async list(community: string): Promise<NamedModerator[]> {
    const rows = await this.#db
      .selectFrom('moderators')
      .selectAll()
      .where('community', '=', community)
      .orderBy('added_at')
      .orderBy('subject')
      .execute();
    return rows.map(({ kind, subject, added_by, added_at }) => ({
      kind,
      subject,
      addedBy: added_by,
      addedAt: Number(added_at),
    }));
  }

  /** Whether any of these is named. */
  async hasAny(community: string, subjects: readonly string[]): Promise<boolean> {
    if (subjects.length === 0) return false;
    const found = await this.#db
      .selectFrom('moderators')
      .select('subject')
      .where('community', '=', community)
      .where('subject', 'in', subjects)
      .limit(1)
      .execute();
    return found.length > 0;
  }
}
