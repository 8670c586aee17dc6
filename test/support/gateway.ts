import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../src/lib/clock.ts';

/** An answer that a gateway gives itself. */
export interface OwnAnswer {
  status: number;
  body: string;
}

/**
 * What a gateway answers itself instead of passing it on.
 * @param before the number of requests of that method and path before this one.
 */
export type Answering = (call: { method: string; path: string; before: number }) => OwnAnswer | undefined;

/** A refusal in the API's own words, of which its log knows nothing. */
export const refusedUnlogged = (status: number, message = 'not now'): OwnAnswer => ({
  status,
  body: JSON.stringify({ message, path: '/v2', requestId: 'r-1', statusCode: String(status) }),
});

/** Starts a gateway in front of an address, with the same clock, until the end of the running test. */
export async function startGateway(to: string, clock: Clock, answer: Answering): Promise<{ url: string }> {
  const counts = new Map<string, number>();
  const server = createServer((from, response) => {
    const method = from.method ?? '';
    const path = new URL(from.url ?? '', to).pathname;
    const before = counts.get(`${method} ${path}`) ?? 0;
    counts.set(`${method} ${path}`, before + 1);
    const own = answer({ method, path, before });
    if (own) {
      from.resume();
      response.writeHead(own.status, { date: new Date(clock.now()).toUTCString() }).end(own.body);
      return;
    }
    const onward = request(to + from.url, { method, headers: from.headers }, (theirs) => {
      response.writeHead(theirs.statusCode ?? 500, theirs.headers);
      theirs.pipe(response);
    });
    onward.on('error', () => response.destroy());
    from.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
