import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../../src/store/store.ts';
import { tempFolder } from './temp.ts';

let empty: Promise<Buffer> | undefined;

/** Puts an empty database whose schema is up to date into a folder: copying one is far cheaper than all migrations. */
export async function putDatabase(folder: string): Promise<void> {
  empty ??= makeEmpty();
  await writeFile(join(folder, 'dailies.db'), await empty);
}

/** An empty database of the running test's own. */
export async function openFreshStore(): Promise<Store> {
  const folder = await tempFolder();
  await putDatabase(folder);
  const store = await openStore(`sqlite:${join(folder, 'dailies.db')}`);
  onTestFinished(() => store.close());
  return store;
}

async function makeEmpty(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-'));
  try {
    const store = await openStore(`sqlite:${join(folder, 'dailies.db')}`);
    // The last connection to close leaves everything in the one file.
    await store.close();
    return await readFile(join(folder, 'dailies.db'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
