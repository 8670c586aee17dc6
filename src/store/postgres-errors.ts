import { StoreError } from './store-error.ts';

/** Conflicts between concurrent transactions; a retry succeeds (PostgreSQL, "Error Codes", class 40). */
const CONFLICTS = new Set(['40001', '40P01']);

/**
 * The connection or the server went away before the answer (class 08, 57P, and Node's own codes), the server takes no
 * more connections for the moment (53300), or it ended a transaction that had stood still (25P03).
 */
const OUTAGES = new Set([
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '25P03',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
]);

/** Words of the driver, which gives these no code. */
const OUTAGE_WORDS = /^(connection terminated|client has encountered a connection error|timeout exceeded when trying)/i;

/** Whether a transaction failed only because of another one at the same time. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(codeOf(error));
}

/** Whether the database was unreachable; the operation may or may not have happened. */
export function isOutage(error: unknown): boolean {
  return OUTAGES.has(codeOf(error)) || (error instanceof Error && OUTAGE_WORDS.test(error.message));
}

/** Puts the reason why a database cannot be opened into one plain line, without the password. */
export function openingError(error: unknown, address: string): StoreError {
  const code = codeOf(error);
  const options = { cause: error };
  if (code === '28P01' || code === '28000') {
    return new StoreError('denied', `DATABASE_URL: ${address} does not accept this user name and password`, options);
  }
  if (code === '3D000') {
    return new StoreError('missing', `DATABASE_URL: there is no such database at ${address}; create it first`, options);
  }
  if (isOutage(error)) {
    return new StoreError(
      'unreachable',
      `DATABASE_URL: no database answers at ${address} (${reasonOf(error)})`,
      options,
    );
  }
  return new StoreError('unusable', `DATABASE_URL: ${address} cannot be used: ${reasonOf(error)}`, options);
}

/** The server's name, port and database, for people; never the user or the password. */
export function addressOf(url: string): string {
  if (!URL.canParse(url)) return 'the given address';
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = hostname || searchParams.get('host') || 'localhost';
  return `${decodeURIComponent(host)}:${port || 5432}${decodeURIComponent(pathname)}`;
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code ?? '');
}

/** The first line of what went wrong; Node gives several attempts at one address an error without a message. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] || codeOf(error);
}
