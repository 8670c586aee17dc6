import { fastClock } from '../test/support/clock.ts';
import type { Bench } from './bench.ts';
import {
  listOrders,
  MEASURED_MODELS,
  runFirstVideos,
  runMeasured,
  runPlainLoops,
  type Video,
} from './support/contenders.ts';
import { mean, quantile } from './support/numbers.ts';
import { table } from './support/table.ts';

/** How often the plain loop asks, in ms. */
const INTERVAL_MS = 10_000;
/** How often a plain loop asks that may use about as many polls as the bot does, in ms. */
const SHORT_INTERVAL_MS = 4000;
/** How much faster than the machine's clock everything lives; a millisecond of the machine counts as so many. */
const FACTOR = 6;
/** Videos of each model that are measured. */
const VIDEOS = 60;
/** Videos of each model that come before, where the bot is to know what its videos take: as many as it looks back on. */
const BEFORE = 50;
/** Requests come in over so long a time, in ms. */
const ARRIVALS_MS = 60_000;
/** The spread of what videos take at the provider: sigma of the logarithm. */
const SIGMA = 0.12;

/** What the bot adds to the provider's own time, next to a plain loop. */
export const deliveryTime: Bench = {
  name: 'delivery-time',
  what: 'time from "ready at the provider" to "in the reply", and polls a video, next to a plain loop',
  async run() {
    const clock = fastClock(FACTOR);
    const orders = listOrders(VIDEOS, 1, SIGMA, ARRIVALS_MS);
    const before = listOrders(BEFORE, 2, SIGMA, ARRIVALS_MS);
    const [loops, moreLoops, first] = await Promise.all([
      runPlainLoops(orders, INTERVAL_MS, clock),
      runPlainLoops(orders, SHORT_INTERVAL_MS, clock),
      runFirstVideos(orders, clock),
    ]);
    const contenders: [string, Video[]][] = [
      [`plain loop, asks every ${INTERVAL_MS / 1000} s`, loops],
      [`plain loop, asks every ${SHORT_INTERVAL_MS / 1000} s`, moreLoops],
      ['Dailies, first videos, nothing measured', first],
      [`Dailies, after ${BEFORE} measured`, await runMeasured(before, orders, clock)],
    ];
    const times = MEASURED_MODELS.map(({ id, typicalMs }) => `${id} about ${typicalMs / 1000} s`).join(', ');
    return [
      `${VIDEOS} videos of each model, the same ones for each contender, asked for within ${ARRIVALS_MS / 1000} s.`,
      `Time at the provider: ${times} (log-normal, sigma ${SIGMA}, seeded).`,
      `The clock runs ${FACTOR} times as fast as the machine's. "carrying" is the part of the added time after the poll`,
      `that found the video: download, checks, reply; it is this machine's work times ${FACTOR}.`,
      '',
      table(
        ['model', 'who', 'videos', 'added, median', 'added, p95', 'carrying, median', 'polls a video'],
        MEASURED_MODELS.flatMap(({ id }) => contenders.map(([name, videos]) => row(id, name, videos))),
      ),
    ].join('\n');
  },
};

function row(model: string, name: string, all: readonly Video[]): string[] {
  const videos = all.filter((video) => video.model === model);
  const added = videos.map(({ addedMs }) => addedMs);
  const carrying = videos.map(({ carryingMs }) => carryingMs);
  return [
    model,
    name,
    String(videos.length),
    seconds(quantile(added, 0.5)),
    seconds(quantile(added, 0.95)),
    seconds(quantile(carrying, 0.5)),
    mean(videos.map(({ polls }) => polls)).toFixed(1),
  ];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
