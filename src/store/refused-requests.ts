import type { Kysely } from 'kysely';
import type { ErrorCode } from '../domain/failure.ts';
import type { Database } from './schema.ts';

/** A request that was not accepted. */
export interface RefusedRequest {
  id: string;
  member: string;
  channel: string;
  model: string;
  code: ErrorCode;
  /** In ms since 1970 UTC. */
  at: number;
}

/** Requests that were not accepted. */
export class Refusals {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async insert(community: string, refusal: RefusedRequest): Promise<void> {
    await this.#db
      .insertInto('refusals')
      .values({ community, ...refusal })
      .execute();
  }

  /** Those of a community from `start` up to, not including, `end` (ms). */
  async list(community: string, start: number, end: number): Promise<RefusedRequest[]> {
    const rows = await this.#db
      .selectFrom('refusals')
      .select(['id', 'member', 'channel', 'model', 'code', 'at'])
      .where('community', '=', community)
      .where('at', '>=', start)
      .where('at', '<', end)
      .execute();
    return rows.map((row) => ({ ...row, code: row.code as ErrorCode, at: Number(row.at) }));
  }

  /** Removes refusals from before `moment` (ms). */
  async deleteBefore(moment: number): Promise<void> {
    await this.#db.deleteFrom('refusals').where('at', '<', moment).execute();
  }
}
