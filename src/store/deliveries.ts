import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** A generation's delivery as the database knows it. */
export interface Delivery {
  /** Whether an earlier attempt had claimed it: its upload may have happened, though no receipt is known. */
  claimedBefore: boolean;
  receipt: string | undefined;
}

/** Who puts a clip into its reply, and what came of it. */
export class Deliveries {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Claims a generation's delivery before its upload. */
  async claim(generation: string, at: number): Promise<Delivery> {
    const made = await this.#db
      .insertInto('deliveries')
      .values({ generation_id: generation, claimed_at: at })
      .onConflict((conflict) => conflict.column('generation_id').doNothing())
      .returning('generation_id')
      .executeTakeFirst();
    if (made) return { claimedBefore: false, receipt: undefined };
    const row = await this.#db
      .selectFrom('deliveries')
      .select('receipt')
      .where('generation_id', '=', generation)
      .executeTakeFirstOrThrow();
    return { claimedBefore: true, receipt: row.receipt ?? undefined };
  }

  /** What the chat gave for the clip, or undefined when it is not known. */
  async receiptOf(generation: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('deliveries')
      .select('receipt')
      .where('generation_id', '=', generation)
      .executeTakeFirst();
    return row?.receipt ?? undefined;
  }

  /** Keeps what the chat gave for the clip. */
  async noteReceipt(generation: string, receipt: string, at: number): Promise<void> {
    await this.#db
      .updateTable('deliveries')
      .set({ receipt, delivered_at: at })
      .where('generation_id', '=', generation)
      .where('receipt', 'is', null)
      .execute();
  }
}
