import { type Kysely, sql } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import type { Claim } from '../domain/generation.ts';
import { UNFINISHED_STATES } from '../domain/generation.ts';
import { LAST_TURN, noteTurn, resetTurns, SPACE, turnOf } from './fair-order.ts';
import { type Heard, Listener } from './listener.ts';
import { lock } from './locks.ts';
import type { Pool, PostgresDatabase } from './postgres.ts';
import type { Database } from './schema.ts';
import type { WorkEntries, WorkEntry } from './work-entries.ts';

/** pg-boss keeps its tables in a schema of its own, away from other programs that use it in the same database. */
const SCHEMA = 'dailies_queue';
const QUEUE = 'generations';
const jobs = sql.table(`${SCHEMA}.job`);

/** Silence after which a worker counts as dead; the minimum that pg-boss allows. */
const HEARTBEAT_S = 10;
/** More than the longest generation; pg-boss allows no more than a day. */
const EXPIRE_S = 86_400;

/** Most entries taken in one transaction; they are taken one at a time to keep each member's own order. */
const BATCH = 4;

/** Members' concurrency limits in pg-boss's form: a named tier for each number. */
const MOST_AT_ONCE = 1000;
const TIERS = Object.fromEntries(Array.from({ length: MOST_AT_ONCE }, (_, index) => [String(index + 1), index + 1]));

/** The queue that all processes share: pg-boss in the same Postgres as everything else. */
export class WorkQueue {
  readonly #db: Kysely<Database>;
  readonly #pool: Pool;
  readonly #listener: Listener;
  readonly #boss: PgBoss;
  readonly #held = new Map<string, Claim>();

