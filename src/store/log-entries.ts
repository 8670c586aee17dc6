import type { Kysely } from 'kysely';
import type { LogEvent } from '../domain/event.ts';
import { CommunitySettings } from './community-settings.ts';
import type { Database } from './schema.ts';

/** An event that a community's log channel has not been told yet. */
export interface LogEntry {
  position: number;
  event: LogEvent;
  /** In ms since 1970 UTC. */
  createdAt: number;
}

/** What the log channels of communities are still to be told, or were. */
export class LogEntries {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @param key an event with a key that is there already is the same one, and changes nothing. */
  async append(community: string, key: string, event: LogEvent, at: number): Promise<void> {
    await this.#db
      .insertInto('log_entries')
      .values({ key, community, data: JSON.stringify(event), created_at: at })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
  }

  /**
   * Writes down what happened for a community that has a log channel, in the transaction in which it happens; it is
   * posted afterwards. Without a log channel nothing is written.
   * @param key as for `append`. @param at ms since 1970 UTC.
   */
  async record(community: string, key: string, event: LogEvent, at: number): Promise<void> {
    const { logChannel } = await new CommunitySettings(this.#db).get(community);
    if (logChannel !== undefined) await this.append(community, key, event, at);
  }

  /** The communities that have any that are not posted. */
  async listWaiting(): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('log_entries')
      .select('community')
      .distinct()
      .where('posted_at', 'is', null)
      .execute();
    return rows.map(({ community }) => community);
  }

  /** Those of a community that are not posted, the oldest first; at most `limit`. */
  async listUnposted(community: string, limit: number): Promise<LogEntry[]> {
    const rows = await this.#db
      .selectFrom('log_entries')
      .selectAll()
      .where('posted_at', 'is', null)
      .where('community', '=', community)
      .orderBy('position')
      .limit(limit)
      .execute();
    return rows.map(({ position, data, created_at }) => ({
      position: Number(position),
      event: JSON.parse(data),
      createdAt: Number(created_at),
    }));
  }

  /** Notes that it is posted, or that nobody wants to know. */
  async notePosted(position: number, at: number): Promise<void> {
    await this.#db.updateTable('log_entries').set({ posted_at: at }).where('position', '=', position).execute();
  }

  /** Removes what was written before `moment` (ms). */
  async deleteBefore(moment: number): Promise<void> {
    await this.#db.deleteFrom('log_entries').where('created_at', '<', moment).execute();
  }
}
