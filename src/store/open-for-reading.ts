import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import SQLite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { openPostgres } from './postgres.ts';
import type { Database } from './schema.ts';
import { StoreError } from './store-error.ts';

/**
 * Opens a database to read from it, also while a bot uses it: its schema stays as it is, and nothing is locked.
 * @param url as in `DATABASE_URL`.
 * @throws {StoreError}
 */
export async function openForReading(url: string): Promise<{ db: Kysely<Database>; close(): Promise<void> }> {
  if (/^postgres(ql)?:/.test(url)) {
    const { dialect, pool } = await openPostgres(url, { connections: 1, name: 'dailies reading', onLost: () => {} });
    const db = new Kysely<Database>({ dialect });
    return {
      db,
      async close() {
        await db.destroy();
        await pool.end();
      },
    };
  }
  const file = resolve(url.replace(/^sqlite:/, ''));
  if (!existsSync(file)) throw new StoreError('unusable', `there is no database at ${file}`);
  const db = new Kysely<Database>({
    dialect: new SqliteDialect({ database: new SQLite(file, { readonly: true, fileMustExist: true }) }),
  });
  return { db, close: () => db.destroy() };
}
