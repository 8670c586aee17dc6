import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

const DAY_MS = 86_400_000;

/** One model's videos and costs on one day. */
export interface Spent {
  /** When the day begins, in UTC (ms). */
  day: number;
  model: string;
  /** Videos that the provider finished. */
  videos: number;
  /** Credits of those that were delivered. */
  credits: number;
  /** The provider's charges in US dollars, as far as it stated them. */
  usd: number;
  /** Videos without a stated charge. */
  unpriced: number;
}

/** Reads the provider's costs. */
export class Spending {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** By day and model, the oldest first, from a moment (ms) on. */
  async list(since: number): Promise<Spent[]> {
    // Of whole numbers, both databases give back the whole part.
    const day = sql<number>`ready_at / ${sql.lit(DAY_MS)}`;
    const rows = await this.#db
      .selectFrom('generations')
      .select(({ fn }) => [
        day.as('day'),
        'model',
        fn.countAll().as('videos'),
        sql<number>`sum(case when state = 'delivered' then credits else 0 end)`.as('credits'),
        fn.sum('usd').as('usd'),
        sql<number>`sum(case when usd is null then 1 else 0 end)`.as('unpriced'),
      ])
      .where('ready_at', '>=', since)
      .groupBy([day, 'model'])
      .orderBy(day)
      .orderBy('model')
      .execute();
    return rows.map((row) => ({
      day: Number(row.day) * DAY_MS,
      model: row.model,
      videos: Number(row.videos),
      credits: Number(row.credits),
      usd: Number(row.usd ?? 0),
      unpriced: Number(row.unpriced),
    }));
  }
}
