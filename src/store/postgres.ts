import { type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { addressOf, isOutage, openingError } from './postgres-errors.ts';
import { StoreError } from './store-error.ts';

/** The oldest major version of Postgres that the queue (pg-boss 12) and the store work on. */
const OLDEST_VERSION = 13;

/** The first answer of a server takes no longer than this, in ms. */
const CONNECT_MS = 10_000;

/**
 * A transaction that stands still longer than this is ended by the server, in ms: a process that is paused or cut off
 * in the middle of one must not keep what it has locked.
 */
const STANDSTILL_MS = 10_000;

/** While the server restarts, a new connection is tried again for this long, in ms, and this often. */
const PATIENCE_MS = 15_000;
const RETRY_MS = 250;

/** Unused connections are closed after this, in ms. */
const IDLE_MS = 30_000;

/** How a pool of connections is used; what pg-boss and Kysely need of one. */
export interface Pool {
  connect(): Promise<pg.PoolClient>;
  query(text: string, values?: unknown[]): Promise<pg.QueryResult>;
  end(): Promise<void>;
  readonly options: object;
}

/** An opened Postgres database. */
export interface PostgresDatabase {
  dialect: Dialect;
  pool: Pool;
  /** Settings for a connection of its own, beside the pool. */
  connection: pg.ClientConfig;
  /** Runs `work` while no other process runs any under the same name, on whatever connections it likes. */
  alone(name: string, work: () => Promise<void>): Promise<void>;
}

/** How Postgres is used. */
export interface PostgresOptions {
  /** Connections at once, at most. */
  connections: number;
  /** Name of this process at the server (`application_name`). */
  name: string;
  /** Called when an idle connection breaks. */
  onLost: (error: Error) => void;
}

/**
 * Opens a pool of connections to a Postgres database that is there.
 * @throws {StoreError} `unreachable`, `denied`, `missing`, `old`, `unusable`.
 */
export async function openPostgres(
  url: string,
  { connections, name, onLost }: PostgresOptions,
): Promise<PostgresDatabase> {
  const connection: pg.ClientConfig = {
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: CONNECT_MS,
    idle_in_transaction_session_timeout: STANDSTILL_MS,
    keepAlive: true,
    types: { getTypeParser },
  };
  await probe(connection, addressOf(url));
  const inner = new pg.Pool({ ...connection, max: connections, idleTimeoutMillis: IDLE_MS });
  // Without a listener, a server that restarts would end this process by its idle connections.
  inner.on('error', onLost);
  inner.on('connect', (client) => client.on('error', onLost));
  const pool = patient(inner);
  return {
    dialect: new PostgresDialect({ pool: pool as unknown as pg.Pool }),
    pool,
    connection,
    alone: (name, work) => alone(connection, name, work),
  };
}

async function alone(connection: pg.ClientConfig, name: string, work: () => Promise<void>): Promise<void> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  try {
    await client.connect();
    // The lock goes with the connection, however that ends.
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    await work();
  } finally {
    await client.end().catch(() => {});
  }
}

/** Finds out whether the database can be used at all, before anything is begun. */
async function probe(connection: pg.ClientConfig, address: string): Promise<void> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query('show server_version_num');
    const major = Math.floor(Number(rows[0].server_version_num) / 10_000);
    if (major < OLDEST_VERSION) {
      throw new StoreError(
        'old',
        `DATABASE_URL: expected Postgres ${OLDEST_VERSION} or newer at ${address}, found ${major}`,
      );
    }
  } catch (error) {
    throw error instanceof StoreError ? error : openingError(error, address);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A pool that waits for a server that restarts, instead of failing at once. */
function patient(pool: pg.Pool): Pool {
  let ending = false;
  const connect = async () => {
    for (const end = Date.now() + PATIENCE_MS; ; ) {
      try {
        return await pool.connect();
      } catch (error) {
        // A pool that is used up will not be any less so at once, and waiting has had its time already.
        const usedUp = error instanceof Error && error.message.startsWith('timeout exceeded');
        if (ending || usedUp || !isOutage(error) || Date.now() > end) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  };
  return {
    connect,
    async query(text, values) {
      const client = await connect();
      try {
        const result = await client.query(text, values);
        client.release();
        return result;
      } catch (error) {
        client.release(isOutage(error));
        throw error;
      }
    },
    async end() {
      if (ending) return;
      ending = true;
      await pool.end();
    },
    options: pool.options,
  };
}

const WHOLE_NUMBERS = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC] as const;

/** Sums, counts and moments come as numbers, not as text: they are far below what a number holds exactly. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  if (format !== 'binary' && (WHOLE_NUMBERS as readonly number[]).includes(oid)) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
}
