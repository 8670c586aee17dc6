import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** A video that a member has pointed out to moderators. */
export interface Report {
  generation: string;
  /** A member's id. */
  reporter: string;
  reason: string;
  /** In ms since 1970 UTC. */
  at: number;
}

/** Videos that members have pointed out to moderators; a member can point out each once. */
export class Reports {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @returns whether it is new. */
  async insert({ generation, reporter, reason, at }: Report): Promise<boolean> {
    const added = await this.#db
      .insertInto('reports')
      .values({ generation_id: generation, reporter, reason, at })
      .onConflict((conflict) => conflict.columns(['generation_id', 'reporter']).doNothing())
      .returning('reporter')
      .execute();
    return added.length > 0;
  }

  async find(generation: string, reporter: string): Promise<Report | undefined> {
    const row = await this.#db
      .selectFrom('reports')
      .selectAll()
      .where('generation_id', '=', generation)
      .where('reporter', '=', reporter)
      .executeTakeFirst();
    return row && { generation, reporter, reason: row.reason, at: Number(row.at) };
  }

  /** Empties the reasons of a generation's reports. */
  async forget(generation: string): Promise<void> {
    await this.#db.updateTable('reports').set({ reason: '' }).where('generation_id', '=', generation).execute();
  }
}
