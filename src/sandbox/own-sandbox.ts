import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Stops } from '../lib/shutdown.ts';
import { startSandbox } from './sandbox.ts';

/** Starts the sandbox of this process alone. @param parts `folder` as in `DATA_DIR`; `speed` as in `SandboxOptions`. */
export async function startOwnSandbox(parts: {
  folder: string;
  speed?: number | undefined;
  clock: Clock;
  log: Log;
  stops: Stops;
}): Promise<{ url: string; key: string }> {
  const { folder, speed = 1, clock, log, stops } = parts;
  const key = randomBytes(16).toString('hex');
  const sandbox = await startSandbox({ key, dataDir: join(folder, 'sandbox'), speed, clock, log });
  stops.add('sandbox', () => sandbox.stop());
  return { url: sandbox.url, key };
}
