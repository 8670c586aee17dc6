import { createHash } from 'node:crypto';
import type { Pool } from './postgres.ts';
import { StoreError } from './store-error.ts';

/** Settings that all processes which share a database must have alike, by their names. */
export type Identity = Readonly<Record<string, string | undefined>>;

/** Two processes that each differ from the database by no more than this differ by less than a minute, in ms. */
const MOST_SKEW_MS = 30_000;

const PREFIX = 'dailies/';

/**
 * Name of a process at the database: lets others compare its settings with theirs without revealing them.
 * Postgres cuts names off after 63 characters.
 */
export function applicationName(identity: Identity): string {
  return PREFIX + Object.values(identity).map(fingerprint).join('/');
}

function fingerprint(value: string | undefined): string {
  return value === undefined ? '-' : createHash('sha256').update(value).digest('hex').slice(0, 12);
}

/**
 * Compares this process with the database's clock and with the other processes that are connected to it.
 * @param now this machine's time, in ms.
 * @throws {StoreError} `peers`.
 */
export async function checkPeers(pool: Pool, identity: Identity, now: () => number): Promise<void> {
  const asked = now();
  const { rows } = await pool.query(
    `select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as time, coalesce(array_agg(distinct application_name)
      filter (where application_name like $1), '{}') as names
      from pg_stat_activity where datname = current_database()`,
    [`${PREFIX}%`],
  );
  const skew = Math.round((asked + now()) / 2 - rows[0].time);
  if (Math.abs(skew) > MOST_SKEW_MS) {
    const seconds = Math.round(Math.abs(skew) / 1000);
    const word = skew > 0 ? 'ahead of' : 'behind';
    throw new StoreError(
      'peers',
      `this machine's clock is ${seconds} s ${word} the database's; set both by a time server (NTP)`,
    );
  }
  const mine = applicationName(identity).slice(PREFIX.length).split('/');
  for (const name of rows[0].names as string[]) {
    // A tool such as the one that copies a store brings no settings.
    if (name === PREFIX) continue;
    const theirs = name.slice(PREFIX.length).split('/');
    const setting = Object.keys(identity).find((_, index) => theirs[index] !== mine[index]);
    if (setting) {
      throw new StoreError(
        'peers',
        `${setting}: expected the same value as in the other processes that share this database, found another (or one of an older version still runs)`,
      );
    }
  }
}
