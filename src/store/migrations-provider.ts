import { type Kysely, sql } from 'kysely';
import { dialectOf } from './dialect.ts';

/** What the provider charged and how requests were sent; prices by resolution; what was typed and not accepted. */
export const provider = {
  // A migration works on the schema of its own time, which today's types do not describe.
  async up(db: Kysely<never>) {
    const columns = [
      ['resolution', 'text'],
      ['route', 'text'],
      ['usd', 'double precision'],
      ['provider_credits', 'double precision'],
      ['check_at', 'bigint'],
    ] as const;
    for (const [name, type] of columns) await db.schema.alterTable('generations').addColumn(name, type).execute();
    for (const name of ['attempts', 'resends', 'checks', 'late']) {
      await db.schema
        .alterTable('generations')
        .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
    }
    const resolution =
      dialectOf(db) === 'postgres'
        ? // As text: a prompt may hold half a character, which Postgres takes for no JSON. Its quotes are escaped.
          sql`substring(request from '"resolution":"([0-9a-z]+)"')`
        : sql`json_extract(request, '$.options.resolution')`;
    await sql`update generations set resolution = coalesce(${resolution}, '720p')`.execute(db);
    await db.schema.dropIndex('generations_by_duration').execute();
    await db.schema
      .createIndex('generations_by_duration')
      .on('generations')
      .columns(['provider', 'model', 'resolution', 'seconds', 'ready_at'])
      .execute();
    // Almost none are to be checked again, and the index has no others.
    await sql`create index generations_to_check on generations (check_at) where check_at is not null`.execute(db);
    await lookForLatest(db);
    await pricesByResolution(db);
    await db.schema
      .createTable('drafts')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('community', 'text', (column) => column.notNull())
      .addColumn('member', 'text', (column) => column.notNull())
      .addColumn('input', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('drafts_by_member').on('drafts').columns(['community', 'member']).execute();
  },
};

const DAY_MS = 86_400_000;

/** What was given up within the last day is looked for as well; an earlier version never did. */
async function lookForLatest(db: Kysely<never>): Promise<void> {
  await sql`update generations set check_at = finished_at
    where finished_at > ${Date.now() - DAY_MS}
      and (state = 'timed_out'
        or (state = 'failed' and (failure like '%"generation_lost"%' or failure like '%"submission_lost"%')))`.execute(
    db,
  );
}

/** A moderators' price for 5 seconds counted whatever the resolution, and goes on to. */
async function pricesByResolution(db: Kysely<never>): Promise<void> {
  const { rows } = await sql<{ community: string; value: string }>`
    select community, value from community_settings where name = 'weights'`.execute(db);
  for (const { community, value } of rows) {
    const prices = Object.fromEntries(
      Object.entries(JSON.parse(value) as Record<string, number>).map(([model, credits]) => [model, { any: credits }]),
    );
    await sql`update community_settings set name = 'prices', value = ${JSON.stringify(prices)}
      where community = ${community} and name = 'weights'`.execute(db);
  }
}
