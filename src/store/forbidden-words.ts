import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Words and patterns that prompts must not contain. */
export class ForbiddenWords {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @returns whether it is new. */
  async add(community: string, word: string, at: number): Promise<boolean> {
    const added = await this.#db
      .insertInto('words')
      .values({ community, word, added_at: at })
      .onConflict((conflict) => conflict.columns(['community', 'word']).doNothing())
      .returning('word')
      .execute();
    return added.length > 0;
  }

  /** @returns whether it was there. */
  async remove(community: string, word: string): Promise<boolean> {
    const removed = await this.#db
      .deleteFrom('words')
      .where('community', '=', community)
      .where('word', '=', word)
      .returning('word')
      .execute();
    return removed.length > 0;
  }

  /** All of a community, the earliest first. */
  async list(community: string): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('words')
      .select('word')
      .where('community', '=', community)
      .orderBy('added_at')
      .orderBy('word')
      .execute();
    return rows.map(({ word }) => word);
  }
}
