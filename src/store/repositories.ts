import type Keyv from 'keyv';
import type { Audit } from './audit-entries.ts';
import type { Blocks } from './blocked-members.ts';
import type { ChannelRules } from './channel-rules.ts';
import type { CommunitySettingsTable } from './community-settings.ts';
import type { Deliveries } from './deliveries.ts';
import type { Drafts } from './drafts.ts';
import type { ForbiddenWords } from './forbidden-words.ts';
import type { Generations } from './generations.ts';
import type { Grants } from './grants.ts';
import type { Holds } from './holds.ts';
import type { Moderators } from './named-moderators.ts';
import type { Outbox } from './outbox.ts';
import type { PaceRules } from './pace-rules.ts';
import type { Refusals } from './refused-requests.ts';
import type { Reports } from './reports.ts';
import type { Rules } from './rules.ts';
import type { WebMessages } from './web-messages.ts';
import type { WorkEntries } from './work-entries.ts';

/** One repository per table. */
export interface Repositories {
  generations: Generations;
  holds: Holds;
  deliveries: Deliveries;
  drafts: Drafts;
  moderators: Moderators;
  words: ForbiddenWords;
  rules: Rules;
  reports: Reports;
  refusals: Refusals;
  paceRules: PaceRules;
  outbox: Outbox;
  grants: Grants;
  communitySettings: CommunitySettingsTable;
  channelRules: ChannelRules;
  blocks: Blocks;
  audit: Audit;
  webMessages: WebMessages;
  /** The queue. */
  work: WorkEntries;
  /** Inside a transaction: waits until no other transaction holds this name, and holds it to the end of this one. */
  lock(name: string): Promise<void>;
}

/** The database as the rooms above use it, however it was opened. */
export interface DataStore extends Repositories {
  /** Runs `work` as a whole or not at all; its repositories see each other's changes. */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>;
  /**
   * Whether this process is the one that does `what` for all that share the database, for the next `ms`. Ask again
   * before they have passed to go on.
   */
  leads(what: string, ms: number): Promise<boolean>;
  /** Settings, preferences and caches: values that need neither be counted nor happen exactly once. */
  keyv(namespace: string): Keyv;
  /**
   * Keeps a value for `keyv` unless there is one already; of several at the same moment, one is kept.
   * @param expiresAt when it is forgotten (ms). @default never
   * @returns whether it is this one.
   */
  keepFirst(namespace: string, key: string, value: string, expiresAt?: number): Promise<boolean>;
  /** Removes values of `keyv` and `keepFirst`, and marks, that have expired. */
  sweep(): Promise<void>;
}
