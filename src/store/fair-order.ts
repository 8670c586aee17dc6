import { type Kysely, sql } from 'kysely';
import { UNFINISHED_STATES } from '../domain/generation.ts';
import type { Database } from './schema.ts';

/** Namespace of entries that processes share besides the queue itself. */
export const SPACE = 'cluster';

/**
 * Turns order the queue: the latest turn that anything was taken at, plus one step for each generation that its member
 * has before it. So members take turns, and turns only ever go on: a newcomer comes before the later ones of a member
 * with many, and cannot hold them up for ever.
 */
const STEP = 100;
/** More turns than are ever used before the queue empties, when they restart. */
export const LAST_TURN = 1_000_000_000;

/** The turn of a member's new generation, which is already stored. */
export async function turnOf(transaction: Kysely<Database>, member: string, concurrency: number): Promise<number> {
  const { rows } = await sql<{ now: number | null; mine: number }>`select
      (select value::bigint from entries where namespace = ${SPACE} and key = 'turn') as now,
      (select count(*) from generations where member = ${member} and state in (${sql.join(UNFINISHED_STATES)})) as mine
    `.execute(transaction);
  const before = Math.max(Number(rows[0]?.mine) - 1, 0);
  return Math.min(Number(rows[0]?.now ?? 0) + STEP * Math.floor(before / concurrency), LAST_TURN);
}

/** Notes the latest turn taken; newcomers get no earlier one. */
export async function noteTurn(transaction: Kysely<Database>, turn: number): Promise<void> {
  await sql`insert into entries (namespace, key, value) values (${SPACE}, 'turn', ${String(turn)})
    on conflict (namespace, key) do update set value = excluded.value
    where entries.value::bigint < excluded.value::bigint`.execute(transaction);
}

/** Restarts the turns; only while the queue is empty. */
export async function resetTurns(transaction: Kysely<Database>): Promise<void> {
  await transaction.deleteFrom('entries').where('namespace', '=', SPACE).where('key', '=', 'turn').execute();
}
