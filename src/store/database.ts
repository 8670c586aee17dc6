import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { MIGRATIONS } from './migrations.ts';
import { openPostgres } from './postgres.ts';
import { applicationName, checkPeers, type Identity } from './same-settings.ts';
import type { Database } from './schema.ts';
import { openSqlite } from './sqlite.ts';
import { StoreError } from './store-error.ts';
import { WorkQueue } from './work-queue.ts';

/** How a database that several processes share is used. */
export interface StoreOptions {
  /** `DATABASE_POOL`: connections at once, at most. @default 10 */
  connections?: number;
  /** Settings that all processes on the same database must share. @default none */
  identity?: Identity;
  /** This machine's time, in ms. @default Date.now */
  now?: () => number;
  /** Called for lost connections and errors in the background; all of them are retried. */
  onTrouble?: (error: unknown) => void;
}

/** An opened database with today's schema. */
export interface OpenDatabase {
  db: Kysely<Database>;
  /** The queue, where several processes share the database. */
  queue: WorkQueue | undefined;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its schema up to date.
 * @throws {StoreError}
 */
export async function openDatabase(url: string, options: StoreOptions = {}): Promise<OpenDatabase> {
  return /^postgres(ql)?:/.test(url) ? await openShared(url, options) : await openOwn(url);
}

async function openOwn(url: string): Promise<OpenDatabase> {
  const file = openSqlite(url.replace(/^sqlite:/, ''));
  const db = new Kysely<Database>({ dialect: file.dialect });
  const close = async () => {
    await db.destroy();
    file.unlock();
  };
  await orClose(close, () => migrate(db));
  return { db, queue: undefined, close };
}

async function openShared(url: string, options: StoreOptions): Promise<OpenDatabase> {
  const { connections = 10, identity = {}, now = Date.now, onTrouble = () => {} } = options;
  const database = await openPostgres(url, { connections, name: applicationName(identity), onLost: onTrouble });
  const db = new Kysely<Database>({ dialect: database.dialect });
  const queue = new WorkQueue(db, database, onTrouble);
  const close = async () => {
    await queue.close();
    await db.destroy();
    await database.pool.end();
  };
  await orClose(close, () =>
    // pg-boss makes its schema without a lock that would hold up another process that does the same.
    database.alone('dailies opening', async () => {
      await migrate(db);
      await queue.open();
      await checkPeers(database.pool, identity, now);
    }),
  );
  return { db, queue, close };
}

async function orClose(close: () => Promise<void>, begin: () => Promise<void>): Promise<void> {
  try {
    await begin();
  } catch (error) {
    await close();
    throw error;
  }
}

async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  await refuseNewer(db);
  const { error } = await migrator.migrateToLatest();
  if (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError('unusable', `the database's schema cannot be brought up to date: ${reason}`, { cause: error });
  }
}

/** An older program must not touch a newer database: it would not know what the newer one relies on. */
async function refuseNewer(db: Kysely<Database>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true }).catch((error: unknown) => {
    throw new StoreError('unusable', 'the database cannot be read; is the file a database?', { cause: error });
  });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return;
  const done = await (db as unknown as Kysely<{ kysely_migration: { name: string } }>)
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  const unknown = done.filter(({ name }) => !(name in MIGRATIONS)).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new StoreError('newer', `the database belongs to a newer version of Dailies (it has ${unknown.join(', ')})`);
  }
}
