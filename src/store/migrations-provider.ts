import { type Kysely, sql } from 'kysely';
import { dialectOf } from './dialect.ts';

/** Adds the provider's charges, how requests were sent, prices by resolution, and drafts. */
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
    // Partial, as almost no generation is due for a check.
    await sql`create index generations_to_check on generations (check_at) where check_at is not null`.execute(db);
    await lookForLatest(db);
    await waitWithoutFormerDefaults(db);
    await markFormerDefaults(db);
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

/** Schedules checks for generations given up within the last day; earlier versions never checked them. */
async function lookForLatest(db: Kysely<never>): Promise<void> {
  await sql`update generations set check_at = finished_at
    where finished_at > ${Date.now() - DAY_MS}
      and (state = 'timed_out'
        or (state = 'failed' and (failure like '%"generation_lost"%' or failure like '%"submission_lost"%')))`.execute(
    db,
  );
}

/**
 * Waiting generations were accepted when the default resolution was 1080p, prices didn't depend on it, and pro had an
 * aspect ratio that only the old endpoint takes. A value equal to the former default may or may not have been
 * chosen, and so may the first model. So no video may cost more than was agreed, or fail over an option that nobody may
 * have asked for. Requests that may have been sent already keep their options; only their model may be replaced.
 */
async function waitWithoutFormerDefaults(db: Kysely<never>): Promise<void> {
  const { rows: settings } = await sql<{ community: string; value: string }>`
    select community, value from community_settings where name = 'disabledModels'`.execute(db);
  const withoutLite = settings.filter(({ value }) => (JSON.parse(value) as string[]).includes('lite'));
  const { rows } = await sql<{ id: string; community: string; state: string; request: string }>`
    select id, community, state, request from generations where state in ('queued', 'submitting')`.execute(db);
  for (const { id, community, state, request } of rows) {
    const before = JSON.parse(request) as OldRequest;
    const options = state === 'queued' ? withoutDefaults(before) : before.options;
    const isDefault = before.model === 'lite' || withoutLite.some((one) => one.community === community);
    const after = JSON.stringify({ ...before, options, ...(isDefault && { defaultModel: true }) });
    await sql`update generations set request = ${after}, resolution = ${options.resolution ?? '720p'}
      where id = ${id}`.execute(db);
  }
}

interface OldRequest {
  model: string;
  options: Record<string, unknown>;
}

function withoutDefaults({ model, options }: OldRequest): Record<string, unknown> {
  const { aspect_ratio: ratio, ...others } = options;
  if (others.resolution === '1080p') others.resolution = '720p';
  return ratio === undefined || (model === 'pro' && ratio === '16:9') ? others : { ...others, aspect_ratio: ratio };
}

/** The others keep the values that they were made with; a repeat does not take them for chosen. */
async function markFormerDefaults(db: Kysely<never>): Promise<void> {
  const sharp = sql`request like '%"resolution":"1080p"%'`;
  const wide = sql`(model = 'pro' and request like '%"aspect_ratio":"16:9"%')`;
  for (const [which, names] of [
    [sql`${sharp} and ${wide}`, ['resolution', 'aspect_ratio']],
    [sql`${sharp} and not ${wide}`, ['resolution']],
    [sql`${wide} and not ${sharp}`, ['aspect_ratio']],
  ] as const) {
    // As text: Postgres takes half a character in a prompt for no JSON.
    const end = `,"unchosen":${JSON.stringify(names)}}`;
    await sql`update generations set request = substr(request, 1, length(request) - 1) || ${end}
      where state <> 'queued' and (${which})`.execute(db);
  }
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
