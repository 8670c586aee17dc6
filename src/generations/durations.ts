import type { Generation, Span } from '../domain/generation.ts';
import { resolutionOf, secondsOf } from '../domain/request.ts';
import type { Clock } from '../lib/clock.ts';
import type { Generations } from '../store/generations.ts';

/** Number of latest generations of a kind that are measured. */
const SAMPLES = 50;
/** With fewer, nothing is said. */
const FEWEST_SAMPLES = 5;
/** How long a measured span is used before it is measured again, in ms. */
const FRESH_MS = 30_000;

/** Measured durations of generations. A kind is a provider, a model, a resolution and a clip length. */
export class Durations {
  readonly #generations: Generations;
  readonly #clock: Clock;
  readonly #spans = new Map<string, { measuredAt: number; span: Span | undefined }>();

  constructor(generations: Generations, clock: Clock) {
    this.#generations = generations;
    this.#clock = clock;
  }

  /** The span for a generation of this kind, or undefined while too few have been measured. */
  async expected(generation: Pick<Generation, 'provider' | 'request'>): Promise<Span | undefined> {
    const { provider, request } = generation;
    const of = { provider, model: request.model, resolution: resolutionOf(request), seconds: secondsOf(request) };
    const kind = Object.values(of).join(' ');
    const known = this.#spans.get(kind);
    if (known && this.#clock.now() - known.measuredAt < FRESH_MS) return known.span;
    const span = spanOf(await this.#generations.listDurations(of, SAMPLES));
    this.#spans.set(kind, { measuredAt: this.#clock.now(), span });
    return span;
  }
}

/** Multiple of the median above which a duration is ignored: an outage or a late manual check, not the usual pace. */
const OUTLIER = 3;

/** The span of some durations (ms), or undefined when they are too few to say. */
export function spanOf(durations: readonly number[]): Span | undefined {
  const median = quantile(durations, 0.5);
  const usual = durations.filter((duration) => duration <= OUTLIER * median);
  if (usual.length < FEWEST_SAMPLES) return undefined;
  return { low: quantile(usual, 0.1), median: quantile(usual, 0.5), high: quantile(usual, 0.9) };
}

/**
 * When a generation should be ready (ms); undefined where nothing is known, and where it is late: a moment that is over is
 * nothing to expect.
 */
export function expectedEnd(
  { generatingAt }: Pick<Generation, 'generatingAt'>,
  expected: Span | undefined,
  now: number,
): number | undefined {
  if (!expected || generatingAt === undefined) return undefined;
  const end = generatingAt + expected.median;
  return end > now ? end : undefined;
}

function quantile(durations: readonly number[], part: number): number {
  const sorted = [...durations].sort((a, b) => a - b);
  return sorted[Math.round(part * (sorted.length - 1))] ?? 0;
}
