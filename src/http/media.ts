import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { KeptVideos } from '../delivery/kept-videos.ts';
import { readRange } from '../lib/byte-range.ts';
import type { Clock } from '../lib/clock.ts';
import { contentDisposition } from '../lib/content-disposition.ts';
import type { DataStore } from '../store/repositories.ts';

/** Signed links to kept videos, and the routes that serve them. */
export interface Media {
  /** The link without scheme and host, for pages of this server. `expiresAt` is in ms since 1970 UTC. */
  path(generationId: string, name: string, expiresAt: number): string;
  /** The link for people elsewhere; undefined without a public address. */
  url(generationId: string, name: string, expiresAt: number): string | undefined;
  routes: Hono;
}

/** Dependencies of `createMedia`. */
export interface MediaOptions {
  videos: KeptVideos;
  /** Signs the links: who has it can make links to every kept video, and a new one makes all links invalid. */
  secret: string;
  /** `PUBLIC_URL` */
  publicUrl?: string | undefined;
  clock: Clock;
}

export function createMedia({ videos, secret, publicUrl, clock }: MediaOptions): Media {
  const sign = (generationId: string, name: string, expires: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([generationId, name, expires]))
      .digest('base64url');

  const path = (generationId: string, name: string, expiresAt: number) => {
    const expires = String(Math.ceil(expiresAt));
    const query = new URLSearchParams({ expires, signature: sign(generationId, name, expires) });
    return `/media/${encodeURIComponent(generationId)}/${encodeURIComponent(name)}?${query}`;
  };

  const routes = new Hono();
  routes.get('/media/:id/:name', async (c) => {
    const { id, name } = c.req.param();
    const expires = c.req.query('expires') ?? '';
    if (!sameText(c.req.query('signature') ?? '', sign(id, name, expires))) {
      throw new HTTPException(403, { message: 'This link is not valid.' });
    }
    if (Number(expires) <= clock.now()) throw new HTTPException(403, { message: 'This link has expired.' });
    const video = await videos.find(id);
    if (!video) throw new HTTPException(404, { message: 'This video is not kept any more.' });
    return sendVideo(c, video.path, name);
  });

  return {
    path,
    url: (...link) => (publicUrl === undefined ? undefined : publicUrl + path(...link)),
    routes,
  };
}

/** The same with the secret that the database keeps; it is made once, so that links outlive a restart. */
export async function openMedia(options: Omit<MediaOptions, 'secret'> & { store: DataStore }): Promise<Media> {
  const { store } = options;
  const settings = store.keyv('http');
  const known = await settings.get('media-secret');
  if (typeof known === 'string') return createMedia({ ...options, secret: known });
  // Of several processes that start at once, one makes it for all.
  await store.keepFirst('http', 'media-secret', randomBytes(32).toString('hex'));
  return createMedia({ ...options, secret: String(await settings.get('media-secret')) });
}

/** Takes as long for a text that differs at the start as for one that differs at the end. */
function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function sendVideo(c: Context, path: string, name: string): Promise<Response> {
  // Opened before the headers are made, so that a file removed in between is a clean refusal and not half an answer.
  const file = await open(path).catch((error: unknown) => {
    throw new HTTPException(404, { message: 'This video is not kept any more.', cause: error });
  });
  let streaming = false;
  try {
    const { size, mtimeMs } = await file.stat();
    const etag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
    const headers: Record<string, string> = {
      'content-type': 'video/mp4',
      'content-disposition': contentDisposition('inline', name),
      'accept-ranges': 'bytes',
      'cache-control': 'private, max-age=3600',
      etag,
    };
    const condition = c.req.header('if-range');
    const range = condition && condition !== etag ? undefined : readRange(c.req.header('range'), size);
    if (range === 'unsatisfiable') return c.body(null, 416, { ...headers, 'content-range': `bytes */${size}` });
    const { start, end } = range ?? { start: 0, end: size - 1 };
    headers['content-length'] = String(end - start + 1);
    if (range) headers['content-range'] = `bytes ${start}-${end}/${size}`;
    const status = range ? 206 : 200;
    if (c.req.method === 'HEAD' || size === 0) return c.body(null, status, headers);
    streaming = true;
    // A reader that goes away cancels the stream, which closes the file.
    return c.body(Readable.toWeb(file.createReadStream({ start, end })) as ReadableStream, status, headers);
  } finally {
    if (!streaming) await file.close();
  }
}
