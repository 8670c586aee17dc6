import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KeptVideos } from '../../src/delivery/kept-videos.ts';
import { createMedia } from '../../src/http/media.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { serveRoutes } from './support.ts';

describe('links to kept videos', () => {
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
  let now = Date.UTC(2025, 10, 21);
  const later = () => now + 60_000;
  const clock = { ...systemClock, now: () => now };
  let folder: string;
  let media: ReturnType<typeof createMedia>;
  let server: Awaited<ReturnType<typeof serveRoutes>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dailies-media-'));
    const videos = new KeptVideos(folder);
    await writeFile(await videos.draft('g1'), bytes);
    await videos.keep('g1');
    await writeFile(join(folder, 'secret.mp4'), 'not for anybody');
    media = createMedia({ videos, secret: 's3cret', publicUrl: 'https://bot.example', clock });
    server = await serveRoutes(media.routes);
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });
  const code = async (response: Response) => [response.status, (await response.json()).error.code];

  test('a valid link streams the whole file, to be shown in place', async () => {
    const response = await get(media.path('g1', 'a dragon’s (flight).mp4', later()));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(response.headers.get('content-length')).toBe('200000');
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('content-disposition')).toBe(
      "inline; filename*=UTF-8''a%20dragon%E2%80%99s%20%28flight%29.mp4",
    );
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('HEAD says how large it is and sends nothing', async () => {
    const response = await fetch(server.url + media.path('g1', 'a.mp4', later()), { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('200000');
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });

  test.each([
    ['bytes=0-99', 0, 99],
    ['bytes=199990-', 199_990, 199_999],
    ['bytes=-10', 199_990, 199_999],
    ['bytes=-999999', 0, 199_999],
    ['bytes=100000-999999', 100_000, 199_999],
  ])('the range %s is a 206 with just these bytes', async (range, start, end) => {
    const response = await get(media.path('g1', 'a.mp4', later()), { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/200000`);
    expect(response.headers.get('content-length')).toBe(String(end - start + 1));
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(start, end + 1))).toBe(true);
  });

  test.each(['bytes=200000-', 'bytes=-0'])('the range %s, which the file does not have, is a 416', async (range) => {
    const response = await get(media.path('g1', 'a.mp4', later()), { range });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */200000');
  });

  test.each(['bytes=5-2', 'bytes=-', 'lines=1-2', 'bytes=0-1,5-6'])('the range %s is ignored', async (range) => {
    const response = await get(media.path('g1', 'a.mp4', later()), { range });
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBe(200_000);
  });

  test('a range of another version of the file is ignored', async () => {
    const path = media.path('g1', 'a.mp4', later());
    const etag = (await fetch(server.url + path, { method: 'HEAD' })).headers.get('etag') ?? '';
    expect((await get(path, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await get(path, { range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200);
  });

  test('a link works until its moment and not from then on', async () => {
    const path = media.path('g1', 'a.mp4', now + 1000);
    expect((await get(path)).status).toBe(200);
    now += 1000;
    expect(await code(await get(path))).toEqual([403, 'forbidden']);
  });

  test('a link with a later moment, another name, another video or no signature is refused', async () => {
    const path = media.path('g1', 'a.mp4', later());
    const forged = [
      path.replace(/expires=\d+/, `expires=${later() + 1}`),
      path.replace('a.mp4', 'b.mp4'),
      path.replace('g1', 'g2'),
      path.replace(/signature=.*/, 'signature='),
      path.replace(/&signature=.*/, ''),
      path.replace(/\?.*/, ''),
    ];
    for (const link of forged) expect(await code(await get(link))).toEqual([403, 'forbidden']);
  });

  test('a link signed with another secret is refused', async () => {
    const other = createMedia({ videos: new KeptVideos(folder), secret: 'other', clock });
    expect((await get(other.path('g1', 'a.mp4', later()))).status).toBe(403);
  });

  test('a video that is not kept any more is a 404', async () => {
    expect(await code(await get(media.path('g9', 'a.mp4', later())))).toEqual([404, 'not_found']);
  });

  test('no id leads out of the folder of videos, however well it is signed', async () => {
    for (const id of ['../secret', '..\\secret', '%2e%2e/secret']) {
      expect((await get(media.path(id, 'a.mp4', later()))).status).toBe(404);
    }
  });

  test('there are addresses for people elsewhere only with a public address', () => {
    expect(media.url('g1', 'a.mp4', 5)).toBe(`https://bot.example${media.path('g1', 'a.mp4', 5)}`);
    const local = createMedia({ videos: new KeptVideos(folder), secret: 's3cret', clock });
    expect(local.url('g1', 'a.mp4', 5)).toBeUndefined();
  });
});
