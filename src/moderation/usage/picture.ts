import { max, nice, sum, ticks } from 'd3-array';
import { html } from 'hono/html';
import type { UsageReport } from './usage-report.ts';

/** Texts for the picture, beside the report. */
export interface PictureWords {
  /** One a bucket, in digits. */
  labels: readonly string[];
  /** Alternative text for people who can't see the picture; it is not drawn. */
  alt: string;
}

/** About as wide as chats show it, so that measures are what people see. */
const WIDTH = 500;
const HEIGHT = 250;
const TOP = 20;
const RIGHT = WIDTH - 16;
const BOTTOM = HEIGHT - 34;
/** Still above 11 where a chat shows the picture only 400 wide. */
const FONT_SIZE = 14;
/** Room for a digit; most fonts need a little less. */
const DIGIT = 0.6 * FONT_SIZE;
const WIDEST_BAR = 40;

/** Approximate number of grid lines from bottom to top. */
const LINES = 5;

/** The models' colours in the report's order, each with the sign that stands for it in texts. */
const COLOURS = [
  { mark: '🟦', fill: '#2f6fd0' },
  { mark: '🟧', fill: '#e88c1f' },
  { mark: '🟩', fill: '#4f9d45' },
  { mark: '🟪', fill: '#b088e0' },
  { mark: '🟥', fill: '#d8344a' },
  { mark: '🟨', fill: '#dcae10' },
  { mark: '🟫', fill: '#95573a' },
];

/** Shared by all models after those: there are no more squares that can be told apart. */
const REST = { mark: '⬜', fill: '#a3a6ad' };

/** The playground's colours, light and dark. A PNG is drawn light, as its renderer knows no media queries. */
const STYLE = `
  text { fill: #4b4842; font: ${FONT_SIZE}px system-ui, sans-serif }
  .card { fill: #ffffff; stroke: #e5e2dc }
  .line { stroke: #e5e2dc }
  .before { stroke: #1f1e1b; stroke-width: 2.5 }
  @media (prefers-color-scheme: dark) {
    text { fill: #a3a19c }
    .card { fill: #1d1f24; stroke: #2b2e35 }
    .line { stroke: #2b2e35 }
    .before { stroke: #e9e7e3 }
  }
`;

/** Short, and in the one font that PNGs are drawn with, whatever the language. */
const NUMBER = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** The sign for a model's colour, for a text beside the picture. @param place of the model in the report. */
export function markOf(place: number): string {
  return colourOf(place).mark;
}

function colourOf(place: number): typeof REST {
  return COLOURS[place] ?? REST;
}

/**
 * The usage as an SVG: a bar a bucket with a part a model, and a line across it as high as the same bar of the period
 * before. It holds digits, K and M only, so no language needs a font of its own; the words belong beside it.
 */
export function drawUsage({ models, buckets }: UsageReport, { labels, alt }: PictureWords): string {
  const values = buckets.flatMap(({ byModel, before }) => [sum(Object.values(byModel)), before]);
  // At least 4, so that no line stands for half a video.
  const [, highest] = nice(0, Math.max(4, max(values) ?? 0), LINES);
  const lines = ticks(0, highest, LINES).map((value) => ({ value, label: NUMBER.format(value) }));
  const left = round(24 + DIGIT * (max(lines, ({ label }) => label.length) ?? 0));
  const slot = (RIGHT - left) / buckets.length;
  const x = (place: number) => round(left + place * slot);
  const y = (value: number) => round(BOTTOM - (value / highest) * (BOTTOM - TOP));
  const bar = Math.min(0.72 * slot, WIDEST_BAR);
  const bars = buckets.flatMap(({ byModel }, place) => {
    let made = 0;
    return models.flatMap(({ model }, index) => {
      const videos = byModel[model] ?? 0;
      if (videos === 0) return [];
      const bottom = y(made);
      made += videos;
      // A pixel of the card is between two parts; a part can still be seen beside a huge one.
      const height = Math.max(1, round(bottom - y(made) - 1));
      const { fill } = colourOf(index);
      return html`
  <rect x="${x(place + 0.5 - bar / slot / 2)}" y="${round(bottom - height)}" width="${round(bar)}" height="${height}" rx="1.5" fill="${fill}"/>`;
    });
  });
  const before = buckets.map(({ before }, place) =>
    before > 0 ? `M${x(place + 0.04)} ${y(before)}H${x(place + 0.96)}` : '',
  );
  const every = Math.ceil((DIGIT * (max(labels, ({ length }) => length) ?? 0) + 10) / slot);
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">
  <title>${alt}</title>
  <style>${STYLE}</style>
  <rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="9.5"/>${lines.map(
    ({ value, label }) => html`
  <path class="line" d="M${left} ${y(value)}H${RIGHT}"/>
  <text x="${left - 8}" y="${y(value) + 5}" text-anchor="end">${label}</text>`,
  )}${bars}
  <path class="before" d="${before.join('')}"/>${labels.map((label, place) =>
    place % every === 0
      ? html`
  <text x="${x(place + 0.5)}" y="${BOTTOM + 21}" text-anchor="middle">${label}</text>`
      : '',
  )}
</svg>`.toString();
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
