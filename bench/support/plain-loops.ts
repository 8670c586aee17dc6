import { systemClock } from '../../src/lib/clock.ts';
import { type PlainRequest, plainLoop } from './plain-loop.ts';

/** A program of plain loops and nothing else. A message of its parent starts one more. */
process.on('message', (message: unknown) => {
  const { start } = Object(message) as { start?: Omit<PlainRequest, 'key' | 'clock'> };
  if (start) void plainLoop({ ...start, key: 'bench-key', clock: systemClock });
});
