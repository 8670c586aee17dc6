import { randomUUID } from 'node:crypto';
import Keyv from 'keyv';
import type { Kysely } from 'kysely';
import { type Mark, ownMark } from '../lib/mark.ts';
import { Audit } from './audit-entries.ts';
import { Blocks } from './blocked-members.ts';
import { ChannelRules } from './channel-rules.ts';
import { CommunitySettingsTable } from './community-settings.ts';
import { openDatabase, type StoreOptions } from './database.ts';
import { Deliveries } from './deliveries.ts';
import { Drafts } from './drafts.ts';
import { ForbiddenWords } from './forbidden-words.ts';
import { Generations } from './generations.ts';
import { Grants } from './grants.ts';
import { Holds } from './holds.ts';
import { KeyvDatabaseAdapter } from './keyv-adapter.ts';
import { lock } from './locks.ts';
import { markIn } from './marks.ts';
import { Moderators } from './named-moderators.ts';
import { Outbox } from './outbox.ts';
import { PaceRules } from './pace-rules.ts';
import { Refusals } from './refused-requests.ts';
import { Reports } from './reports.ts';
import type { DataStore, Repositories } from './repositories.ts';
import { Rules } from './rules.ts';
import type { Database } from './schema.ts';
import { transact } from './transactions.ts';
import { WebMessages } from './web-messages.ts';
import { NO_ENTRIES } from './work-entries.ts';
import type { WorkQueue } from './work-queue.ts';

/** The opened database. */
export interface Store extends DataStore {
  /** The queue, where several processes share the database; undefined where one has it for itself. */
  queue: WorkQueue | undefined;
  /** A text that all processes that share the database replace by compare-and-set. */
  mark(name: string): Mark;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its schema up to date.
 * @param url as in `DATABASE_URL`: `sqlite:<path>` or `postgres://…`.
 * @throws {StoreError}
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  const { db, queue, close } = await openDatabase(url, options);
  const holder = randomUUID();
  const reach = (on: Kysely<Database>): Repositories => ({
    ...repositories(on),
    work: queue?.entries(on) ?? NO_ENTRIES,
    // The transactions of a database that one process has for itself follow each other anyway.
    lock: async (name) => {
      if (queue) await lock(on, name);
    },
  });
  return {
    ...reach(db),
    queue,
    leads: async (what, ms) => (queue ? await queue.lead(holder, ms, what) : true),
    mark: (name) => (queue ? markIn(db, name) : ownMark()),
    transaction: (work) => transact(db, (transaction) => work(reach(transaction))),
    // Without `throwOnErrors` a closed database would read as "no value".
    keyv: (namespace) => new Keyv({ store: new KeyvDatabaseAdapter(db), namespace, throwOnErrors: true }),
    keepFirst: (...value) => new KeyvDatabaseAdapter(db).keepFirst(...value),
    sweep: () => new KeyvDatabaseAdapter(db).sweep(),
    close,
  };
}

function repositories(db: Kysely<Database>): Omit<Repositories, 'work' | 'lock'> {
  return {
    generations: new Generations(db),
    holds: new Holds(db),
    deliveries: new Deliveries(db),
    drafts: new Drafts(db),
    moderators: new Moderators(db),
    words: new ForbiddenWords(db),
    rules: new Rules(db),
    reports: new Reports(db),
    refusals: new Refusals(db),
    paceRules: new PaceRules(db),
    outbox: new Outbox(db),
    grants: new Grants(db),
    communitySettings: new CommunitySettingsTable(db),
    channelRules: new ChannelRules(db),
    blocks: new Blocks(db),
    audit: new Audit(db),
    webMessages: new WebMessages(db),
  };
}
