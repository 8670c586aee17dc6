import type { ChildProcess } from 'node:child_process';
import { PATIENCE_MS } from '../support/patience.ts';
import { spawnProgram } from '../support/program.ts';

const PRELOAD = new URL('preload.ts', import.meta.url).href;

/** The real program in a process of its own. */
export interface Child {
  process: ChildProcess;
  /** Resolves when it says that it is ready, or has ended before. */
  ready: Promise<'ready' | 'ended'>;
  /** Resolves when it has ended, with its exit code or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  output(): string;
}

/** Nothing of a run outlives it, however that ends. */
const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Starts the program with these settings and nothing else. */
export function startChild(folder: string, settings: Readonly<Record<string, string>>): Child {
  const child = spawnProgram(folder, settings, PRELOAD);
  living.add(child);
  child.once('exit', () => living.delete(child));
  let output = '';
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? -1));
  });
  const ready = new Promise<'ready' | 'ended'>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the bot did not start in time: ${output}`)), PATIENCE_MS);
    const settle = (how: 'ready' | 'ended') => {
      clearTimeout(late);
      resolve(how);
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
        if (output.includes('Dailies is ready.')) settle('ready');
      });
    }
    child.once('exit', () => settle('ended'));
  });
  return { process: child, ready, ended, output: () => output };
}
