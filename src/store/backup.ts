import { existsSync } from 'node:fs';
import { link, open, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import SQLite from 'better-sqlite3';
import { StoreError } from './store-error.ts';

/**
 * Copies a SQLite database into a new file, also while the bot uses it: the copy is what was committed at one moment,
 * checked and on the disk when this returns.
 * @param url as in `DATABASE_URL`. @param target the path of a file that is not there yet.
 * @throws {StoreError} `unusable` with one plain line; then no file of that name was made.
 */
export async function backUp(url: string, target: string): Promise<void> {
  if (!url.startsWith('sqlite:')) {
    throw new StoreError('unusable', 'expected a SQLite database; copy a Postgres database with pg_dump');
  }
  const source = resolve(url.replace(/^sqlite:/, ''));
  const file = resolve(target);
  const draft = `${file}.part`;
  if (!existsSync(source)) throw new StoreError('unusable', `there is no database at ${source}`);
  if (existsSync(file)) throw new StoreError('unusable', `${file} is there already; name a file that is not`);
  try {
    await rm(draft, { force: true });
    copy(source, draft);
    await flush(draft);
    // Unlike a rename, this never takes the place of a file that came meanwhile.
    await link(draft, file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreError('unusable', `${source} could not be copied to ${file}: ${reason}`, { cause: error });
  } finally {
    await rm(draft, { force: true });
  }
}

/** One read transaction: writers go on meanwhile, and the copy shows nothing of what they do. */
function copy(source: string, draft: string): void {
  const database = new SQLite(source, { readonly: true, fileMustExist: true });
  try {
    database.prepare('VACUUM INTO ?').run(draft);
  } finally {
    database.close();
  }
  const made = new SQLite(draft, { readonly: true, fileMustExist: true });
  try {
    const verdict = made.pragma('integrity_check', { simple: true });
    if (verdict !== 'ok') throw new Error(`the copy is not whole: ${verdict}`);
  } finally {
    made.close();
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
