import type { ChildProcess } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { spawnProgram } from './program.ts';

/** The real program in a process of its own. */
export interface BotProcess {
  child: ChildProcess;
  /** All that it has printed. */
  output(): string;
  /** Resolves with its exit code, or with the signal that ended it. */
  ended: Promise<number | string>;
  /** Resolves with the address of its HTTP server once it says that it is ready. */
  ready: Promise<string>;
}

/** Starts the program with nothing but these settings; it is killed at the end of the running test. */
export function startBot(folder: string, settings: Record<string, string> = {}): BotProcess {
  const child = spawnProgram(folder, { PORT: '0', ...settings });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const ready = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
        const url = /(?:is|are) at (http:\/\/\S+?)\. /.exec(output)?.[1];
        if (url) resolve(url);
      });
    }
    child.once('exit', () => reject(new Error(`it ended: ${output}`)));
  });
  ready.catch(() => {});
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? ''));
  });
  return { child, output: () => output, ended, ready };
}
