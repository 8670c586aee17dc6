import type { Hono } from 'hono';
import { startHttp } from '../../src/http/server.ts';
import { createApp } from '../../src/http/web-app.ts';
import { createLog } from '../../src/lib/log.ts';

/** The app with some routes on it, on a free port of this machine, with everything that it logs. */
export function serveRoutes(...routes: Hono[]) {
  return serveWithLimits({}, ...routes);
}

/** The same, with the largest bodies of some paths. */
export async function serveWithLimits(bodyLimits: Readonly<Record<string, number>>, ...routes: Hono[]) {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('trace', [], { write: (line) => void lines.push(JSON.parse(line)) });
  const app = createApp({ log, bodyLimits });
  for (const some of routes) app.route('/', some);
  const server = await startHttp({ host: '127.0.0.1', port: 0, app, log });
  return { url: server.url, lines, log, close: () => server.close() };
}
