import { type Kysely, sql } from 'kysely';
import { openDatabase } from './database.ts';
import { addressOf } from './postgres-errors.ts';
import type { Database } from './schema.ts';
import { StoreError } from './store-error.ts';

/** Every table with its key, those that others refer to first. */
const TABLES = {
  generations: ['id'],
  holds: ['generation_id'],
  deliveries: ['generation_id'],
  moderators: ['community', 'subject'],
  rules: ['community', 'scope', 'subject'],
  pace_rules: ['community', 'subject'],
  grants: ['id'],
  grant_draws: ['grant_id', 'generation_id'],
  blocks: ['community', 'member'],
  channel_rules: ['community', 'channel'],
  words: ['community', 'word'],
  community_settings: ['community', 'name'],
  audit: ['position'],
  log_entries: ['position'],
  refusals: ['id'],
  drafts: ['id'],
  reports: ['generation_id', 'reporter'],
  entries: ['namespace', 'key'],
  web_messages: ['position'],
} as const satisfies { [Table in keyof Database]: readonly (keyof Database[Table])[] };

type Table = keyof typeof TABLES;

/** Tables whose rows never change; the database would refuse it. */
const APPEND_ONLY: readonly Table[] = ['audit'];
/** Tables with an auto-incremented key. */
const COUNTED: readonly Table[] = ['audit', 'log_entries', 'web_messages'];

/** Rows at once. */
const BATCH = 500;

/**
 * Copies everything from a SQLite file into a Postgres database, generations under way included, as a whole or not at
 * all. It can be repeated, bringing the copy up to date, as long as nothing but copies has been written there.
 * @param told is called for each table with its number of rows.
 * @returns the number of generations that continue there.
 * @throws {StoreError}
 */
export async function copyStore(
  from: string,
  to: string,
  told: (table: string, rows: number) => void,
): Promise<number> {
  if (!/^sqlite:/.test(from) || !/^postgres(ql)?:/.test(to)) {
    throw new StoreError('unusable', 'expected sqlite: and a file to copy from, and postgres:// to copy to');
  }
  const source = await openDatabase(from);
  try {
    const target = await openDatabase(to);
    try {
      await target.db.transaction().execute(async (transaction) => {
        await refuseUsed(source.db, transaction, addressOf(to));
        for (const table of Object.keys(TABLES) as Table[]) {
          told(table, await copyTable(source.db, transaction, table));
        }
      });
      let goOn = 0;
      for (let entered = -1; entered !== 0; goOn += entered) entered = (await target.queue?.reconcile()) ?? 0;
      return goOn;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Refuses a target with generations that the source lacks: a repeated copy would lose them. */
async function refuseUsed(source: Kysely<Database>, target: Kysely<Database>, address: string): Promise<void> {
  const rows = await target.selectFrom('generations').select('id').orderBy('created_at', 'desc').limit(BATCH).execute();
  if (rows.length === 0) return;
  const ids = rows.map(({ id }) => id);
  const known = await source.selectFrom('generations').select('id').where('id', 'in', ids).execute();
  if (known.length < ids.length) {
    throw new StoreError('unusable', `${address} has generations of its own; nothing was copied`);
  }
}

async function copyTable(source: Kysely<Database>, target: Kysely<Database>, table: Table): Promise<number> {
  const key = TABLES[table] as readonly string[];
  let copied = 0;
  let batch: Record<string, unknown>[] = [];
  const flush = async () => {
    if (batch.length > 0) await write(target, table, key, batch);
    copied += batch.length;
    batch = [];
  };
  for await (const row of source.selectFrom(table).selectAll().stream()) {
    batch.push(row as Record<string, unknown>);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  if (COUNTED.includes(table)) {
    await sql`select setval(pg_get_serial_sequence(${table}, 'position'),
      greatest((select max(position) from ${sql.table(table)}), 1))`.execute(target);
  }
  return copied;
}

async function write(
  target: Kysely<Database>,
  table: Table,
  key: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  const rest = columns.filter((column) => !key.includes(column));
  const change =
    rest.length === 0 || APPEND_ONLY.includes(table)
      ? sql`do nothing`
      : sql`do update set ${sql.join(rest.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`))}`;
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)} on conflict (${sql.join(key.map((column) => sql.ref(column)))}) ${change}`.execute(
    target,
  );
}
