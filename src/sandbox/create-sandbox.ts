import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Stops } from '../lib/shutdown.ts';
import { startSandbox } from './sandbox.ts';

/** Dependencies of `createSandbox`. */
export interface CreateSandboxParts {
  /** `DATA_DIR`; the sandbox has a folder of its own in it. */
  dataDir: string;
  /** How much faster than usual it works. @default 1 */
  speed: number | undefined;
  clock: Clock;
  log: Log;
  stops: Stops;
}

/** What starts the sandbox, with a new key, should the provider need one. */
export function createSandbox({ dataDir, speed, clock, log, stops }: CreateSandboxParts) {
  return async (): Promise<{ url: string; key: string }> => {
    const key = randomBytes(16).toString('hex');
    const folder = join(dataDir, 'sandbox');
    const sandbox = await startSandbox({ key, dataDir: folder, log, clock, ...(speed && { speed }) });
    stops.add('sandbox', () => sandbox.stop());
    return { url: sandbox.url, key };
  };
}
