import type Keyv from 'keyv';
import { findModel, MODELS, type Model } from '../domain/models.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { type ModelNews, type Provider, ProviderError } from '../providers/provider.ts';

/** How often the provider is asked which models there are, in ms, and how soon again when it did not say. */
const EVERY_MS = 6 * 3_600_000;
const AGAIN_MS = 300_000;
/** How long a start waits for the first answer, in ms of the machine's clock. */
const FIRST_ANSWER_MS = 5000;
/** How long a model is not offered that the provider has refused though its list has it, in ms. */
const REFUSED_MS = 1_800_000;
/** Where the last answer is kept. */
const KEPT = 'models';

/** What the list of models works with. */
export interface ModelListParts {
  provider: Pick<Provider, 'name' | 'models'>;
  /** Keeps the last answer, so that a start without the provider knows it. */
  keyv: Pick<Keyv, 'get' | 'set'>;
  /** `MODELS`: the only ones to offer, in this order. @default all of the catalogue */
  wanted?: readonly string[] | undefined;
  clock: Clock;
  log: Log;
}

/** The models that can be used at the moment: those of the catalogue that the provider offers and the operator wants. */
export class ModelList {
  readonly #parts: ModelListParts;
  readonly #wanted: readonly Model[];
  /** What the provider said last; undefined until it has said anything. */
  #news: ModelNews | undefined;
  /** Models that the provider has refused as unknown, whatever its list says, with the moment until which that counts (ms). */
  readonly #refused = new Map<string, number>();
  #changed: () => void = () => {};
  #told = '';
  /** Ids of the models that could be used when it was last told. */
  #before: readonly string[] = [];
  #answered = false;
  /** Whether it was told that there is no answer; once is enough. */
  #silent = false;

  constructor(parts: ModelListParts) {
    this.#parts = parts;
    this.#wanted = parts.wanted?.map((id) => findModel(id)).filter((model) => model !== undefined) ?? MODELS;
  }

  /** Models that can be used, in the operator's order; the first is the default. */
  available(): readonly Model[] {
    return this.#wanted.filter(({ id }) => this.#isOffered(id));
  }

  /** Whether the operator wants a model that cannot be used any more. */
  isWithdrawn(id: string): boolean {
    return this.#wanted.some((model) => model.id === id) && !this.#isOffered(id);
  }

  /** What to use instead of a model: the provider's own word if that can be used, else the default. */
  successorOf(id: string): Model | undefined {
    const named = this.#news?.leaving[id]?.successor ?? findModel(id)?.withdrawn?.successor;
    const available = this.available().filter((model) => model.id !== id);
    return available.find((model) => model.id === named) ?? available[0];
  }

  /** Calls back when other models can be used than before. */
  onChanged(listener: () => void): void {
    this.#changed = listener;
  }

  /** The provider does not know this model any more: it is not offered for half an hour, whatever the list says. */
  async refused(id: string): Promise<void> {
    if (this.#isRefused(id)) return;
    this.#refused.set(id, this.#parts.clock.now() + REFUSED_MS);
    await this.#refresh().catch((error: unknown) => this.#warn(error));
    this.#tell();
  }

  /**
   * Asks the provider, so that no request meets a stale list; what it said last counts when it takes too long. Call it
   * before anything is accepted.
   */
  async start(): Promise<void> {
    const kept = (await this.#parts.keyv.get(this.#key)) as ModelNews | undefined;
    if (kept) this.#news = kept;
    if (kept) this.#before = this.available().map(({ id }) => id);
    const late = AbortSignal.timeout(FIRST_ANSWER_MS);
    this.#answered = await this.#update(late);
  }

  /** Asks the provider every six hours, until the signal aborts. */
  async keepUp(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#parts.clock.sleep(this.#answered ? EVERY_MS : AGAIN_MS, signal).catch(() => {});
      if (!signal.aborted) this.#answered = await this.#update(signal);
    }
  }

  /** @returns whether there was an answer. */
  async #update(signal: AbortSignal): Promise<boolean> {
    const answered = await this.#refresh(signal).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof DOMException && error.name === 'AbortError')) this.#warn(error);
        return false;
      },
    );
    if (answered) {
      this.#refused.clear();
      this.#silent = false;
    }
    this.#tell();
    return answered;
  }

  get #key(): string {
    return `${KEPT}:${this.#parts.provider.name}`;
  }

  #isRefused(id: string): boolean {
    return (this.#refused.get(id) ?? Number.NEGATIVE_INFINITY) > this.#parts.clock.now();
  }

  #isOffered(id: string): boolean {
    if (this.#isRefused(id)) return false;
    return this.#news ? this.#news.offered.includes(id) : findModel(id)?.withdrawn === undefined;
  }

  async #refresh(signal?: AbortSignal): Promise<void> {
    const { provider, keyv } = this.#parts;
    const news = await provider.models(signal);
    if (!news) return;
    this.#logPrices(news);
    this.#news = news;
    await keyv.set(this.#key, news);
  }

  #warn(error: unknown): void {
    if (this.#silent) return;
    this.#silent = true;
    const expected = error instanceof ProviderError || error instanceof DOMException;
    const line = 'the provider did not say which models it offers; what was known counts';
    this.#parts.log[expected ? 'warn' : 'error']({ err: error }, line);
  }

  #logPrices({ prices }: ModelNews): void {
    if (!this.#news) return;
    for (const [model, price] of Object.entries(prices)) {
      const before = this.#news.prices[model];
      if (before === undefined || JSON.stringify(before) === JSON.stringify(price)) continue;
      this.#parts.log.info({ model, before, after: price }, 'the provider has changed the price of a model');
    }
  }

  /** Tells operators of models that leave or have left, and everybody else that the list has changed. */
  #tell(): void {
    const { log } = this.#parts;
    const lines = this.#wanted.flatMap(({ id }) => this.#lineFor(id) ?? []);
    const available = this.available().map(({ id }) => id);
    const state = JSON.stringify([available, lines]);
    if (state === this.#told) return;
    this.#told = state;
    for (const { id, line, gone } of lines) {
      // Who has named no models loses none by one that was gone before.
      const isLoss = !gone || this.#parts.wanted !== undefined || this.#before.includes(id);
      log[isLoss ? 'warn' : 'info'](line);
    }
    if (available.length === 0) log.error('the provider offers none of the models: no video can be made');
    this.#before = available;
    this.#changed();
  }

  #lineFor(id: string): { id: string; line: string; gone: boolean } | undefined {
    const leaving = this.#news?.leaving[id] ?? (this.#isOffered(id) ? undefined : findModel(id)?.withdrawn);
    const offered = this.#isOffered(id);
    if (offered && !leaving) return undefined;
    const successor = this.successorOf(id)?.id;
    const instead = successor ? `; ${successor} takes its place` : '';
    const day = leaving?.at;
    return offered
      ? { id, line: `the model ${id} will be withdrawn${day ? ` on ${day}` : ''}${instead}`, gone: false }
      : { id, line: `the model ${id} is not offered any more${day ? ` since ${day}` : ''}${instead}`, gone: true };
  }
}
