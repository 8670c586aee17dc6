import type { Kysely } from 'kysely';
import type { AuditEntry } from '../domain/event.ts';
import type { Database } from './schema.ts';

/** Who changed what. Nothing in it is ever changed or removed; the database itself sees to that. */
export class Audit {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async append(community: string, { at, actor, action, subject, before, after }: AuditEntry): Promise<void> {
    await this.#db
      .insertInto('audit')
      .values({
        community,
        at,
        actor,
        action,
        subject: JSON.stringify(subject),
        before: before ?? null,
        after: after ?? null,
      })
      .execute();
  }

  /** The latest first. */
  async list(community: string, limit: number, offset: number): Promise<AuditEntry[]> {
    const rows = await this.#db
      .selectFrom('audit')
      .selectAll()
      .where('community', '=', community)
      .orderBy('position', 'desc')
      .limit(limit)
      .offset(offset)
      .execute();
    return rows.map(({ at, actor, action, subject, before, after }) => ({
      at: Number(at),
      actor,
      action: action as AuditEntry['action'],
      subject: JSON.parse(subject),
      before: before ?? undefined,
      after: after ?? undefined,
    }));
  }
}
