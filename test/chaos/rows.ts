import { existsSync } from 'node:fs';
import SQLite from 'better-sqlite3';
import pg from 'pg';
import { PATIENCE_MS } from '../support/patience.ts';

/** What the database says of one generation. */
export interface Row {
  id: string;
  state: string;
  shown: string | null;
  prompt: string;
  failure: string | null;
  reply: { platform: string; messageId?: string; channelId?: string; ts?: string };
  hold: string | null;
  holds: number;
  /** When the clip was seen in its reply. */
  delivered: unknown;
  /** When it was about to be sent, in ms. */
  submittedAt: number;
  /** How often it was looked for after it had been given up. */
  checks: number;
}

type RawRow = Omit<Row, 'prompt' | 'reply' | 'submittedAt'> & {
  request: string;
  reply: string;
  submitted_at: unknown;
};

const SELECT = `
  SELECT g.id, g.state, g.shown_state AS shown, g.request, g.failure, g.reply, h.state AS hold, d.delivered_at AS delivered, g.submitted_at, g.checks,
         (SELECT count(*) FROM holds WHERE generation_id = g.id) AS holds
  FROM generations g
  LEFT JOIN holds h ON h.generation_id = g.id
  LEFT JOIN deliveries d ON d.generation_id = g.id
  ORDER BY g.created_at, g.id`;

/** What becomes of a hold, by the state that its generation ends in. */
export const HOLDS: Readonly<Record<string, string>> = {
  delivered: 'settled',
  failed: 'released',
  cancelled: 'released',
  timed_out: 'released',
  undelivered: 'held',
};

/** How often the database is looked at until all is settled, in ms of the machine's clock. */
const LOOK_MS = 100;

/** Reads the database beside those that use it, as a backup would. @param url as in `DATABASE_URL`. */
async function readRows(url: string): Promise<Row[]> {
  const raw = url.startsWith('sqlite:') ? readFile(url.slice('sqlite:'.length)) : await query<RawRow>(url, SELECT);
  return raw.map(({ request, reply, holds, submitted_at, ...row }) => ({
    ...row,
    submittedAt: Number(submitted_at),
    holds: Number(holds),
    prompt: (JSON.parse(request) as { prompt: string }).prompt,
    reply: JSON.parse(reply) as Row['reply'],
  }));
}

/** How many generations there are in a database that several processes share. */
export async function countRows(url: string): Promise<number> {
  const [row] = await query<{ count: string }>(url, 'SELECT count(*) FROM generations');
  return Number(row?.count);
}

/** The generations that are still in the line that several processes share. */
export async function readLine(url: string): Promise<{ id: string; state: string }[]> {
  return await query(url, `SELECT id, state FROM dailies_queue.job WHERE name = 'generations' AND state < 'completed'`);
}

function readFile(path: string): RawRow[] {
  if (!existsSync(path)) return [];
  const database = new SQLite(path, { readonly: true, fileMustExist: true });
  try {
    return database.prepare<[], RawRow>(SELECT).all();
  } finally {
    database.close();
  }
}

async function query<T extends object>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Ends that may be proved wrong: they are looked into once more before they count. */
const GIVEN_UP = /timed_out|_lost/;

/** Whether it has come to an end, and its reply shows it. */
export function isSettled({ state, shown }: Row): boolean {
  return state in HOLDS && shown === state;
}

/** Whether nothing will happen to it any more: what was given up has been looked for once more. */
function isOver(row: Row): boolean {
  return isSettled(row) && (row.state === 'delivered' || !GIVEN_UP.test(row.failure ?? '') || row.checks > 0);
}

/**
 * Resolves with all rows when they are as wanted, and at last when nothing in them has changed for `quietMs` of the
 * machine's clock: how long all of it takes does not matter.
 */
export async function untilRows(
  url: string,
  wanted: (rows: readonly Row[]) => boolean,
  quietMs = PATIENCE_MS,
): Promise<Row[]> {
  let last = '';
  for (let changedAt = Date.now(); ; ) {
    const rows = await readRows(url);
    const seen = JSON.stringify(rows);
    if (seen !== last) changedAt = Date.now();
    last = seen;
    if (wanted(rows) || Date.now() > changedAt + quietMs) return rows;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** The same, until all are over. */
export function untilSettled(url: string, quietMs?: number, isDone = isOver): Promise<Row[]> {
  return untilRows(url, (rows) => rows.every(isDone), quietMs);
}

/** How many ended in which state; `never sent`: their process died in the moment before it would have sent them. */
export function countStates(rows: readonly Row[]): Record<string, number> {
  const states: Record<string, number> = {};
  for (const { state, failure } of rows) {
    const name = /submission_(lost|unclear)/.test(failure ?? '') ? 'never sent' : state;
    states[name] = (states[name] ?? 0) + 1;
  }
  return states;
}
