import type { Kysely } from 'kysely';
import type { RequestInput } from '../domain/request.ts';
import type { Database } from './schema.ts';

/** The most drafts of one member in one community; then the oldest goes. */
export const MOST_DRAFTS = 50;

/** A member's request as typed; `instead` is the bot's interpretation when it asks for confirmation. */
export type DraftInput = RequestInput & { instead?: RequestInput };

/** A member's request that was not accepted. */
export interface Draft {
  id: string;
  community: string;
  member: string;
  input: DraftInput;
  /** In ms since 1970 UTC. */
  createdAt: number;
}

/** Requests that were not accepted, kept for a button that continues them. */
export class Drafts {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Adds it; the oldest of the member's goes when there are too many. */
  async insert({ id, community, member, input, createdAt }: Draft): Promise<void> {
    await this.#db
      .insertInto('drafts')
      .values({ id, community, member, input: JSON.stringify(input), created_at: createdAt })
      // After a crash the same refusal may be made once more.
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const ofMember = this.#db.selectFrom('drafts').where('community', '=', community).where('member', '=', member);
    await this.#db
      .deleteFrom('drafts')
      .where('community', '=', community)
      .where('member', '=', member)
      .where('id', '!=', id)
      .where('id', 'not in', ofMember.select('id').orderBy('created_at', 'desc').limit(MOST_DRAFTS))
      .execute();
  }

  async find(id: string): Promise<Draft | undefined> {
    const row = await this.#db.selectFrom('drafts').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) return undefined;
    const { community, member, input, created_at } = row;
    return { id, community, member, input: JSON.parse(input), createdAt: Number(created_at) };
  }

  /** Removes it. @returns whether it was there: of several who take it at once, one gets it. */
  async take(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db.deleteFrom('drafts').where('id', '=', id).executeTakeFirst();
    return numDeletedRows > 0n;
  }

  async delete(id: string): Promise<void> {
    await this.#db.deleteFrom('drafts').where('id', '=', id).execute();
  }

  /** Removes all that a member has typed in a community. */
  async deleteOf(community: string, member: string): Promise<void> {
    await this.#db.deleteFrom('drafts').where('community', '=', community).where('member', '=', member).execute();
  }

  /** Removes drafts older than `moment` (ms). */
  async deleteBefore(moment: number): Promise<void> {
    await this.#db.deleteFrom('drafts').where('created_at', '<', moment).execute();
  }
}
