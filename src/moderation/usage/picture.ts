import { createCanvas } from '@napi-rs/canvas';
import type { ChartConfiguration, ChartItem, Plugin } from 'chart.js';
import type { UsageReport } from './report.ts';

/** What is written in the picture, in the moderators' language. */
export interface PictureWords {
  title: string;
  /** What is counted: "Videos". */
  videos: string;
  /** What the line stands for: "The week before". */
  before: string;
  /** One a bucket. */
  bucketLabels: readonly string[];
  modelLabels: Readonly<Record<string, string>>;
  /** How numbers are written; `en` when left out. */
  language?: string;
}

/** In pixels of the page; the file has twice as many each way. */
const WIDTH = 900;
const HEIGHT = 420;
const SCALE = 2;
const RADIUS = 18;

/** Told apart by people who see no red or no green too: their lightness differs. The first one is the page's accent. */
const MODEL_COLOURS = ['#4450c4', '#f0a03c', '#2b8a76', '#d0577f', '#8fb4f0', '#6b4a2f', '#b9c24a', '#8a8d96'];
const COLOURS = {
  card: '#ffffff',
  edge: '#e5e2dc',
  grid: '#eeece7',
  text: '#1f1e1b',
  soft: '#66635c',
  before: '#45423c',
};

/** Those that most machines have, for Latin and Japanese. */
const FONTS = ['Inter', 'Noto Sans', 'Noto Sans CJK JP', 'DejaVu Sans', 'Liberation Sans', 'Arial', 'sans-serif'];
const FAMILY = FONTS.map((family) => (family.includes(' ') ? `"${family}"` : family)).join(', ');

/** A character that no font has. */
const NOWHERE = '\u{10FFFE}';

/**
 * Whether the machine's fonts have every character of the texts. Without any font nothing is written at all, and
 * a character that no font has comes out as an empty box; a caller then uses another language, or no picture.
 */
export function canWrite(texts: readonly string[]): boolean {
  const missing = pixelsOf(NOWHERE);
  return [...new Set(texts.join(''))].every(
    (character) => /[\s\p{Default_Ignorable_Code_Point}]/u.test(character) || !pixelsOf(character).equals(missing),
  );
}

function pixelsOf(character: string): Buffer {
  const context = createCanvas(24, 24).getContext('2d');
  context.font = `16px ${FAMILY}`;
  context.fillText(character, 2, 18);
  return Buffer.from(context.getImageData(0, 0, 24, 24).data);
}

/**
 * The usage as a picture: a bar a bucket with a part a model, and a line for the period before. A PNG on a white card
 * with round corners, transparent outside of them, so that it stands well in light and dark chats.
 */
export async function drawUsage(report: UsageReport, words: PictureWords): Promise<Buffer> {
  // Only when a picture is asked for: the library takes memory that most processes never need.
  const {
    BarController,
    BarElement,
    CategoryScale,
    Chart,
    Legend,
    LinearScale,
    LineController,
    LineElement,
    PointElement,
    Title,
  } = await import('chart.js');
  Chart.register(
    BarController,
    BarElement,
    CategoryScale,
    Legend,
    LinearScale,
    LineController,
    LineElement,
    PointElement,
    Title,
  );
  // Chart.js enlarges it by `devicePixelRatio`.
  const canvas = createCanvas(WIDTH, HEIGHT);
  // Chart.js wants the browser's canvas; without a page it uses only what this one has too: getContext, width, height.
  const chart = new Chart(canvas as unknown as ChartItem, configuration(report, words));
  try {
    return await canvas.encode('png');
  } finally {
    chart.destroy();
  }
}

function configuration(report: UsageReport, words: PictureWords): ChartConfiguration<'bar' | 'line'> {
  const font = (size: number, weight: 'normal' | 'bold' = 'normal') => ({ family: FAMILY, size, weight });
  const number = new Intl.NumberFormat(words.language ?? 'en', { notation: 'compact', maximumFractionDigits: 1 });
  return {
    type: 'bar',
    data: { labels: [...words.bucketLabels], datasets: [...bars(report, words), line(report, words)] },
    plugins: [card],
    options: {
      animation: false,
      responsive: false,
      devicePixelRatio: SCALE,
      layout: { padding: { top: 22, right: 30, bottom: 20, left: 26 } },
      color: COLOURS.soft,
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { color: COLOURS.edge },
          ticks: { color: COLOURS.soft, font: font(13), maxRotation: 0, autoSkipPadding: 14 },
        },
        y: {
          stacked: true,
          beginAtZero: true,
          suggestedMax: 4,
          grace: '6%',
          grid: { color: COLOURS.grid, drawTicks: false },
          border: { display: false },
          ticks: {
            color: COLOURS.soft,
            font: font(13),
            padding: 10,
            precision: 0,
            maxTicksLimit: 6,
            callback: (value) => number.format(Number(value)),
          },
        },
      },
      plugins: {
        title: {
          display: true,
          align: 'start',
          text: words.title,
          color: COLOURS.text,
          font: font(20, 'bold'),
          padding: { bottom: 18 },
        },
        legend: {
          position: 'bottom',
          align: 'start',
          labels: {
            color: COLOURS.soft,
            font: font(13),
            usePointStyle: true,
            boxWidth: 9,
            boxHeight: 9,
            padding: 16,
            // The line lies in front, but is named last.
            sort: (a, b) => (a.datasetIndex ?? 0) - (b.datasetIndex ?? 0),
          },
        },
      },
    },
  };
}

function bars(report: UsageReport, words: PictureWords): ChartConfiguration<'bar' | 'line'>['data']['datasets'] {
  const shown = report.models.length > 0 ? report.models.map(({ model }) => model) : [null];
  return shown.map((model, index) => ({
    type: 'bar' as const,
    label: model === null ? words.videos : (words.modelLabels[model] ?? model),
    data: report.buckets.map(({ byModel }) => (model === null ? 0 : (byModel[model] ?? 0))),
    backgroundColor: MODEL_COLOURS[index % MODEL_COLOURS.length] ?? COLOURS.soft,
    borderRadius: 3,
    // White between the parts of a bar.
    borderColor: COLOURS.card,
    borderWidth: { top: 1 },
    borderSkipped: false,
    maxBarThickness: 46,
    categoryPercentage: 0.8,
    barPercentage: 0.9,
    pointStyle: 'circle' as const,
    stack: 'now',
    order: 1,
  }));
}

function line(report: UsageReport, words: PictureWords): ChartConfiguration<'line'>['data']['datasets'][number] {
  return {
    type: 'line' as const,
    label: words.before,
    data: report.buckets.map(({ before }) => before),
    borderColor: COLOURS.before,
    backgroundColor: COLOURS.card,
    borderWidth: 2,
    borderDash: [5, 4],
    // A line needs two points; one alone is shown as a dot.
    pointRadius: report.buckets.length === 1 ? 5 : 0,
    pointStyle: report.buckets.length === 1 ? 'circle' : 'line',
    stack: 'before',
    order: 0,
  };
}

/** The card under the chart. */
const card: Plugin<'bar' | 'line'> = {
  id: 'card',
  beforeDraw({ ctx, width, height }) {
    ctx.save();
    ctx.beginPath();
    ctx.roundRect(0.5, 0.5, width - 1, height - 1, RADIUS);
    ctx.fillStyle = COLOURS.card;
    ctx.fill();
    ctx.strokeStyle = COLOURS.edge;
    ctx.stroke();
    ctx.restore();
  },
};
