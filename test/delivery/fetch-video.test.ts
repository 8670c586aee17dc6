import { readdir, readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DownloadLimits, fetchVideo } from '../../src/delivery/fetch-video.ts';
import { AddressGuard, isPublic, type LookUp } from '../../src/delivery/forbidden-addresses.ts';
import { smallMp4 } from '../support/mp4.ts';
import { tempFolder } from '../support/temp.ts';

const clip = smallMp4(5000);

/** A file host on the loopback address. */
async function host(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function download(
  address: string,
  options: {
    allowPrivate?: boolean;
    trusted?: string[];
    signal?: AbortSignal;
    limits?: DownloadLimits;
    lookup?: LookUp;
  } = {},
) {
  const { allowPrivate = true, trusted = [], lookup } = options;
  const guard = new AddressGuard({ allowPrivate, trustedOrigins: trusted, ...(lookup && { lookup }) });
  onTestFinished(() => guard.stop());
  const folder = await tempFolder();
  const path = join(folder, 'clip.part');
  try {
    await fetchVideo(address, path, guard, options.signal ?? new AbortController().signal, options.limits);
  } catch (error) {
    expect(await readdir(folder)).toEqual([]);
    throw error;
  }
  return await readFile(path);
}

/** Names that lead to these addresses, one list a look-up. */
function leadingTo(...answers: string[][]): LookUp & { asked: string[] } {
  const asked: string[] = [];
  const lookUp: LookUp = (hostname, _, done) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(hostname);
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return Object.assign(lookUp, { asked });
}

const sendClip: RequestListener = (_, response) => response.setHeader('content-type', 'video/mp4').end(clip);

describe('fetching a video', () => {
  it('gives the file as it is', async () => {
    expect(await download(`${await host(sendClip)}/clip.mp4`)).toEqual(clip);
  });

  it('follows redirects', async () => {
    const url = await host((request, response) =>
      request.url === '/b' ? sendClip(request, response) : response.writeHead(302, { location: '/b' }).end(),
    );
    expect(await download(`${url}/a`)).toEqual(clip);
  });

  it.each([
    [403, 'expired'],
    [404, 'expired'],
    [410, 'expired'],
    [500, 'unavailable'],
    [204, 'unavailable'],
  ])('that is answered with %i says that it is %s', async (status, kind) => {
    const url = await host((_, response) => response.writeHead(status).end());
    await expect(download(url)).rejects.toMatchObject({ name: 'VideoError', kind });
  });

  it.each<[string, RequestListener, string | RegExp]>([
    [
      'an HTML page',
      (_, response) => response.setHeader('content-type', 'text/html').end('<html>'),
      'expected a video',
    ],
    [
      'an HTML page that says it is a video',
      (_, response) => response.setHeader('content-type', 'video/mp4').end('<html>'),
      /begin|header/,
    ],
    [
      'a video cut short',
      (_, response) => response.setHeader('content-type', 'video/mp4').end(clip.subarray(0, 3000)),
      'cut short',
    ],
    [
      'a packed answer',
      (_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'video/mp4' }).end(gzipSync(clip)),
      'content encoding',
    ],
    [
      'a file that says it is huge',
      (_, response) =>
        void response.writeHead(200, { 'content-length': 2 ** 40, 'content-type': 'video/mp4' }).write('x'),
      'too large',
    ],
    ['redirects without end', (_, response) => response.writeHead(302, { location: '/again' }).end(), 'redirects'],
    ['a redirect to nowhere', (_, response) => response.writeHead(302, { location: 'http://' }).end(), 'no address'],
  ])('refuses %s', async (_, listener, message) => {
    await expect(download(await host(listener))).rejects.toMatchObject({
      kind: 'unusable',
      message: expect.stringMatching(message),
    });
  });

  it('refuses a body without a length and without an end', async () => {
    let sent = 0;
    const url = await host((_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' });
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16 * 1024))) sent += 1;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    await expect(download(url, { limits: { bytes: 1024 * 1024, ms: 5000 } })).rejects.toMatchObject({
      kind: 'unusable',
      message: expect.stringContaining('too large'),
    });
    expect(sent).toBeGreaterThan(0);
  });

  it('gives up on a host that sends a little now and then', async () => {
    const url = await host((_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' });
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(drip));
    });
    await expect(download(url, { limits: { bytes: 1024 * 1024, ms: 200 } })).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });

  it('says that the host is unavailable when the connection breaks in the middle', async () => {
    const url = await host((_, response) => {
      response.writeHead(200, { 'content-length': clip.length, 'content-type': 'video/mp4' });
      response.write(clip.subarray(0, 1000), () => response.destroy());
    });
    await expect(download(url)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('says that the host is unavailable when nobody listens there', async () => {
    const url = await host(sendClip);
    await expect(download(url.replace(/:\d+$/, ':1'))).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('ends at once when it is aborted', async () => {
    const url = await host((_, response) => void response.writeHead(200, { 'content-type': 'video/mp4' }).write('x'));
    const abort = new AbortController();
    const running = download(url, { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('enough')), 30);
    await expect(running).rejects.toThrow('enough');
  });
});

describe('private addresses', () => {
  it.each([
    'http://127.0.0.1/clip.mp4',
    'http://10.0.0.5/clip.mp4',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fd00::1]/',
    'http://0.0.0.0/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://localhost/clip.mp4',
    'file:///etc/passwd',
    'ftp://example.com/clip.mp4',
    'data:video/mp4;base64,AAAA',
    'http://user:password@93.184.215.14/',
  ])('%s is never fetched', async (address) => {
    await expect(download(address, { allowPrivate: false })).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('are refused after a redirect too', async () => {
    const inner = await host(sendClip);
    const outer = await host((_, response) => response.writeHead(302, { location: inner }).end());
    await expect(download(outer, { allowPrivate: false, trusted: [outer] })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });

  it.each([
    ['leads to one', [['127.0.0.1']]],
    ['leads to one as well', [['93.184.215.14', '10.0.0.1']]],
    ['leads to one of IPv6', [['::1']]],
    ['leads nowhere', [[]]],
  ])('are refused when a name %s, also after a redirect', async (_, answers) => {
    const redirect = await host((__, response) =>
      response.writeHead(302, { location: 'http://files.example/clip.mp4' }).end(),
    );
    for (const address of ['http://files.example/clip.mp4', redirect]) {
      const lookup = leadingTo(...answers);
      const options = { allowPrivate: false, trusted: [redirect], lookup };
      await expect(download(address, options)).rejects.toMatchObject({ kind: 'forbidden' });
      expect(lookup.asked).toEqual(['files.example']);
    }
  });

  it('are refused when a name leads to one by the time of the connection', async () => {
    // The look-up that is checked is the one that the connection uses; there is no other that could differ from it.
    const lookup = leadingTo(['127.0.0.1'], ['93.184.215.14']);
    const { port } = new URL(await host(sendClip));
    const address = `http://files.example:${port}/clip.mp4`;
    await expect(download(address, { allowPrivate: false, lookup })).rejects.toMatchObject({ kind: 'forbidden' });
    expect(lookup.asked).toHaveLength(1);
  });

  it('are fetched from an origin that is trusted', async () => {
    const url = await host(sendClip);
    expect(await download(`${url}/x`, { allowPrivate: false, trusted: [url] })).toEqual(clip);
  });

  it.each([
    ['93.184.215.14', true],
    ['2606:4700::1111', true],
    ['100.64.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['::127.0.0.1', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['2001::1', false],
    ['fec0::1', false],
    ['4000::1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
  ])('%s is public: %s', (address, expected) => expect(isPublic(address)).toBe(expected));
});
