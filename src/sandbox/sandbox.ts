import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Account, AccountState, NoCreditStatus } from './account.ts';
import { Api } from './api-routes.ts';
import { createCalls, type NotedCall } from './calls.ts';
import { createClipMaker } from './clips/clip-maker.ts';
import { createFaults, type Fault } from './faults.ts';
import { openJobs, type SandboxJob } from './jobs.ts';
import { createOffer } from './offered-models.ts';
import type { ErrorShape } from './refusal-bodies.ts';

/** Settings of a sandbox. */
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
  /** How long a generation takes at speed 1, in ms, whatever its model. @default 3000 to 12000, by model */
  durationMs?: number;
  /** The only key that is taken. @default any */
  key?: string;
  /** How long a request takes to turn up in the log of requests, in ms. @default 0 */
  logLagMs?: number;
  /**
   * When a generation turns up in the log of requests: once it is accepted, or once it has ended.
   * @default 'accepted'
   */
  logAt?: 'accepted' | 'end';
  /** Calls of the log in a minute before it answers 429; the real API allows 200. @default no limit */
  logsPerMinute?: number;
  /** Account balance in US dollars; it changes only when it is set. @default 100 */
  balance?: number;
  /** Models that are withdrawn from the start, by label (`lite`) or name. @default none */
  withdrawn?: readonly string[];
  /** The body of refusals: as documented, or as seen live. @default 'documented' */
  errorShape?: ErrorShape;
  /** How far the API's clock is ahead of `clock`, in ms; negative when it is behind. @default 0 */
  skewMs?: number;
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
  readonly requests: readonly SandboxJob[];
  /** The latest 10,000 calls of the API, oldest first. */
  readonly calls: readonly NotedCall[];
  /**
   * Withdraws a model: it is not listed, is in the list of deprecations, and a POST is answered 404.
   * @param name the label (`lite`), the name or an alias, as everywhere. @throws {RangeError} for an unknown one.
   */
  withdraw(name: string): void;
  /** Announces the end of a model: it is served until that day, but not listed. @param shutdownAt `YYYY-MM-DD`. */
  deprecate(name: string, shutdownAt: string): void;
  /** Folds a model into another: its names become aliases of that one, and it is still served. */
  supersede(name: string, by: string): void;
  /** Offers the model again as if nothing had been announced. */
  restore(name: string): void;
  /**
   * Sets the state of the account. Without credit, POSTs are refused and polls go on; with a bad key, every call that
   * needs a key is answered 401.
   * @param status the refusal for an account without credit. @default 403
   */
  setAccount(state: AccountState, status?: NoCreditStatus): void;
  setBalance(usd: number): void;
  /** Refuses polls, of one generation or of all, until it is lifted. @returns a function that lifts it. */
  fault(fault: Fault): () => void;
  /** Lifts every fault. */
  liftFaults(): void;
  /** Ends all connections at once. */
  stop(): Promise<void>;
}

const DEFAULTS = {
  key: undefined,
  speed: 1,
  durationMs: undefined,
  logLagMs: 0,
  logAt: 'accepted',
  logsPerMinute: Number.POSITIVE_INFINITY,
  balance: 100,
  withdrawn: [],
  errorShape: 'documented',
  skewMs: 0,
  shortSide: undefined,
} as const;

/**
 * Starts a stand-in for the AI/ML API: a real HTTP server that makes real clips and costs nothing.
 * @throws {Error} when it can't listen there, or the folder can't be written.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { clock, log, host = '127.0.0.1', port = 0, dataDir, newId = randomUUID } = options;
  const jobs = await openJobs(dataDir, clock.now());
  const clips = createClipMaker();
  const calls = createCalls();
  const faults = createFaults();
  const settings = { ...DEFAULTS, ...options };
  const offer = createOffer(() => clock.now() + settings.skewMs, settings.withdrawn);
  const account: Account = { state: 'ok', noCreditStatus: 403, balance: settings.balance };
  const { server, url } = await listen(host, port);
  const api = new Api({
    ...settings,
    url,
    jobs,
    clips,
    clock,
    newId,
    offer,
    account,
    faults,
    noteCall: calls.note,
  });
  serve(server, api, log);
  return {
    url,
    get requests() {
      return jobs.all();
    },
    get calls() {
      return calls.latest();
    },
    withdraw: offer.withdraw,
    deprecate: offer.deprecate,
    supersede: offer.supersede,
    restore: offer.restore,
    setAccount(state, status = 403) {
      Object.assign(account, { state, noCreditStatus: status });
    },
    setBalance(usd) {
      account.balance = usd;
    },
    fault: faults.add,
    liftFaults: faults.lift,
    async stop() {
      clips.stop();
      await close(server);
    },
  };
}

async function listen(host: string, port: number): Promise<{ server: Server; url: string }> {
  const server = createServer();
  server.listen(port, host);
  await once(server, 'listening');
  return { server, url: `http://${reachable(host)}:${(server.address() as AddressInfo).port}` };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function serve(server: Server, api: Api, log: Log): void {
  server.on('request', (request, response) => {
    api.handle(request, response).catch((error: unknown) => {
      if (!response.destroyed) log.warn({ err: error }, 'sandbox: a request failed');
      response.destroy();
    });
  });
}

/** The host as others on this machine write it in an address. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
