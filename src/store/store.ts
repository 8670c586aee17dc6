import Keyv from 'keyv';
import { Kysely, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Audit } from './audit.ts';
import { Blocks } from './blocks.ts';
import { ChannelRules } from './channel-rules.ts';
import { CommunitySettings } from './community-settings.ts';
import { Deliveries } from './deliveries.ts';
import { StoreError } from './errors.ts';
import { Generations } from './generations.ts';
import { Grants } from './grants.ts';
import { Holds } from './holds.ts';
import { KeyvDatabaseAdapter } from './keyv-adapter.ts';
import { LogEntries } from './log-entries.ts';
import { MIGRATIONS } from './migrations.ts';
import { Moderators } from './moderators.ts';
import { PaceRules } from './pace-rules.ts';
import { Refusals } from './refusals.ts';
import { Reports } from './reports.ts';
import { Rules } from './rules.ts';
import type { Database } from './schema.ts';
import { openSqlite } from './sqlite.ts';
import { WebMessages } from './web-messages.ts';
import { Words } from './words.ts';

/** One repository a table. */
export interface Repositories {
  generations: Generations;
  holds: Holds;
  deliveries: Deliveries;
  moderators: Moderators;
  words: Words;
  rules: Rules;
  reports: Reports;
  refusals: Refusals;
  paceRules: PaceRules;
  logEntries: LogEntries;
  grants: Grants;
  communitySettings: CommunitySettings;
  channelRules: ChannelRules;
  blocks: Blocks;
  audit: Audit;
  webMessages: WebMessages;
}

/** The database. */
export interface Store extends Repositories {
  /** Runs `work` as a whole or not at all; its repositories see each other's changes. */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>;
  /** Settings, preferences and caches: values that need neither be counted nor happen exactly once. */
  keyv(namespace: string): Keyv;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its schema up to date.
 * @param url as in `DATABASE_URL`: `sqlite:<path>`.
 * @throws {StoreError}
 */
export async function openStore(url: string): Promise<Store> {
  const file = openSqlite(url.replace(/^sqlite:/, ''));
  const db = new Kysely<Database>({ dialect: file.dialect });
  const close = async () => {
    await db.destroy();
    file.unlock();
  };
  try {
    await migrate(db);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...repositories(db),
    transaction: (work) => db.transaction().execute((transaction) => work(repositories(transaction))),
    // Without `throwOnErrors` a closed database would read as "no value".
    keyv: (namespace) => new Keyv({ store: new KeyvDatabaseAdapter(db), namespace, throwOnErrors: true }),
    close,
  };
}

function repositories(db: Kysely<Database> | Transaction<Database>): Repositories {
  return {
    generations: new Generations(db),
    holds: new Holds(db),
    deliveries: new Deliveries(db),
    moderators: new Moderators(db),
    words: new Words(db),
    rules: new Rules(db),
    reports: new Reports(db),
    refusals: new Refusals(db),
    paceRules: new PaceRules(db),
    logEntries: new LogEntries(db),
    grants: new Grants(db),
    communitySettings: new CommunitySettings(db),
    channelRules: new ChannelRules(db),
    blocks: new Blocks(db),
    audit: new Audit(db),
    webMessages: new WebMessages(db),
  };
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
