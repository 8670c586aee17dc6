import { type Kysely, sql } from 'kysely';
import { dialectOf } from './dialect.ts';

/** Makes the database itself refuse to change or remove what is in the audit. */
export async function keepAudit(db: Kysely<never>): Promise<void> {
  if (dialectOf(db) === 'postgres') {
    await sql`create function audit_is_append_only() returns trigger language plpgsql as
      $$ begin raise exception 'the audit is append-only'; end $$`.execute(db);
    await sql`create trigger audit_is_kept before update or delete or truncate on audit
      for each statement execute function audit_is_append_only()`.execute(db);
    return;
  }
  for (const [name, event] of [
    ['audit_is_kept', 'delete'],
    ['audit_is_not_changed', 'update'],
  ] as const) {
    await sql`create trigger ${sql.ref(name)} before ${sql.raw(event)} on audit
      begin select raise(abort, 'the audit is append-only'); end`.execute(db);
  }
}
