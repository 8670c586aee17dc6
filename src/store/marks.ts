import type { Kysely } from 'kysely';
import type { Mark } from '../lib/mark.ts';
import type { Database } from './schema.ts';

/** Marks are entries of this namespace. */
const SPACE = 'marks';

/** The mark of this name in a database that several processes share. */
export function markIn(db: Kysely<Database>, name: string): Mark {
  return {
    async read() {
      const row = await db
        .selectFrom('entries')
        .select('value')
        .where('namespace', '=', SPACE)
        .where('key', '=', name)
        .executeTakeFirst();
      return row?.value;
    },
    async replace(before, after, expiresAt) {
      if (before === undefined) {
        if (after === undefined) throw new TypeError('expected a mark to replace or to make, got neither');
        const made = await db
          .insertInto('entries')
          .values({ namespace: SPACE, key: name, value: after, expires_at: expiresAt })
          .onConflict((conflict) => conflict.columns(['namespace', 'key']).doNothing())
          .returning('key')
          .execute();
        return made.length > 0;
      }
      const mine = { namespace: SPACE, key: name, value: before };
      if (after === undefined) {
        const gone = await db
          .deleteFrom('entries')
          .where((is) => is.and(mine))
          .returning('key')
          .execute();
        return gone.length > 0;
      }
      const changed = await db
        .updateTable('entries')
        .set({ value: after, expires_at: expiresAt })
        .where((is) => is.and(mine))
        .returning('key')
        .execute();
      return changed.length > 0;
    },
  };
}
