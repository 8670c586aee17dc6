import type { Kysely, Selectable } from 'kysely';
import type { Receipt } from '../domain/reply.ts';
import type { Database } from './schema.ts';

/** The right to put a clip into its reply. */
export interface DeliveryClaim {
  /** Whether an earlier attempt had claimed it: its upload may have happened, though no receipt is known. */
  claimedBefore: boolean;
  receipt: Receipt | undefined;
}

/** Claims and receipts of deliveries. */
export class Deliveries {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Claims a generation's delivery before its upload. */
  async claim(generation: string, at: number): Promise<DeliveryClaim> {
    const made = await this.#db
      .insertInto('deliveries')
      .values({ generation_id: generation, claimed_at: at })
      .onConflict((conflict) => conflict.column('generation_id').doNothing())
      .returning('generation_id')
      .executeTakeFirst();
    return { claimedBefore: !made, receipt: made ? undefined : await this.receiptOf(generation) };
  }

  /** The receipt of a delivery, or undefined when none is stored. */
  async receiptOf(generation: string): Promise<Receipt | undefined> {
    const row = await this.#db
      .selectFrom('deliveries')
      .select(['receipt', 'linked'])
      .where('generation_id', '=', generation)
      .executeTakeFirst();
    return row && receiptIn(row);
  }

  /** Stores the receipt of a delivery; the first of two counts. */
  async noteReceipt(generation: string, receipt: Receipt, at: number): Promise<void> {
    const values = receipt.kind === 'linked' ? { linked: 1 } : { receipt: receipt.id };
    await this.#db
      .updateTable('deliveries')
      .set({ ...values, delivered_at: at })
      .where('generation_id', '=', generation)
      .where('receipt', 'is', null)
      .where('linked', '=', 0)
      .execute();
  }
}

function receiptIn({ receipt, linked }: Pick<Selectable<Database['deliveries']>, 'receipt' | 'linked'>) {
  // A process of an earlier version, still running beside this one, writes `link`.
  if (Number(linked) === 1 || receipt === 'link') return { kind: 'linked' } as const;
  return receipt === null ? undefined : ({ kind: 'attached', id: receipt } as const);
}
