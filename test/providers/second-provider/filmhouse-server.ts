import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { smallMp4 } from '../../support/mp4.ts';
import { serve } from '../loopback.ts';

/** The Film House on the loopback address, until the end of the running test. */
export async function startFilmhouse(token: string) {
  const clip = smallMp4();
  const orders: Record<string, unknown>[] = [];
  const nowShowing = new Set(['short-reel', 'feature', 'epic']);
  /** How often each ticket was asked about. */
  const asked = new Map<string, number>();
  const respond = async (
    request: { method?: string | undefined; url?: string | undefined; headers: Record<string, unknown> },
    body: () => Promise<unknown>,
  ): Promise<[number, object]> => {
    const path = request.url ?? '';
    if (request.headers['x-usher'] !== token) return [403, { why: 'no ticket' }];
    if (path === '/programme') return [200, { nowShowing: [...nowShowing] }];
    if (request.method === 'PUT') {
      const order = (await body()) as Record<string, unknown>;
      if (!nowShowing.has(String(order.film))) return [410, { why: 'off the programme' }];
      if (String(order.script).includes('scandal')) return [451, { why: 'censored', words: 'Not in this house.' }];
      return [201, { ticket: orders.push(order) }];
    }
    const id = path.slice('/box-office/'.length);
    const times = (asked.get(id) ?? 0) + 1;
    asked.set(id, times);
    if (times === 1) return [200, { phase: 'shooting' }];
    const script = String(orders[Number(id) - 1]?.script);
    if (script.includes('whisper'))
      return [200, { phase: 'scrapped', why: 'censored', words: 'The board has seen it.' }];
    return [200, { phase: 'wrapped', reel: `${server.url}/reels/${id}.mp4`, pennies: 12 }];
  };
  const server = await serve((request, response) => {
    if (request.url?.startsWith('/reels/')) return void response.setHeader('content-type', 'video/mp4').end(clip);
    void respond(request, () => json(request)).then(([status, answer]) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer)),
    );
  });
  onTestFinished(() => server.stop());
  return { url: server.url, clip, orders, nowShowing };
}
