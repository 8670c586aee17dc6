import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Footprint } from './report-footprint.ts';

/** A program in a process of its own, whose memory can be asked for. */
export interface MeasuredProcess {
  child: ChildProcess;
  /** What it takes after everything that is not needed any more has been collected. */
  measure(): Promise<Footprint>;
  /** Ends it, by force if it does not listen. */
  end(): Promise<void>;
}

/** How long a program may take to end by itself, in ms. */
const PATIENCE_MS = 15_000;

/** Starts a program. @param environment all that it sees. @param folder its working folder. */
export function startMeasured(
  program: URL,
  options: { environment: Record<string, string>; folder: string },
): MeasuredProcess {
  const { environment, folder } = options;
  const reporter = new URL('./report-footprint.ts', import.meta.url);
  const child = fork(program, {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning', '--import', reporter.href],
    env: environment,
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  return {
    child,
    async measure() {
      child.send('measure');
      const [footprint] = await once(child, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) });
      return footprint as Footprint;
    },
    async end() {
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await ended;
      clearTimeout(force);
    },
  };
}
