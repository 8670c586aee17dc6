import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MODELS } from '../../src/domain/models.ts';
import { checkRequest, type RequestInput } from '../../src/domain/request.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { type AimlapiOptions, createAimlapi } from '../../src/providers/aimlapi/aimlapi.ts';
import type { Endpoint } from '../../src/providers/aimlapi/request-fields.ts';
import { type Order, ProviderError } from '../../src/providers/provider.ts';

export const KEY = 'key-0123456789abcdef';
export const ENDPOINTS: Endpoint[] = ['universal', 'bytedance'];

/** An order as the service would give it. */
export function orderFor(
  prompt: string,
  options: { model?: string; clientRequestId?: string; route?: string; options?: RequestInput['options'] } = {},
): Order {
  const { model = 'lite', clientRequestId = 'request-1', route = '' } = options;
  const input = { prompt, model, options: { seed: 1, ...options.options } };
  return { request: checkRequest(input, MODELS, () => 0), clientRequestId, route };
}

/** A generation at the provider. */
export const job = (id: string) => ({ id, route: undefined });

/** What an error of the API looks like when the API itself gives it, in the form of its documentation. */
export const own = (status: number, message = 'no', more: object = {}) =>
  JSON.stringify({ message, path: '/v2', requestId: 'r-1', statusCode: status, timestamp: '2026-11-28', ...more });

/** A provider, and every line that it has logged. */
export function openProvider(baseUrl: string, options: Partial<AimlapiOptions> = {}) {
  const lines: string[] = [];
  const log = createLog('trace', [], { write: (line) => void lines.push(line) });
  const provider = createAimlapi({ baseUrl, key: KEY, endpoint: 'universal', log, clock: systemClock, ...options });
  return { provider, lines };
}

/** A server on the loopback interface that does what the listener says. */
export async function serve(listener: RequestListener) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume();
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The provider error that a call ends in. @throws when it ends well or in another error. */
export async function errorOf(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.then(
    () => new Error('expected an error'),
    (reason: unknown) => reason,
  );
  if (error instanceof ProviderError) return error;
  throw error;
}

/** Real time, but sleeps end when the test says so. */
export function patientClock(): Clock & { wake(): void; sleeping(): number } {
  const sleepers = new Set<() => void>();
  return {
    now: () => Date.now(),
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        sleepers.add(resolve);
        signal?.addEventListener('abort', () => {
          sleepers.delete(resolve);
          reject(signal.reason);
        });
      }),
    wake() {
      for (const resolve of sleepers) resolve();
    },
    sleeping: () => sleepers.size,
  };
}

const ends: (() => unknown)[] = [];

/** Leaves something to do for `closeAll`. */
export function atTheEnd(...todo: (() => unknown)[]): void {
  ends.push(...todo);
}

/** Closes what a test has opened. */
export async function closeAll(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}

/** A provider whose API does what the listener says. */
export async function open(listener: RequestListener, options: Partial<AimlapiOptions> = {}) {
  const server = await serve(listener);
  const opened = openProvider(server.url, { timeoutMs: 2000, ...options });
  atTheEnd(
    () => server.stop(),
    () => opened.provider.stop(),
  );
  const submit = (signal?: AbortSignal) => opened.provider.submit(orderFor('a fox'), signal);
  return { ...opened, server, submit };
}

/** An API that answers everything alike. */
export const answering =
  (status: number, body = '', headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
