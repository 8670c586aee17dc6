import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../lib/log.ts';

/**
 * Bolt's logger, leading into ours. Its debug lines hold whole payloads, with prompts and addresses that answer
 * interactions, so they are never asked for; what it calls an error is often only a retry, so it is a warning.
 */
export function boltLogger(log: Log): Logger {
  const write =
    (level: 'info' | 'warn') =>
    (...parts: unknown[]) =>
      log[level]({ from: 'bolt' }, parts.map(line).join(' '));
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: write('warn'),
    error: write('warn'),
    getLevel: () => LogLevel.INFO,
    setLevel: () => undefined,
    setName: () => undefined,
  };
}

function line(part: unknown): string {
  if (typeof part === 'string') return part;
  return part instanceof Error ? `${part.name}: ${part.message}` : typeof part;
}
