import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Credits set aside for generations. Each is keyed by its generation, so that doing a thing twice changes nothing. */
export class Holds {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Sets credits aside for a generation. */
  async take(hold: {
    generation: string;
    community: string;
    member: string;
    credits: number;
    at: number;
  }): Promise<void> {
    await this.#db
      .insertInto('holds')
      .values({
        generation_id: hold.generation,
        community: hold.community,
        member: hold.member,
        credits: hold.credits,
        state: 'held',
        created_at: hold.at,
      })
      .execute();
  }

  /** The clip was delivered: the credits are used. Changes nothing unless they are held. */
  async settle(generation: string): Promise<void> {
    await this.#end(generation, 'settled');
  }

  /** No clip came of it: the credits go back. Changes nothing unless they are held. */
  async release(generation: string): Promise<void> {
    await this.#end(generation, 'released');
  }

  /** Credits that a member has held or used by requests made since `since` (ms). */
  async usedSince(community: string, member: string, since: number): Promise<number> {
    const row = await this.#db
      .selectFrom('holds')
      .select((is) => is.fn.sum<number | null>('credits').as('used'))
      .where('community', '=', community)
      .where('member', '=', member)
      .where('created_at', '>=', since)
      .where('state', 'in', ['held', 'settled'])
      .executeTakeFirst();
    return Number(row?.used ?? 0);
  }

  /** Credits that all of a community have held or used by requests made since `since` (ms). */
  async usedInSince(community: string, since: number): Promise<number> {
    const row = await this.#db
      .selectFrom('holds')
      .select((is) => is.fn.sum<number | null>('credits').as('used'))
      .where('community', '=', community)
      .where('created_at', '>=', since)
      .where('state', 'in', ['held', 'settled'])
      .executeTakeFirst();
    return Number(row?.used ?? 0);
  }

  /** The state of a generation's hold, or undefined when it has none. */
  async stateOf(generation: string): Promise<Database['holds']['state'] | undefined> {
    const row = await this.#db
      .selectFrom('holds')
      .select('state')
      .where('generation_id', '=', generation)
      .executeTakeFirst();
    return row?.state;
  }

  async #end(generation: string, state: 'settled' | 'released'): Promise<void> {
    await this.#db
      .updateTable('holds')
      .set({ state })
      .where('generation_id', '=', generation)
      .where('state', '=', 'held')
      .execute();
  }
}
