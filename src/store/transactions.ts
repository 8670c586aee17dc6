import type { Kysely, Transaction } from 'kysely';
import { isConflict, isOutage } from './postgres-errors.ts';
import type { Database } from './schema.ts';

/** The waits before the next attempts, in ms: about 6 s in all, in which a database has restarted. */
const WAITS_MS = [10, 30, 100, 300, 600, 1000, 2000, 2000];

/**
 * Runs `work` in a transaction. It runs again when another transaction was in its way, or when the database went away
 * before everything was asked of it, as then nothing of it has happened.
 */
export async function transact<T>(
  db: Kysely<Database>,
  work: (transaction: Transaction<Database>) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    let committing = false;
    try {
      return await db.transaction().execute(async (transaction) => {
        const result = await work(transaction);
        committing = true;
        return result;
      });
    } catch (error) {
      const wait = WAITS_MS[attempt];
      const again = isConflict(error) || (isOutage(error) && !committing);
      if (wait === undefined || !again) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random())));
    }
  }
}
