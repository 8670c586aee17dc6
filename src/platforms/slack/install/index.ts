import type { Clock } from '../../../lib/clock.ts';
import { type Entries, Installations } from './installations.ts';
import { Sealer } from './sealing.ts';

export { REMOVAL_EVENTS } from './removal.ts';
export { createInstallRoutes } from './routes.ts';

/** The installations, with the key that seals them. */
export interface OpenInstallations {
  installations: Installations;
  sealer: Sealer;
}

/**
 * Opens the installations of all workspaces; enough for a process that only sends.
 * @param options `keyv` is a namespace of its own; `secretKey` as in `SECRET_KEY`.
 * @throws {InstallationError} `other key` when the stored ones belong to another `SECRET_KEY`; `damaged`.
 */
export async function createInstallations(options: {
  keyv: Entries;
  secretKey: string;
  clock: Clock;
}): Promise<OpenInstallations> {
  const { keyv, secretKey, clock } = options;
  const sealer = new Sealer(secretKey);
  const installations = new Installations({ keyv, sealer, clock });
  await installations.checkKey();
  return { installations, sealer };
}
