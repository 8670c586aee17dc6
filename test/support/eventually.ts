import { vi } from 'vitest';
import { PATIENCE_MS } from './patience.ts';

/** Waits until this no longer throws. @returns what it returns then. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: PATIENCE_MS, interval: 5 });
}
