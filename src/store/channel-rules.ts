import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Whether videos may be made in a channel. */
export interface ChannelRule {
  /** The platform's own id. */
  channel: string;
  allowed: boolean;
}

/** Channels in which videos may be made. */
export class ChannelRules {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async set(community: string, { channel, allowed }: ChannelRule): Promise<void> {
    const values = { allowed: allowed ? 1 : 0 };
    await this.#db
      .insertInto('channel_rules')
      .values({ community, channel, ...values })
      .onConflict((conflict) => conflict.columns(['community', 'channel']).doUpdateSet(values))
      .execute();
  }

  async clear(community: string, channel: string): Promise<void> {
    await this.#db
      .deleteFrom('channel_rules')
      .where('community', '=', community)
      .where('channel', '=', channel)
      .execute();
  }

  /** All of a community. */
  async list(community: string): Promise<ChannelRule[]> {
    const rows = await this.#db
      .selectFrom('channel_rules')
      .selectAll()
      .where('community', '=', community)
      .orderBy('allowed', 'desc')
      .orderBy('channel')
      .execute();
    return rows.map(({ channel, allowed }) => ({ channel, allowed: Number(allowed) === 1 }));
  }
}
