import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createApi } from './api.ts';
import { createClipMaker } from './clips/render.ts';
import { type Job, openJobs } from './jobs.ts';

/** How a sandbox is to behave. */
export interface SandboxOptions {
  clock: Clock;
  log: Log;
  /** Where to listen. @default '127.0.0.1' */
  host?: string;
  /** 0 takes a free one. @default 0 */
  port?: number;
  /** The folder that keeps the generations when the process ends; without it they are forgotten. */
  dataDir?: string;
  /** How many times faster than usual generations are made. @default 1 */
  speed?: number;
  /** How long a generation takes at speed 1, in ms, whatever its model. @default lite 4000, pro about 6000 */
  durationMs?: number;
  /** The only key that is taken. @default any */
  key?: string;
  /** How long a request takes to turn up in the log of requests, in ms. @default 0 */
  logLagMs?: number;
  /** What is left on the account, in US dollars; never less. @default 100 */
  balance?: number;
  /** The short side of every clip in pixels, for tests that need many. @default by resolution: 240, 360, 540 */
  shortSide?: number;
  /** Makes the ids of generations. @default random UUIDs */
  newId?: () => string;
}

/** A running sandbox. */
export interface Sandbox {
  /** The base address, without a slash at its end. */
  readonly url: string;
  /** Every POST that was accepted and is not older than a day, oldest first. */
  readonly requests: readonly Job[];
  /** Ends all connections at once. */
  stop(): Promise<void>;
}

/**
 * Starts a stand-in for the AI/ML API: a real HTTP server that makes real clips and costs nothing.
 * @throws {Error} when it can't listen there, or the folder can't be written.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock, log, host = '127.0.0.1', port = 0, dataDir, newId = randomUUID } = options;
  const jobs = await openJobs(dataDir, clock.now());
  const clips = createClipMaker();
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  const url = `http://${reachable(host)}:${(server.address() as AddressInfo).port}`;
  const handle = createApi({
    url,
    jobs,
    clips,
    clock,
    newId,
    key: options.key,
    speed: options.speed ?? 1,
    durationMs: options.durationMs,
    logLagMs: options.logLagMs ?? 0,
    balance: options.balance ?? 100,
    shortSide: options.shortSide,
  });
  server.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.destroyed) log.warn({ err: error }, 'sandbox: a request failed');
      response.destroy();
    });
  });
  return {
    url,
    get requests() {
      return jobs.all();
    },
    async stop() {
      clips.stop();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The host as others on this machine write it in an address. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
