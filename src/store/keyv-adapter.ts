import { EventEmitter } from 'node:events';
import type { KeyvStoreAdapter } from 'keyv';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** How many entries the iterator reads at once. */
const PAGE = 100;

/**
 * Keyv's storage over the bot's own database. A namespace is a column of its own and compared exactly, so that clearing
 * `u_1` leaves `ux1` alone. Keyv hands over keys as `namespace:key`.
 */
export class KeyvDatabaseAdapter extends EventEmitter implements KeyvStoreAdapter {
  /** Keyv offers `iterator` only over dialects that it has heard of. */
  readonly opts = { dialect: 'sqlite', url: '' };
  namespace?: string;
  readonly #db: Kysely<Database>;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, now: () => number = Date.now) {
    super();
    this.#db = db;
    this.#now = now;
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    const [value] = await this.getMany<Value>([key]);
    return value;
  }

  async getMany<Value>(keys: string[]): Promise<(Value | undefined)[]> {
    if (keys.length === 0) return [];
    const names = keys.map((key) => this.#nameOf(key));
    const rows = await this.#live()
      .select(['key', 'value'])
      .where('namespace', '=', this.#space)
      .where('key', 'in', names)
      .execute();
    const found = new Map(rows.map(({ key, value }) => [key, value]));
    return names.map((name) => found.get(name) as Value | undefined);
  }

  async set(key: string, value: string, ttl?: number): Promise<void> {
    const expires_at = ttl === undefined || ttl === 0 ? null : this.#now() + ttl;
    await this.#db
      .insertInto('entries')
      .values({ namespace: this.#space, key: this.#nameOf(key), value, expires_at })
      .onConflict((conflict) => conflict.columns(['namespace', 'key']).doUpdateSet({ value, expires_at }))
      .execute();
  }

  /** Keeps a value as Keyv itself would write it, unless there is one already. @returns whether there was none. */
  async keepFirst(namespace: string, key: string, value: string, expiresAt?: number): Promise<boolean> {
    const kept = await this.#db
      .insertInto('entries')
      .values({ namespace, key, value: JSON.stringify({ value }), expires_at: expiresAt ?? null })
      .onConflict((conflict) => conflict.columns(['namespace', 'key']).doNothing())
      .returning('key')
      .execute();
    return kept.length > 0;
  }

  /** Removes what has expired, of every namespace. */
  async sweep(): Promise<void> {
    await this.#db.deleteFrom('entries').where('expires_at', '<', this.#now()).execute();
  }

  async has(key: string): Promise<boolean> {
    return (await this.get(key)) !== undefined;
  }

  async delete(key: string): Promise<boolean> {
    return this.deleteMany([key]);
  }

  async deleteMany(keys: string[]): Promise<boolean> {
    if (keys.length === 0) return false;
    const gone = await this.#db
      .deleteFrom('entries')
      .where('namespace', '=', this.#space)
      .where(
        'key',
        'in',
        keys.map((key) => this.#nameOf(key)),
      )
      .returning('key')
      .execute();
    return gone.length > 0;
  }

  async clear(): Promise<void> {
    await this.#db.deleteFrom('entries').where('namespace', '=', this.#space).execute();
  }

  /** Goes by key, page after page, so that entries may be deleted on the way. */
  async *iterator<Value>(namespace?: string): AsyncGenerator<[string, Awaited<Value>], void> {
    const space = namespace ?? this.#space;
    let after: string | undefined;
    while (true) {
      let query = this.#live().select(['key', 'value']).where('namespace', '=', space).orderBy('key').limit(PAGE);
      if (after !== undefined) query = query.where('key', '>', after);
      const rows = await query.execute();
      for (const { key, value } of rows) yield [space ? `${space}:${key}` : key, value as Awaited<Value>];
      after = rows.at(-1)?.key;
      if (after === undefined) return;
    }
  }

  get #space(): string {
    return this.namespace ?? '';
  }

  #nameOf(key: string): string {
    const prefix = `${this.#space}:`;
    return this.#space && key.startsWith(prefix) ? key.slice(prefix.length) : key;
  }

  #live() {
    return this.#db
      .selectFrom('entries')
      .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', this.#now())]));
  }
}
