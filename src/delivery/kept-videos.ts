import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A finished video on this machine's disk. */
export interface KeptVideo {
  /** Absolute path. */
  path: string;
  bytes: number;
}

/** Generation ids are made by us, but arrive in addresses and button ids too. */
const ID = /^[\w-]{1,64}$/;

/** The folder of finished videos, one file a generation; each is there whole or not at all. */
export class KeptVideos {
  readonly #folder: string;

  /** @param dataDir as in `DATA_DIR`. */
  constructor(dataDir: string) {
    this.#folder = resolve(dataDir, 'videos');
  }

  /** The kept video of a generation, or undefined. */
  async find(generation: string): Promise<KeptVideo | undefined> {
    if (!ID.test(generation)) return undefined;
    const path = join(this.#folder, `${generation}.mp4`);
    const found = await stat(path).catch(() => undefined);
    return found?.isFile() ? { path, bytes: found.size } : undefined;
  }

  /** A path to write a generation's video to before it is checked; `keep` moves it into place. */
  async draft(generation: string): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    return join(this.#folder, `${generation}.part`);
  }

  /** Moves a checked draft into place. */
  async keep(generation: string): Promise<KeptVideo> {
    const path = join(this.#folder, `${generation}.mp4`);
    await rename(join(this.#folder, `${generation}.part`), path);
    return { path, bytes: (await stat(path)).size };
  }

  /** Removes a generation's video and draft; changes nothing when there are none. */
  async remove(generation: string): Promise<void> {
    for (const ending of ['mp4', 'part']) await rm(join(this.#folder, `${generation}.${ending}`), { force: true });
  }

  /** The ids of all generations with a file. */
  async list(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return [...new Set(names.map((name) => name.replace(/\.(mp4|part)$/, '')))];
  }
}
