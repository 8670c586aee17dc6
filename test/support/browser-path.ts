import { existsSync } from 'node:fs';

/** Where Debian puts it; elsewhere `CHROMIUM_PATH` says where it is. */
export const CHROMIUM = process.env.CHROMIUM_PATH || '/usr/bin/chromium';

export const hasChromium = (): boolean => existsSync(CHROMIUM);
