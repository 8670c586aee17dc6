import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const REMOVE = { recursive: true, force: true };

/** Folders that are still in use. */
const folders = new Set<string>();

// A bench that is interrupted or fails leaves nothing behind either.
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, REMOVE);
});

/** Runs `work` with a folder of its own, which is removed afterwards. */
export async function withTempFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dailies-bench-'));
  folders.add(folder);
  try {
    return await work(folder);
  } finally {
    await rm(folder, REMOVE);
    folders.delete(folder);
  }
}
