import type { Hono } from 'hono';
import type { Config } from '../config/config.ts';
import type { KeptVideos } from '../delivery/kept-videos.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Stops } from '../lib/shutdown.ts';
import type { SteadyProvider } from '../providers/provider.ts';
import type { Engine } from '../queue/engine.ts';
import type { DataStore } from '../store/repositories.ts';
import { createHealth } from './health.ts';
import { type Media, openMedia } from './media.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { startHttp } from './server.ts';
import { createApp } from './web-app.ts';

/** Dependencies of `createHttp`. */
export interface CreateHttpParts {
  config: Config;
  store: DataStore;
  provider: Pick<SteadyProvider, 'paused'>;
  engine: Pick<Engine, 'running'>;
  videos: KeptVideos;
  clock: Clock;
  log: Log;
  stops: Stops;
}

/** The HTTP server, as the other rooms use it. */
export interface HttpRoom {
  media: Pick<Media, 'path' | 'url'>;
  spent: Metrics['spent'];
  /**
   * Starts the server with the routes of this room and these.
   * @param routes mounted at the root. @param bodyLimits as in `createApp`.
   * @returns its address. @throws {Error} as `startHttp` does.
   */
  start(routes: readonly Hono[], bodyLimits: Readonly<Record<string, number>>): Promise<string>;
}

/** Health, metrics, links to videos, and the server that serves them; nothing is served before `start`. */
export async function createHttp(parts: CreateHttpParts): Promise<HttpRoom> {
  const { config, store, provider, engine, videos, clock, log, stops } = parts;
  const countByState = () => store.generations.countByState();
  const check = async () => void (await countByState());
  const health = createHealth({ check, pause: () => provider.paused(), clock, log });
  const metrics = createMetrics({ countByState, running: () => engine.running() });
  const media = await openMedia({ store, videos, publicUrl: config.PUBLIC_URL, clock });
  return {
    media,
    spent: metrics.spent,
    async start(routes, bodyLimits) {
      const app = createApp({ log, bodyLimits });
      for (const mounted of [health.routes, metrics.routes, media.routes, ...routes]) app.route('/', mounted);
      const http = await startHttp({ host: config.HOST, port: config.PORT, app, log });
      stops.add('http', () => http.close());
      return http.url;
    },
  };
}
