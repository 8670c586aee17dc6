import type { Kysely } from 'kysely';
import type { CommunityEvent } from '../domain/event.ts';
import { CommunitySettingsTable } from './community-settings.ts';
import type { Database } from './schema.ts';

/** An event that is still to be posted in its community's log channel. */
export interface OutboxEntry {
  position: number;
  event: CommunityEvent;
  /** In ms since 1970 UTC. */
  createdAt: number;
}

/** Events of communities, written in the transaction in which they happen and posted in the log channel afterwards. */
export class Outbox {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** @param key an event with a key that is there already is the same one, and changes nothing. */
  async append(community: string, key: string, event: CommunityEvent, at: number): Promise<void> {
    await this.#db
      .insertInto('log_entries')
      .values({ key, community, data: JSON.stringify(event), created_at: at })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
  }

  /**
   * Writes an event of a community that has a log channel; for others nobody would read it. Call it in the transaction
   * in which the event happens.
   * @param key as for `append`. @param at ms since 1970 UTC.
   */
  async record(community: string, key: string, event: CommunityEvent, at: number): Promise<void> {
    const { logChannel } = await new CommunitySettingsTable(this.#db).get(community);
    if (logChannel !== undefined) await this.append(community, key, event, at);
  }

  /** Communities with unposted events. */
  async listWaiting(): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('log_entries')
      .select('community')
      .distinct()
      .where('posted_at', 'is', null)
      .execute();
    return rows.map(({ community }) => community);
  }

  /** A community's unposted events, oldest first; at most `limit`. */
  async listUnposted(community: string, limit: number): Promise<OutboxEntry[]> {
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

  /** Marks an event as posted, or as not wanted by the community. */
  async notePosted(position: number, at: number): Promise<void> {
    await this.#db.updateTable('log_entries').set({ posted_at: at }).where('position', '=', position).execute();
  }

  /** Removes events written before `moment` (ms). */
  async deleteBefore(moment: number): Promise<void> {
    await this.#db.deleteFrom('log_entries').where('created_at', '<', moment).execute();
  }
}