  constructor(db: Kysely<Database>, database: PostgresDatabase, onError: (error: unknown) => void) {
    this.#db = db;
    this.#pool = database.pool;
    this.#listener = new Listener(database.connection, CHANNEL, onError);
    this.#boss = new PgBoss({
      db: { executeSql: (text, values) => this.#pool.query(text, values) },
      schema: SCHEMA,
      // Workers trigger the periodic jobs themselves; a process that only enqueues needs none of them.
      supervise: false,
      schedule: false,
      monitorIntervalSeconds: 1,
    });
    this.#boss.on('error', onError);
  }

  /** Creates the queue if it doesn't exist, and shows the other processes that this one is running. */
  async open(): Promise<void> {
    await this.#listener.open();
    await this.#boss.start();
    const settings = {
      heartbeatSeconds: HEARTBEAT_S,
      // Each crash uses up a retry, and no generation may be stranded by too many crashes.
      retryLimit: 2 ** 31 - 1,
      retryDelay: 0,
      expireInSeconds: EXPIRE_S,
      notify: false,
    };
    await this.#boss.createQueue(QUEUE, { ...settings, policy: 'standard' });
    await this.#boss.updateQueue(QUEUE, settings);
  }

  async close(): Promise<void> {
    await this.#listener.close();
    await this.#boss.stop({ graceful: false, close: false });
  }

  /** The queue, as seen from a transaction of the store. */
  entries(transaction: Kysely<Database>): WorkEntries {
    return {
      enter: (work) => this.#enter(transaction, work),
      keep: async (id) => {
        const claim = this.#held.get(id);
        if (!claim) return false;
        const options = { db: fromKysely(transaction) };
        return outcomeOf(await this.#boss.touch(QUEUE, toAttempt(claim), options)).affected > 0;
      },
      finish: async (id) => {
        const claim = this.#held.get(id);
        if (!claim) return false;
        return (await this.#delete(claim, transaction)) > 0;
      },
    };
  }

  /**
   * Takes generations whose turn has come.
   * @param room the most that this process can take.
   * @param total the most that all processes together may hold.
   */
  async take(room: number, total: number): Promise<Claim[]> {
    const taken = await this.#db.transaction().execute(async (transaction) => {
      // Safe: entries taken but not yet on disk when the server crashes are simply queued again.
      await sql`set local synchronous_commit = off`.execute(transaction);
      // Limits hold only if one process at a time counts and takes; its snapshot must start after the lock.
      await lock(transaction, 'take');
      const { rows } = await sql<{ active: number }>`select count(*) as active from ${jobs}
        where name = ${QUEUE} and state = 'active' and group_id is not null`.execute(transaction);
      const most = Math.min(room, total - Number(rows[0]?.active), BATCH);
      const claims: Claim[] = [];
      let turn = 0;
      while (claims.length < most) {
        const [job] = await this.#boss.fetch(QUEUE, {
          batchSize: 1,
          includeMetadata: true,
          groupConcurrency: { default: 1, tiers: TIERS },
          db: fromKysely(transaction),
        });
        if (!job) break;
        claims.push({ id: job.id, attempt: job.retryCount });
        turn = Math.max(turn, -job.priority);
      }
      if (turn > 0) await noteTurn(transaction, turn);
      return claims;
    });
    for (const claim of taken) this.#held.set(claim.id, claim);
    return taken;
  }

  /** Says that this process is alive. @returns the ids that it still holds. */
  async touch(claims: readonly Claim[]): Promise<string[]> {
    if (claims.length === 0) return [];
    return outcomeOf(await this.#boss.touch(QUEUE, claims.map(toAttempt))).settled ?? [];
  }

  /** Removes a finished generation; does nothing if another process has taken it over. */
  async complete(claim: Claim): Promise<void> {
    await this.#delete(claim);
    this.forget(claim);
  }

  /** Drops a claim that another process has taken over. */
  forget(claim: Claim): void {
    if (this.#held.get(claim.id) === claim) this.#held.delete(claim.id);
  }

  /** Returns generations to the queue, for another process to take at once. */
  async release(claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return;
    await this.#db.transaction().execute(async (transaction) => {
      await this.#boss.fail(QUEUE, claims.map(toAttempt), null, { db: fromKysely(transaction) });
      await announce(transaction, 'work');
    });
    for (const claim of claims) this.forget(claim);
  }

  /** Removes a generation from the queue, or tells the process that runs it to stop. */
  async cancel(id: string): Promise<void> {
    await this.#db.transaction().execute(async (transaction) => {
      await sql`delete from ${jobs} where name = ${QUEUE} and id = ${id} and state < 'active'`.execute(transaction);
      await announce(transaction, `cancel:${id}`);
    });
  }

  /** Position of a queued generation, or undefined when it is not queued. */
  async place(id: string): Promise<{ position: number; notBefore: number | undefined } | undefined> {
    const { rows } = await sql<{ position: number; not_before: number | null }>`
      select (
        select count(*) from ${jobs} j where j.name = ${QUEUE} and j.state < 'active' and (j.priority > mine.priority
          or (j.priority = mine.priority and j.created_on < mine.created_on))
      ) + 1 as position,
      case when mine.start_after > clock_timestamp() then floor(extract(epoch from mine.start_after) * 1000) end
        as not_before
      from ${jobs} mine where mine.name = ${QUEUE} and mine.id = ${id} and mine.state < 'active'`.execute(this.#db);
    const [row] = rows;
    return row && { position: Number(row.position), notBefore: row.not_before ?? undefined };
  }

  /** Ids of queued generations, next first; at most `limit`. */
  async waiting(limit: number): Promise<string[]> {
    return await this.#waitingIn(this.#db, limit);
  }

  /** Requeues the work of processes that count as dead. Any number of processes may call it. */
  async supervise(): Promise<void> {
    await this.#boss.supervise(QUEUE);
  }

  /**
   * Queues every unfinished generation that is missing from the queue, for whatever reason; at most 1,000 at once.
   * @returns the number of generations queued.
   */
  async reconcile(): Promise<number> {
    return await this.#db.transaction().execute(async (transaction) => {
      await sql`delete from ${jobs} where name = ${QUEUE} and state > 'active'`.execute(transaction);
      // So that they never come to an end.
      if ((await this.#waitingIn(transaction, 1)).length === 0) await resetTurns(transaction);
      const lost = await transaction
        .selectFrom('generations')
        .select(['id', 'member', 'state', 'starts_at', 'concurrency'])
        .where('state', 'in', UNFINISHED_STATES)
        .where(
          sql<boolean>`not exists (select 1 from ${jobs} j where j.name = ${QUEUE} and j.id::text = generations.id)`,
        )
        .orderBy('created_at')
        .limit(1000)
        .execute();
      for (const { id, member, state, starts_at, concurrency } of lost) {
        const work = { id, member, startsAt: Number(starts_at ?? 0), concurrency: concurrency ?? 1 };
        await this.#enter(transaction, { ...work, resumed: state !== 'queued' });
      }
      return lost.length;
    });
  }

  /**
   * Elects one process at a time for work that must be done only once. Call again within `ms` to keep the lead.
   * @param holder the caller. @param what the kind of work; each has its own leader. @returns whether it leads now.
   */
  async lead(holder: string, ms: number, what = 'leader'): Promise<boolean> {
    const { rows } = await sql`insert into entries (namespace, key, value, expires_at)
      values (${SPACE}, ${what}, ${holder}, floor(extract(epoch from clock_timestamp()) * 1000) + ${ms})
      on conflict (namespace, key) do update set value = excluded.value, expires_at = excluded.expires_at
      where entries.value = excluded.value
        or entries.expires_at < floor(extract(epoch from clock_timestamp()) * 1000)
      returning key`.execute(this.#db);
    return rows.length > 0;
  }

  /** Listens to the other processes until it is closed. */
  listen(heard: Heard): { close(): Promise<void> } {
    return this.#listener.add(heard);
  }

  async #waitingIn(db: Kysely<Database>, limit: number): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`select id from ${jobs} where name = ${QUEUE} and state < 'active'
      order by priority desc, created_on limit ${limit}`.execute(db);
    return rows.map(({ id }) => id);
  }

  async #enter(transaction: Kysely<Database>, work: WorkEntry): Promise<void> {
    const { id, member, resumed, startsAt, concurrency } = work;
    const entered = await this.#boss.send(QUEUE, null, {
      id,
      // Resumed generations come before all turns.
      priority: resumed ? LAST_TURN : -(await turnOf(transaction, member, concurrency)),
      group: { id: member, tier: String(Math.min(concurrency, MOST_AT_ONCE)) },
      // Generations that are already paid for never wait. pg-boss discards jobs that were due two weeks ago.
      ...(!resumed && startsAt > Date.now() && { startAfter: new Date(startsAt) }),
      db: fromKysely(transaction),
    });
    if (entered !== null) await announce(transaction, 'work');
  }

  async #delete(claim: Claim, transaction?: Kysely<Database>): Promise<number> {
    const options = transaction ? { db: fromKysely(transaction) } : {};
    return outcomeOf(await this.#boss.deleteJob(QUEUE, toAttempt(claim), options)).affected;
  }
}

/** Notification channel between processes. */
const CHANNEL = 'dailies';

/** Tells all processes, if and when the transaction commits. */
async function announce(transaction: Kysely<Database>, what: string): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, ${what})`.execute(transaction);
}

const toAttempt = ({ id, attempt }: Claim) => ({ id, retryCount: attempt });

/** Reads pg-boss's answer to a change of entries, which its own type does not describe. */
function outcomeOf(response: object): { affected: number; settled?: string[] } {
  return response as ReturnType<typeof outcomeOf>;
}
