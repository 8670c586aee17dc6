import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Log } from '../lib/log.ts';

/**
 * How long a client may take to send its headers, and its whole request, and how often that is looked at. An answer may
 * take as long as it likes.
 */
export interface ClientTimeouts {
  headersMs: number;
  requestMs: number;
  checkMs: number;
}

const TIMEOUTS: ClientTimeouts = { headersMs: 10_000, requestMs: 30_000, checkMs: 5_000 };

/** How long `close` lets running answers end by themselves; streams of events never would. */
const CLOSE_GRACE_MS = 200;

/** A running HTTP server. */
export interface HttpServer {
  /** `http://host:port` as a person would type it, without a slash at its end. */
  url: string;
  /** Takes no more requests, and ends every connection within a fraction of a second. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts the project's one HTTP server.
 * @param options `host` and `port` as in `HOST` and `PORT`; port 0 picks a free one.
 * @throws {Error} with one plain line when the server cannot listen there.
 */
export async function startHttp(options: {
  host: string;
  port: number;
  app: Hono;
  log: Log;
  timeouts?: ClientTimeouts;
}): Promise<HttpServer> {
  const { host, port, app, log, timeouts = TIMEOUTS } = options;
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: timeouts.headersMs,
      requestTimeout: timeouts.requestMs,
      connectionsCheckingInterval: timeouts.checkMs,
    },
  }) as Server;
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw new Error(describeListenError(error, host, port), { cause: error });
  }
  server.on('error', (error) => log.error({ err: error }, 'the HTTP server has a problem'));
  const url = `http://${typedHost(host)}:${(server.address() as AddressInfo).port}`;
  let closing: Promise<void> | undefined;
  return {
    url,
    close() {
      closing ??= closeServer(server);
      return closing;
    },
  };
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const grace = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
  await closed;
  clearTimeout(grace);
}

/** The addresses that mean "everywhere" are no address to type; this machine has a name that always is. */
function typedHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}

const LISTEN_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses it already; stop that program or set PORT to another number',
  EACCES: 'this user may not use it; set PORT to a number above 1023',
  EADDRNOTAVAIL: 'this machine does not have that address; check HOST',
  ENOTFOUND: 'there is no such address; check HOST',
};

function describeListenError(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = LISTEN_PROBLEMS[code] ?? (error instanceof Error ? error.message : String(error));
  return `cannot listen at ${isIPv6(host) ? `[${host}]` : host} port ${port}: ${reason}`;
}
