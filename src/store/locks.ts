import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** Waits until no other transaction holds this name; it is let go of at the end. */
export async function lock(transaction: Kysely<Database>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`dailies ${name}`}, 0))`.execute(transaction);
}
