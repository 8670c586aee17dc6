import type { Kysely } from 'kysely';
import type { PaceRule } from '../domain/pace-rule.ts';
import type { Database } from './schema.ts';

/** Moderators' rate limits: videos at once, waiting, and starts. */
export class PaceRules {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Sets a rule; it takes the place of the one for the same subject. */
  async set(community: string, { subject, concurrency, waiting, rate }: PaceRule): Promise<void> {
    const values = {
      concurrency: concurrency ?? null,
      waiting: waiting ?? null,
      starts: rate?.count ?? null,
      starts_ms: rate?.intervalMs ?? null,
    };
    await this.#db
      .insertInto('pace_rules')
      .values({ community, subject, ...values })
      .onConflict((conflict) => conflict.columns(['community', 'subject']).doUpdateSet(values))
      .execute();
  }

  async clear(community: string, subject: string): Promise<void> {
    await this.#db.deleteFrom('pace_rules').where('community', '=', community).where('subject', '=', subject).execute();
  }

  /** All of a community, in no order. */
  async list(community: string): Promise<PaceRule[]> {
    const rows = await this.#db.selectFrom('pace_rules').selectAll().where('community', '=', community).execute();
    return rows.map(({ subject, concurrency, waiting, starts, starts_ms }) => ({
      subject,
      ...(concurrency !== null && { concurrency }),
      ...(waiting !== null && { waiting }),
      ...(starts !== null && starts_ms !== null && { rate: { count: starts, intervalMs: Number(starts_ms) } }),
    }));
  }
}
