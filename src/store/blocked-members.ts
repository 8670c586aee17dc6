import type { Kysely, Selectable } from 'kysely';
import type { Database } from './schema.ts';

/** A member who may not make videos in a community. Times are in ms since 1970 UTC. */
export interface MemberBlock {
  member: string;
  reason: string;
  /** Undefined: for good. */
  until: number | undefined;
  blockedBy: string;
  blockedAt: number;
}

/** Members who may not make videos. */
export class Blocks {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Blocks a member; it takes the place of an earlier block. */
  async set(community: string, { member, reason, until, blockedBy, blockedAt }: MemberBlock): Promise<void> {
    const values = { reason, until: until ?? null, blocked_by: blockedBy, blocked_at: blockedAt };
    await this.#db
      .insertInto('blocks')
      .values({ community, member, ...values })
      .onConflict((conflict) => conflict.columns(['community', 'member']).doUpdateSet(values))
      .execute();
  }

  /** @returns the block that was taken away, also one that had ended by itself. */
  async clear(community: string, member: string): Promise<MemberBlock | undefined> {
    const row = await this.#db
      .deleteFrom('blocks')
      .where('community', '=', community)
      .where('member', '=', member)
      .returningAll()
      .executeTakeFirst();
    return row && fromRow(row);
  }

  /** The block that holds at the moment `now`. */
  async find(community: string, member: string, now: number): Promise<MemberBlock | undefined> {
    const row = await this.#db
      .selectFrom('blocks')
      .selectAll()
      .where('community', '=', community)
      .where('member', '=', member)
      .where((is) => is.or([is('until', 'is', null), is('until', '>', now)]))
      .executeTakeFirst();
    return row && fromRow(row);
  }

  /** All that hold at the moment `now`, the latest first. */
  async list(community: string, now: number): Promise<MemberBlock[]> {
    const rows = await this.#db
      .selectFrom('blocks')
      .selectAll()
      .where('community', '=', community)
      .where((is) => is.or([is('until', 'is', null), is('until', '>', now)]))
      .orderBy('blocked_at', 'desc')
      .execute();
    return rows.map(fromRow);
  }
}

function fromRow(row: Selectable<Database['blocks']>): MemberBlock {
  return {
    member: row.member,
    reason: row.reason,
    until: row.until === null ? undefined : Number(row.until),
    blockedBy: row.blocked_by,
    blockedAt: Number(row.blocked_at),
  };
}
