import { describe, expect, it } from 'vitest';
import { drawUsage, markOf } from '../../../src/moderation/usage/picture.ts';
import type { UsageReport } from '../../../src/moderation/usage/usage-report.ts';
import { pixelsOf } from '../../support/pixels.ts';

const NOTHING = { videos: 0, credits: 0, refusals: 0, failures: 0 };
const [BLUE, ORANGE, GREY] = ['#2f6fd0', '#e88c1f', '#a3a6ad'];

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

function draw(report: UsageReport, alt = 'Videos by day', labels = report.buckets.map(({ start }) => `${start + 1}`)) {
  const svg = drawUsage(report, { labels, alt });
  const attributes = (tag: string) =>
    [...svg.matchAll(new RegExp(`<${tag} ([^>]*)>`, 'g'))].map(([, inside = '']) =>
      Object.fromEntries([...inside.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])),
    );
  const bars = attributes('rect')
    .filter(({ fill }) => fill)
    .map(({ fill, ...numbers }) => {
      const [x = 0, y = 0, width = 0, height = 0] = ['x', 'y', 'width', 'height'].map((name) => Number(numbers[name]));
      return { fill, x, y, width, height };
    });
  const texts = [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text = '']) => text);
  // The lines of the period before: their heights, and from where to where each goes.
  const d = attributes('path').find((path) => path.class === 'before')?.d ?? '';
  const before = [...d.matchAll(/M([\d.]+) ([\d.]+)H([\d.]+)/g)].map(([, ...numbers]) => numbers.map(Number));
  return { svg, bars, texts, before };
}

describe('the picture', () => {
  it('has a bar a bucket with a part a model, one on top of the other', () => {
    const { bars } = draw(reportOf(7, ['lite', 'pro'], 3));
    expect(bars.map(({ fill }) => fill)).toEqual(Array.from({ length: 7 }, () => [BLUE, ORANGE]).flat());
    const [lower, upper] = bars;
    expect(upper?.x).toBe(lower?.x);
    expect((upper?.y ?? 0) + (upper?.height ?? 0)).toBeCloseTo((lower?.y ?? 0) - 1);
    expect(upper?.height).toBeCloseTo(lower?.height ?? 0, 0);
    expect(new Set(bars.map(({ x }) => x)).size).toBe(7);
  });

  it('has bars as high as their numbers say', () => {
    const { bars } = draw({
      ...reportOf(2, ['lite'], 1),
      buckets: [
        { start: 0, byModel: { lite: 10 }, before: 0 },
        { start: 1, byModel: { lite: 5 }, before: 0 },
      ],
    });
    expect((bars[0]?.height ?? 0) / (bars[1]?.height ?? 1)).toBeCloseTo(2, 1);
  });

  it('has a line across each bar for the period before, where there was something', () => {
    const report = reportOf(3, ['lite'], 4, 8);
    const [first, ...others] = report.buckets;
    const { bars, before } = draw({ ...report, buckets: [{ start: 0, byModel: {}, before: 0 }, ...others] });
    expect(first?.before).toBe(8);
    expect(before).toHaveLength(2);
    before.forEach(([from = 0, height = 0, to = 0], index) => {
      const { x = 0, y = 0, width = 0 } = bars[index] ?? {};
      expect(from).toBeLessThan(x);
      expect(to).toBeGreaterThan(x + width);
      // The bar ends at half the height that the line has; the axis is at 216.
      expect(216 - height).toBeCloseTo(2 * (216 - y) + 2, -1);
    });
  });

  it.each([
    ['nothing at all', reportOf(0, [], 0), 0],
    ['days without a video', reportOf(7, [], 0), 0],
    ['one bucket', reportOf(1, ['lite', 'pro'], 4, 2), 2],
    ['31 buckets of ten models', reportOf(31, [...'abcdefghij'], 4, 2), 310],
    ['a million videos', reportOf(7, ['lite'], 1_000_000, 900_000), 7],
  ])('shows %s inside of it', (_name, report, count) => {
    const { svg, bars, before } = draw(report);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(bars).toHaveLength(count);
    expect(before).toHaveLength(count > 0 ? report.buckets.length : 0);
    for (const { x, y, width, height } of bars) {
      expect(Math.min(x, y, width)).toBeGreaterThan(0);
      expect(height).toBeGreaterThanOrEqual(1);
      expect(x + width).toBeLessThan(500);
      expect(y + height).toBeLessThan(217);
    }
    expect(pixelsOf(svg)).toMatchObject({ width: 500, height: 250 });
  });

  it('shows one video beside a million', () => {
    const report = reportOf(2, ['lite'], 1_000_000);
    report.buckets[1] = { start: 1, byModel: { lite: 1 }, before: 0 };
    expect(draw(report).bars[1]?.height).toBeGreaterThanOrEqual(1);
  });

  it('has texts of 14 px when it is shown 500 px wide, short ones and in digits', () => {
    const { svg, texts } = draw(reportOf(7, ['lite'], 1_500_000));
    expect(svg).toContain('width="500" height="250" viewBox="0 0 500 250"');
    expect(svg).toContain('font: 14px');
    expect(texts).toEqual(['0', '500K', '1M', '1.5M', '2M', '1', '2', '3', '4', '5', '6', '7']);
    for (const text of texts) expect(text).toMatch(/^[\d.:]+[KMBT]?$/);
  });

  it.each([
    [31, (place: number) => `${place + 1}`, 16],
    [24, (place: number) => `${String(place).padStart(2, '0')}:00`, 8],
    [7, (place: number) => `${place + 25}`, 7],
  ])('leaves out labels of %i buckets that would run into each other', (count, label, shown) => {
    const report = reportOf(count, ['lite'], 1);
    const { texts } = draw(
      report,
      '',
      Array.from({ length: count }, (_, place) => label(place)),
    );
    expect(texts.slice(5)).toHaveLength(shown);
    expect(texts[5]).toBe(label(0));
  });

  it('counts whole videos', () => {
    expect(draw(reportOf(7, ['lite'], 1)).texts.slice(0, 5)).toEqual(['0', '1', '2', '3', '4']);
  });

  it('says what it shows, in any language, without drawing it', () => {
    const { svg, texts } = draw(reportOf(7, ['lite'], 1), '動画1本の棒グラフ <&">');
    expect(svg).toContain('<title>動画1本の棒グラフ &lt;&amp;&quot;&gt;</title>');
    expect(texts.join('')).toMatch(/^\d+$/);
  });

  it('has colours for dark mode', () => {
    const { svg } = draw(reportOf(7, ['lite'], 1));
    const [light = '', dark = ''] = svg.split('@media (prefers-color-scheme: dark)');
    for (const rule of ['text', '.card', '.line', '.before']) {
      expect(light).toContain(`  ${rule} {`);
      expect(dark).toContain(`  ${rule} {`);
    }
  });

  it('has a sign for each model’s colour, and one for those beyond', () => {
    const { bars } = draw(reportOf(1, [...'abcdefghij'], 1));
    const marks = bars.map((_, place) => markOf(place));
    expect(marks).toEqual(['🟦', '🟧', '🟩', '🟪', '🟥', '🟨', '🟫', '⬜', '⬜', '⬜']);
    expect(new Set(bars.map(({ fill }) => fill)).size).toBe(8);
    expect(bars.slice(7).map(({ fill }) => fill)).toEqual([GREY, GREY, GREY]);
  });
});
