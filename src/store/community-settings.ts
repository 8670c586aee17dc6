import type { Kysely } from 'kysely';
import type { CommunitySettings } from '../domain/community.ts';
import type { Database } from './schema.ts';

/** Settings that moderators chose for their community. */
export class CommunitySettingsTable {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** All that is set. */
  async get(community: string): Promise<CommunitySettings> {
    const rows = await this.#db
      .selectFrom('community_settings')
      .selectAll()
      .where('community', '=', community)
      .execute();
    return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value)]));
  }

  /** Sets one, or takes it away when the value is undefined. */
  async set<N extends keyof CommunitySettings>(community: string, name: N, value: CommunitySettings[N]): Promise<void> {
    if (value === undefined) {
      await this.#db
        .deleteFrom('community_settings')
        .where('community', '=', community)
        .where('name', '=', name)
        .execute();
      return;
    }
    const json = JSON.stringify(value);
    await this.#db
      .insertInto('community_settings')
      .values({ community, name, value: json })
      .onConflict((conflict) => conflict.columns(['community', 'name']).doUpdateSet({ value: json }))
      .execute();
  }
}
