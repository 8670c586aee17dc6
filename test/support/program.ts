import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** What Node has compiled is kept there, so that the many starts of a test run take a third less. */
const COMPILE_CACHE = join(tmpdir(), 'dailies-tests-compiled');

/**
 * Starts the real program in a process of its own, with these settings and nothing else.
 * @param preload the address of a module that is loaded before it.
 */
export function spawnProgram(
  folder: string,
  settings: Readonly<Record<string, string>>,
  preload?: string,
): ChildProcess {
  const flags = ['--disable-warning=ExperimentalWarning', ...(preload === undefined ? [] : ['--import', preload])];
  return spawn(process.execPath, [...flags, MAIN], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: COMPILE_CACHE, ...settings },
  });
}
