import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Clock } from '../../src/lib/clock.ts';
import { smallMp4 } from '../../test/support/mp4.ts';

/** The size of every video, in bytes. */
const VIDEO_BYTES = 1_000_000;

/** What was asked of the stand-in, and what came of it; times are ms of its clock. */
export interface Made {
  id: string;
  clientRequestId: string | undefined;
  /** The API's name. */
  model: string;
  /** From this moment on a poll is told that the video is there. */
  readyAt: number;
  polls: number;
}

/** A running stand-in for the AI/ML API. */
export interface StandIn {
  /** The base address, without a slash at its end. */
  url: string;
  /** All that was accepted, oldest first. */
  made: readonly Made[];
  stop(): Promise<void>;
}

/** The prompt of a video that takes so long at the stand-in. */
export function promptTaking(ms: number): string {
  return `a dragon over the peaks, takes ${Math.round(ms)} ms`;
}

/**
 * Starts the least of the AI/ML API's universal endpoint that a client needs to get a video. Unlike the sandbox it takes
 * as long for each video as its prompt says, counts polls, and makes no pictures, so that it takes little of the machine.
 */
export async function startStandIn(clock: Clock): Promise<StandIn> {
  const made: Made[] = [];
  const byId = new Map<string, Made>();
  const video = smallMp4(VIDEO_BYTES);
  const server = createServer();

  async function accept(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { model, prompt } = JSON.parse(await text(request)) as { model: string; prompt: string };
    const clientRequestId = request.headers['x-client-request-id'];
    const one: Made = {
      id: `video-${made.length + 1}`,
      clientRequestId: typeof clientRequestId === 'string' ? clientRequestId : undefined,
      model,
      readyAt: clock.now() + Number(/takes (\d+) ms/.exec(prompt)?.[1]),
      polls: 0,
    };
    made.push(one);
    byId.set(one.id, one);
    answer(response, 201, { id: one.id, status: 'queued' });
  }

  function poll(id: string, response: ServerResponse): void {
    const one = byId.get(id);
    if (!one) {
      answer(response, 404, { message: 'Generation not found' });
      return;
    }
    one.polls += 1;
    const isReady = clock.now() >= one.readyAt;
    const ready = { status: 'completed', video: { url: `${address}/files/${id}.mp4` } };
    answer(response, 200, { id, ...(isReady ? ready : { status: 'generating' }) });
  }

  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', address);
    if (url.pathname.startsWith('/files/')) {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': video.length }).end(video);
    } else if (request.method === 'POST') {
      accept(request, response).catch(() => response.destroy());
    } else {
      poll(url.searchParams.get('generation_id') ?? '', response);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: address,
    made,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
