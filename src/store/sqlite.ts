import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import SQLite from 'better-sqlite3';
import { type Dialect, SqliteAdapter, SqliteDialect } from 'kysely';
import { StoreError } from './store-error.ts';

/** An opened SQLite file: how Kysely talks to it, and how to let go of it. */
export interface SqliteFile {
  dialect: Dialect;
  /** Lets another process have the file; call it after the connection is closed. */
  unlock(): void;
}

/**
 * Opens a SQLite file, made if it is not there, for this process alone.
 *
 * `synchronous=FULL` with WAL makes a commit survive a loss of power, which money needs (sqlite.org/pragma.html).
 * @throws {StoreError} `locked`, `unusable`.
 */
export function openSqlite(path: string): SqliteFile {
  const file = resolve(path);
  const lock = lockFile(file);
  try {
    const database = new SQLite(file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('busy_timeout = 5000');
    return { dialect: new TransactionalSqlite({ database }), unlock: () => lock.close() };
  } catch (error) {
    lock.close();
    throw new StoreError('unusable', `${file} cannot be used as a database: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * SQLite takes changes of the schema back with their transaction; Kysely does not count on it, and would leave half a
 * schema behind when the process ends amid a migration.
 */
class TransactionalSqlite extends SqliteDialect {
  override createAdapter() {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl() {
        return true;
      }
    })();
  }
}

/**
 * Keeps other processes away by an exclusive transaction on a file of its own: the operating system ends it with the
 * process, however that dies, and the database itself stays free for a reader such as a backup.
 */
function lockFile(file: string): SQLite.Database {
  let lock: SQLite.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    lock = new SQLite(`${file}.lock`, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new StoreError('locked', `${file} is in use by another process; stop that one first`, { cause: error });
    }
    throw new StoreError('unusable', `${file} cannot be used as a database: ${messageOf(error)}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
