import { Hono } from 'hono';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Pause } from '../providers/provider.ts';

/**
 * `GET /healthz`: 200 when the process can do its work, else 503. The reason goes to the log and not into the answer,
 * because anybody may ask.
 * The one reason that it names is the account at the provider, as nobody but the operator can mend that.
 * @param options `check` rejects when something that everything depends on (the database) is out of order; `pause` says
 *   why nothing is sent to the provider.
 */
export function createHealth(options: {
  check: () => Promise<void>;
  pause: () => Pause | undefined;
  clock: Clock;
  log: Log;
}): { routes: Hono } {
  const { check, pause, clock, log } = options;
  const startedAt = clock.now();
  const routes = new Hono();
  routes.get('/healthz', async (c) => {
    c.header('cache-control', 'no-store');
    const uptimeSeconds = Math.floor((clock.now() - startedAt) / 1000);
    try {
      await check();
      if (pause() === 'account') return c.json({ status: 'account refused', uptimeSeconds }, 503);
      return c.json({ status: 'ok', uptimeSeconds });
    } catch (error) {
      log.error({ err: error }, 'the health check failed');
      return c.json({ status: 'unavailable', uptimeSeconds }, 503);
    }
  });
  return { routes };
}
