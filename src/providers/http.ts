import { Agent, buildConnector, fetch } from 'undici';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

/** The longest answer that is read, in bytes; the API's own are a few hundred, a page of its log about 60 KiB. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** The longest wait for a connection, in ms; shorter than a call's, or it would not be known that nothing was sent. */
const CONNECT_TIMEOUT_MS = 10_000;

/** One call of the API. */
export interface Call {
  method: 'GET' | 'POST';
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
  clientRequestId?: string;
  /** Gives the call up at once. */
  signal?: AbortSignal | undefined;
}

/** What came back. `text` is undefined when the body broke off or was above the limit. */
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
  /** Closes all connections, after the calls that are under way; later ones are not sent. */
  stop(): Promise<void>;
}

/** @throws {RangeError} when the key has characters that no header can carry; the message does not show the key. */
export function createHttp(options: { baseUrl: string; key: string; timeoutMs: number; log: Log; clock: Clock }): Http {
  const { key, timeoutMs, log, clock } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new RangeError('AIMLAPI_KEY: expected letters, digits and signs without spaces, found other characters');
  }
  const agent = createAgent(timeoutMs);
  let stopped: Promise<void> | undefined;

  async function send({ method, path, query, body, clientRequestId, signal }: Call): Promise<HttpAnswer> {
    if (stopped) throw new NotConnected('stopped');
    const started = clock.now();
    const deadline = AbortSignal.timeout(timeoutMs);
    let status: number | undefined;
    try {
      const response = await fetch(`${baseUrl}${path}${query ? `?${new URLSearchParams(query)}` : ''}`, {
        method,
        dispatcher: agent,
        // A redirect could carry the key to somebody else.
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
        headers: {
          authorization: `Bearer ${key}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(clientRequestId === undefined ? {} : { 'x-client-request-id': clientRequestId }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      status = response.status;
      return { status, headers: response.headers, text: await readText(response.body) };
    } catch (error) {
      throw notConnected(error) ?? error;
    } finally {
      log.debug({ method, path, status, durationMs: Math.round(clock.now() - started) }, 'provider call');
    }
  }

  return {
    send,
    stop() {
      stopped ??= agent.close();
      return stopped;
    },
  };
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

async function readText(body: ReadableStream<Uint8Array> | AsyncIterable<unknown> | null): Promise<string | undefined> {
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > MAX_ANSWER_BYTES) return undefined;
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
