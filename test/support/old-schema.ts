import SQLite from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { MIGRATIONS } from '../../src/store/migrations.ts';

/** A database with the schema of an earlier version, to be filled and closed. */
export interface OldDatabase {
  /** Whatever tables it had. */
  db: Kysely<Record<string, Record<string, unknown>>>;
  close(): Promise<void>;
}

/**
 * Makes a database as an earlier version left it.
 * @param url as in `DATABASE_URL`, of a database with nothing in it. @param last the name of its last migration.
 */
export async function makeOldDatabase(url: string, last: string): Promise<OldDatabase> {
  const dialect = url.startsWith('sqlite:')
    ? new SqliteDialect({ database: new SQLite(url.replace(/^sqlite:/, '')) })
    : new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) });
  const db = new Kysely<Record<string, Record<string, unknown>>>({ dialect });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateTo(last);
  if (error) throw error;
  return { db, close: () => db.destroy() };
}
