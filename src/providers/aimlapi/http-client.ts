import type { Readable } from 'node:stream';
import { Agent, buildConnector, request } from 'undici';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';

/** The longest answer that is read, in bytes; the API's own are a few hundred, a page of its log about 60 KiB. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** A clock that differs from the API's by more than this is told to the operator, in ms. */
const SKEW_TOLD_MS = 60_000;

/** The longest wait for a connection, in ms; shorter than a call's, or it would not be known that nothing was sent. */
const CONNECT_TIMEOUT_MS = 10_000;

/** One call of the API. */
export interface Call {
  method: 'GET' | 'POST';
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
  /** The `ETag` of the answer that is known already. */
  etag?: string | undefined;
  /** The longest answer that is read, in bytes. @default 1 MiB */
  mostBytes?: number;
  clientRequestId?: string;
  /** Gives the call up at once. */
  signal?: AbortSignal | undefined;
}

/** An answer as it came. `text` is undefined when the body broke off, and empty when it was above the limit. */
export interface HttpAnswer {
  status: number;
  headers: { get(name: string): string | null };
  text: string | undefined;
}

/** No connection could be made (refused, name not found, TLS, time-out, stopped), so nothing has been sent. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
}

/** Sends calls with the key; knows HTTP and nothing of videos. */
export interface Http {
  /** @throws {NotConnected} when nothing was sent; any other error means that it may have been. */
  send(call: Call): Promise<HttpAnswer>;
  /**
   * How far the API's clock is ahead of ours, in ms, by the `Date` of its latest answer; undefined before the first.
   */
  skewMs(): number | undefined;
  /** Closes all connections, after the calls that are under way; later ones are not sent. */
  stop(): Promise<void>;
}

/** @throws {RangeError} when the key has characters that no header can carry; the message does not show the key. */
export function createHttpClient(options: {
  baseUrl: string;
  key: string;
  timeoutMs: number;
  log: Log;
  clock: Clock;
}): Http {
  const { key, timeoutMs, log, clock } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new RangeError('AIMLAPI_KEY: expected letters, digits and signs without spaces, found other characters');
  }
  const agent = createAgent(timeoutMs);
  const skew = new Skew(clock, log);
  let stopped: Promise<void> | undefined;

  async function send(call: Call): Promise<HttpAnswer> {
    const { method, path, query, body, signal, mostBytes } = call;
    if (stopped) throw new NotConnected('stopped');
    const started = clock.now();
    const limit = limitTo(timeoutMs, signal);
    let status: number | undefined;
    try {
      // Follows no redirects, which could carry the key to somebody else. `fetch` would do too, but a thousand
      // generations polled with it hold three times the memory.
      const answer = await request(`${baseUrl}${path}${query ? `?${new URLSearchParams(query)}` : ''}`, {
        method,
        dispatcher: agent,
        signal: limit.signal,
        headers: headersOf(call, key),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      status = answer.statusCode;
      const headers = new Headers();
      for (const [name, value] of Object.entries(answer.headers)) if (value) headers.set(name, String(value));
      skew.measure(headers.get('date'), started);
      return { status, headers, text: await readText(answer.body, mostBytes) };
    } catch (error) {
      throw notConnected(error) ?? error;
    } finally {
      limit.end();
      log.debug({ method, path, status, durationMs: Math.round(clock.now() - started) }, 'provider call');
    }
  }

  return {
    send,
    skewMs: () => skew.ms,
    stop() {
      stopped ??= agent.close();
      return stopped;
    },
  };
}

function headersOf({ body, clientRequestId, etag }: Call, key: string): Record<string, string> {
  return {
    authorization: `Bearer ${key}`,
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(clientRequestId === undefined ? {} : { 'x-client-request-id': clientRequestId }),
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
  };
}

/** How far the API's clock is ahead of ours. */
class Skew {
  readonly #clock: Clock;
  readonly #log: Log;
  #told = false;
  /** Undefined before the first answer. */
  ms: number | undefined;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /** `Date` has whole seconds, and was written somewhere between the call and its answer. */
  measure(date: string | null, began: number): void {
    const theirs = Date.parse(date ?? '');
    if (Number.isNaN(theirs)) return;
    // Moments reckoned with it are stored, and a database takes whole milliseconds only.
    this.ms = Math.round(theirs + 500 - (began + this.#clock.now()) / 2);
    const large = Math.abs(this.ms) > SKEW_TOLD_MS;
    if (large && !this.#told) {
      const seconds = Math.round(this.ms / 1000);
      this.#log.warn({ seconds }, 'the clock of this machine and that of the provider differ; please set the clock');
    }
    this.#told = large;
  }
}

/**
 * Connections are not limited in number: a call that waited for one would use up its time without having been sent.
 */
function createAgent(timeoutMs: number): Agent {
  const connect = buildConnector({ timeout: Math.min(CONNECT_TIMEOUT_MS, timeoutMs / 2), allowH2: false });
  return new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: (target, callback) =>
      connect(target, (...[error, socket]) => {
        if (error) callback(new NotConnected('no connection', { cause: error }), null);
        else callback(null, socket);
      }),
  });
}

/** A signal that aborts after `ms` or with the given one; `end` lets go of both, so that neither outlives the call. */
function limitTo(ms: number, signal: AbortSignal | undefined): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(new DOMException('no answer in time', 'TimeoutError')), ms);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}

async function readText(body: Readable, mostBytes = MAX_ANSWER_BYTES): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) return '';
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** The reason why nothing was sent, if that is certain. */
function notConnected(error: unknown): NotConnected | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if (cause instanceof NotConnected) return cause;
  }
  return undefined;
}
