import type { Kysely, Selectable } from 'kysely';
import type { Database } from './schema.ts';

/** Extra credits for a member, once only. Times are in ms since 1970 UTC. */
export interface Grant {
  id: string;
  member: string;
  credits: number;
  grantedBy: string;
  grantedAt: number;
  /** When the remaining credits expire; undefined: never. */
  expiresAt: number | undefined;
}

/** A grant with the credits that are left of it. */
export interface OpenGrant extends Grant {
  left: number;
}

/** Extra credits. What is drawn from a grant for a generation counts as long as that generation's hold does. */
export class Grants {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async insert(community: string, grant: Grant): Promise<void> {
    await this.#db
      .insertInto('grants')
      .values({
        id: grant.id,
        community,
        member: grant.member,
        credits: grant.credits,
        granted_by: grant.grantedBy,
        granted_at: grant.grantedAt,
        expires_at: grant.expiresAt ?? null,
      })
      .execute();
  }

  /**
   * Grants of which something is left at the moment `now`, those that end first before the others.
   * @param member of one member only.
   */
  async listOpen(community: string, now: number, member?: string): Promise<OpenGrant[]> {
    const rows = await this.#db
      .selectFrom('grants')
      .leftJoin(
        (from) =>
          from
            .selectFrom('grant_draws')
            .innerJoin('holds', 'holds.generation_id', 'grant_draws.generation_id')
            .where('holds.state', 'in', ['held', 'settled'])
            .select((is) => ['grant_draws.grant_id', is.fn.sum<number>('grant_draws.credits').as('drawn')])
            .groupBy('grant_draws.grant_id')
            .as('draws'),
        (join) => join.onRef('draws.grant_id', '=', 'grants.id'),
      )
      .selectAll('grants')
      .select('draws.drawn')
      .where('community', '=', community)
      .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', now)]))
      .$if(member !== undefined, (query) => query.where('member', '=', member ?? ''))
      .execute();
    return rows
      .map((row) => ({ ...fromRow(row), left: Number(row.credits) - Number(row.drawn ?? 0) }))
      .filter(({ left }) => left > 0)
      .sort((a, b) => (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) || a.grantedAt - b.grantedAt);
  }

  /** Ends all that a member has open, at the moment `now`; what comes back to them later is gone as well. */
  async end(community: string, member: string, now: number): Promise<void> {
    await this.#db
      .updateTable('grants')
      .set({ expires_at: now })
      .where('community', '=', community)
      .where('member', '=', member)
      .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', now)]))
      .execute();
  }

  /** Forgets the grants behind a generation's released hold. */
  async undraw(generation: string): Promise<void> {
    await this.#db.deleteFrom('grant_draws').where('generation_id', '=', generation).execute();
  }

  /** Notes how many credits of a generation's hold come from a grant. */
  async draw(grant: string, generation: string, credits: number): Promise<void> {
    await this.#db.insertInto('grant_draws').values({ grant_id: grant, generation_id: generation, credits }).execute();
  }
}

function fromRow(row: Selectable<Database['grants']>): Grant {
  return {
    id: row.id,
    member: row.member,
    credits: Number(row.credits),
    grantedBy: row.granted_by,
    grantedAt: Number(row.granted_at),
    expiresAt: row.expires_at === null ? undefined : Number(row.expires_at),
  };
}
