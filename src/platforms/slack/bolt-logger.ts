import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../lib/log.ts';

/**
 * Connects Bolt's logger to ours. Its debug lines contain whole payloads, with prompts and addresses that answer
 * interactions, so they stay off; many of its errors are only retries, so they become warnings.
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
