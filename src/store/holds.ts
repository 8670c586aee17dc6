import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** Credits set aside for generations. Each is keyed by its generation, so that doing a thing twice changes nothing. */
export class Holds {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Sets credits aside for a generation; `granted` of them come from grants. */
  async take(hold: {
    generation: string;
    community: string;
    member: string;
    /** The channel whose rule counts. */
    channel: string;
    credits: number;
    granted: number;
    at: number;
  }): Promise<void> {
    await this.#db
      .insertInto('holds')
      .values({
        generation_id: hold.generation,
        community: hold.community,
        member: hold.member,
        channel: hold.channel,
        credits: hold.credits,
        granted: hold.granted,
        state: 'held',
        created_at: hold.at,
      })
      .execute();
  }

  /** Charges the credits of a delivered clip. Has no effect unless they are held. */
  async settle(generation: string): Promise<void> {
    await this.#end(generation, 'settled');
  }

  /** Refunds the credits of a generation without a clip. Has no effect unless they are held. */
  async release(generation: string): Promise<void> {
    await this.#end(generation, 'released');
  }

  /**
   * Sets refunded credits aside again; `granted` of them come from grants. They count from `at` on (ms). Changes
   * nothing unless they are released.
   * @param credits the amount. @default as before
   */
  async retake(generation: string, granted: number, at: number, credits?: number): Promise<void> {
    await this.#db
      .updateTable('holds')
      .set({ state: 'held', granted, created_at: at, ...(credits !== undefined && { credits }) })
      .where('generation_id', '=', generation)
      .where('state', '=', 'released')
      .execute();
  }

  /** The channel whose rule counts for a generation; '' where none is known. */
  async channelOf(generation: string): Promise<string> {
    const row = await this.#db
      .selectFrom('holds')
      .select('channel')
      .where('generation_id', '=', generation)
      .executeTakeFirst();
    return row?.channel ?? '';
  }

  /** Credits that a member has held or used by requests made since `since` (ms), without those from grants. */
  async usedByMember(community: string, member: string, since: number): Promise<number> {
    const row = await this.#counting(community, since)
      .select((is) => is.fn.sum<number | null>(sql<number>`credits - granted`).as('used'))
      .where('member', '=', member)
      .executeTakeFirst();
    return Number(row?.used ?? 0);
  }

  /** Credits that all have held or used in a channel by requests made since `since` (ms). */
  async usedInChannel(community: string, channel: string, since: number): Promise<number> {
    const row = await this.#counting(community, since)
      .select((is) => is.fn.sum<number | null>('credits').as('used'))
      .where('channel', '=', channel)
      .executeTakeFirst();
    return Number(row?.used ?? 0);
  }

  /** Credits that all of a community have held or used by requests made since `since` (ms). */
  async usedIn(community: string, since: number): Promise<number> {
    const row = await this.#counting(community, since)
      .select((is) => is.fn.sum<number | null>('credits').as('used'))
      .executeTakeFirst();
    return Number(row?.used ?? 0);
  }

  /** A generation's hold, or undefined when it has none. */
  async find(
    generation: string,
  ): Promise<{ state: Database['holds']['state']; credits: number; granted: number } | undefined> {
    const row = await this.#db
      .selectFrom('holds')
      .select(['state', 'credits', 'granted'])
      .where('generation_id', '=', generation)
      .executeTakeFirst();
    return row && { state: row.state, credits: Number(row.credits), granted: Number(row.granted) };
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

  #counting(community: string, since: number) {
    return this.#db
      .selectFrom('holds')
      .where('community', '=', community)
      .where('created_at', '>=', since)
      .where('state', 'in', ['held', 'settled']);
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
