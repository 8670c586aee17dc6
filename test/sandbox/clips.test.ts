import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClipMaker } from '../../src/sandbox/clips/clip-maker.ts';
import { type ClipSpec, frameOf } from '../../src/sandbox/clips/spec.ts';
import { openSandbox } from './client.ts';
import { readMp4 } from './mp4.ts';

const SPEC: ClipSpec = {
  prompt: 'a fox in the snow',
  seed: 1,
  width: 64,
  height: 64,
  seconds: 5,
  cameraFixed: false,
  watermark: false,
  label: 'lite',
};

/** Makes a clip from nothing: a maker of its own has none to give back. */
async function make(change: Partial<ClipSpec> = {}): Promise<Buffer> {
  const maker = createClipMaker();
  const clip = await maker.make({ ...SPEC, ...change });
  maker.stop();
  return clip;
}

describe('a clip', () => {
  let clip: Buffer;
  beforeAll(async () => {
    clip = await make();
  });

  it('has the same bytes for the same prompt, seed and options', async () => {
    expect((await make()).equals(clip)).toBe(true);
  });

  it.each([
    ['seed', { seed: 2 }],
    ['prompt', { prompt: 'a fox in the rain' }],
    ['watermark', { watermark: true }],
    ['camera', { cameraFixed: true }],
  ])('has other bytes for another %s', async (_, change) => {
    expect((await make(change)).equals(clip)).toBe(false);
  });

  it('has the frame, the length, a list of its key frames and no time of creation', () => {
    expect(readMp4(clip)).toEqual({
      width: 64,
      height: 64,
      seconds: 5,
      frames: 60,
      keyFrames: [1, 25, 49],
      createdAt: 0,
    });
  });

  it('of ten seconds has ten seconds, in another shape', async () => {
    const facts = readMp4(await make({ seconds: 10, width: 50, height: 64 }));
    expect(facts).toMatchObject({ width: 50, height: 64, seconds: 10, frames: 120 });
  });

  it('is made of any prompt', async () => {
    const prompts = ['日本の山', '🐉'.repeat(50), 'x'.repeat(2000), '\n'];
    for (const prompt of prompts) expect(readMp4(await make({ prompt })).seconds).toBe(5);
  });
});

describe('the frame', () => {
  it.each([
    ['480p', '16:9', 426, 240],
    ['720p', '16:9', 640, 360],
    ['1080p', '16:9', 960, 540],
    ['480p', '4:3', 320, 240],
    ['480p', '1:1', 240, 240],
    ['480p', '3:4', 240, 320],
    ['720p', '9:16', 360, 640],
    ['1080p', '21:9', 1260, 540],
    ['480p', '9:21', 240, 560],
  ])('of %s and %s is %i × %i', (resolution, aspectRatio, width, height) => {
    expect(frameOf(resolution, aspectRatio)).toEqual({ width, height });
  });
});

describe('the file', () => {
  let open: Awaited<ReturnType<typeof openSandbox>>;
  let url: string;
  let whole: Buffer;
  beforeAll(async () => {
    open = await openSandbox();
    const id = await open.submit('a fox', { aspect_ratio: '1:1', resolution: '480p', duration: 5, seed: 1 });
    open.clock.pass(10_000);
    url = await open.videoUrl(id);
    whole = Buffer.from(await (await fetch(url)).arrayBuffer());
  });
  afterAll(() => open.sandbox.stop());

  it('is served with its type and length', async () => {
    const response = await fetch(url, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(response.headers.get('content-length')).toBe(String(whole.length));
    expect(readMp4(whole)).toMatchObject({ width: 64, height: 64, seconds: 5 });
  });

  it.each([
    ['bytes=0-99', 0, 100],
    ['bytes=100-', 100, undefined],
    ['bytes=-50', -50, undefined],
    ['bytes=10-99999999', 10, undefined],
  ])('is served in part for %s', async (range, start, end) => {
    const response = await fetch(url, { headers: { range } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toMatch(new RegExp(`^bytes \\d+-\\d+/${whole.length}$`));
    expect(Buffer.from(await response.arrayBuffer()).equals(whole.subarray(start, end))).toBe(true);
  });

  it('refuses a range behind its end', async () => {
    const response = await fetch(url, { headers: { range: 'bytes=99999999-' } });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${whole.length}`);
  });

  it('is served whole for several ranges', async () => {
    expect((await fetch(url, { headers: { range: 'bytes=0-1,5-6' } })).status).toBe(200);
  });
});

it('a stopped maker makes nothing more', async () => {
  const maker = createClipMaker();
  const started = expect(maker.make(SPEC)).rejects.toThrow('stopped');
  const waiting = expect(maker.make({ ...SPEC, seed: 2 })).rejects.toThrow('stopped');
  maker.stop();
  await started;
  await waiting;
  await expect(maker.make(SPEC)).rejects.toThrow('stopped');
});
