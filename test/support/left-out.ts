import { CHROMIUM, hasChromium } from './browser-path.ts';
import { findPrograms } from './postgres-server.ts';

/** What a run leaves out on this machine and why, in one line; nothing where all can be run, or has to be (`CI`). */
function leftOut(): string | undefined {
  if (process.env.CI) return undefined;
  const missing = [
    !hasChromium() && `the playground's page (there is no Chromium at ${CHROMIUM}; CHROMIUM_PATH can name another)`,
    !findPrograms() && 'several processes on Postgres (its programs are neither in PATH nor in /usr/lib/postgresql)',
  ].filter((what) => what !== false);
  return missing.length === 0 ? undefined : `Left out were the tests of ${missing.join(' and those of ')}.`;
}

/** For the end of a run: everything else has been printed by then. */
export default class LeftOutReporter {
  onTestRunEnd(): void {
    const line = leftOut();
    if (line !== undefined) console.log(line);
  }
}
