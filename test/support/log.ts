import { createLog, type Log } from '../../src/lib/log.ts';

/** A log whose lines can be read back. */
export function recordingLog(secrets: readonly string[] = []): { log: Log; lines: string[] } {
  const lines: string[] = [];
  return { log: createLog('trace', secrets, { write: (line) => void lines.push(line) }), lines };
}
