import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { canWrite, drawUsage } from '../../../src/moderation/usage/picture.ts';
import type { UsageReport } from '../../../src/moderation/usage/report.ts';

const NOTHING = { videos: 0, credits: 0, refusals: 0, failures: 0 };

function reportOf(count: number, models: string[], videos: number, before = 0): UsageReport {
  return {
    period: 'week',
    start: 0,
    end: 1,
    timeZone: 'UTC',
    now: NOTHING,
    before: NOTHING,
    models: models.map((model) => ({ model, videos, credits: videos })),
    members: [],
    buckets: Array.from({ length: count }, (_, start) => ({
      start,
      byModel: Object.fromEntries(models.map((model) => [model, videos])),
      before,
    })),
  };
}

async function draw(report: UsageReport) {
  const bucketLabels = report.buckets.map(({ start }) => String(start + 1));
  const png = await drawUsage(report, {
    title: 'Usage',
    videos: 'Videos',
    before: 'Before',
    bucketLabels,
    modelLabels: { lite: 'Lite' },
  });
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const pixel = (x: number, y: number) => [...data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)];
  const colours = new Map<string, number>();
  for (let index = 0; index < data.length; index += 4) {
    const key = [...data.subarray(index, index + 3)].map((part) => part.toString(16).padStart(2, '0')).join('');
    colours.set(key, (colours.get(key) ?? 0) + 1);
  }
  return { image, pixel, colours };
}

describe('the picture', () => {
  it('is 900 by 420 at double resolution, a white card with round corners on nothing', async () => {
    const { image, pixel } = await draw(reportOf(7, ['lite'], 3));
    expect([image.width, image.height]).toEqual([1800, 840]);
    expect(pixel(0, 0)[3]).toBe(0);
    expect(pixel(1799, 839)[3]).toBe(0);
    expect(pixel(900, 12)).toEqual([255, 255, 255, 255]);
  });

  it('has one colour a model', async () => {
    const one = await draw(reportOf(7, ['lite'], 3));
    const two = await draw(reportOf(7, ['lite', 'pro'], 3));
    expect(one.colours.get('4450c4')).toBeGreaterThan(10_000);
    expect(one.colours.get('f0a03c') ?? 0).toBe(0);
    expect(two.colours.get('f0a03c')).toBeGreaterThan(10_000);
  });

  it('shows the period before as a line', async () => {
    const { image, pixel } = await draw(reportOf(7, ['lite'], 3, 6));
    // The bars end at half the height that the line has.
    const upperHalf = Array.from({ length: image.height / 4 }, (_, y) => y + image.height / 5);
    const isDark = ([red = 255]: number[]) => red < 0x80;
    const columns = Array.from({ length: 200 }, (_, index) => 800 + index);
    expect(columns.some((x) => upperHalf.some((y) => isDark(pixel(x, y))))).toBe(true);
  });

  it.each([
    ['nothing at all', reportOf(0, [], 0)],
    ['days without a video', reportOf(7, [], 0)],
    ['one bucket', reportOf(1, ['lite', 'pro'], 4, 2)],
    ['31 buckets of six models', reportOf(31, ['lite', 'pro', 'a', 'b', 'c', 'd'], 4, 2)],
    ['a million videos', reportOf(7, ['lite'], 1_000_000, 900_000)],
  ])('can show %s', async (_name, report) => {
    const { image, colours } = await draw(report);
    expect([image.width, image.height]).toEqual([1800, 840]);
    expect(colours.has('4450c4')).toBe(true);
  });
});

describe('the fonts', () => {
  it('cannot write what no font has', () => {
    expect(canWrite(['\u{10FFFD}'])).toBe(false);
    expect(canWrite([' \u200b\n'])).toBe(true);
  });
});
