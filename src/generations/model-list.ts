import type Keyv from 'keyv';
import { findModel, MODELS, type Model } from '../domain/models.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { type ModelNews, type Provider, ProviderError } from '../providers/provider.ts';

/** How often the provider is asked for its models, in ms, and how soon again when it gave no answer. */
const EVERY_MS = 6 * 3_600_000;
const AGAIN_MS = 300_000;
/** How long a start waits for the first answer, in ms of the machine's clock. */
const FIRST_ANSWER_MS = 5000;
/** How often a process reads the answers that other processes got from the provider, in ms. */
const HEAR_MS = 10_000;
/** How long a model is withheld after the provider refused it although it is on its list, in ms. */
const REFUSED_MS = 1_800_000;
/** Keys of the last answer, of its time, and of the times until which refused models are withheld. */
const KEPT = 'models';
const ASKED = 'models asked';
const REFUSED = 'model refused';

/** Dependencies of `ModelList`. */
export interface ModelListParts {
  provider: Pick<Provider, 'name' | 'models'>;
  /** Keeps what the provider has said, so that a start without it knows it, and so do all other processes. */
  keyv: Pick<Keyv, 'get' | 'set'>;
  /** As in `Store`. */
  leads: (what: string, ms: number) => Promise<boolean>;
  /** `MODELS`: the only ones to offer, in this order. @default all of the catalogue */
  wanted?: readonly string[] | undefined;
  clock: Clock;
  log: Log;
}

/** The models that can be used at the moment: those of the catalogue that the provider offers and the operator wants. */
export class ModelList {
  readonly #parts: ModelListParts;
  readonly #wanted: readonly Model[];
  /** The provider's latest list; undefined until there is one. */
  #news: ModelNews | undefined;
  /** The latest list that this process fetched itself, which may be older. */
  #own: ModelNews | undefined;
  /** When any process last asked, and when to ask next (ms). */
  #askedAt: number | undefined;
  #nextAt = 0;
  /** Models that the provider has refused as unknown, whatever its list says, with the moment until which that counts (ms). */
  readonly #refused = new Map<string, number>();
  #changed: () => void = () => {};
  #told = '';
  /** Ids of the models that could be used when it was last told. */
  #before: readonly string[] = [];
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

  /** The replacement for a model: the provider's own suggestion if it is available, else the default. */
  successorOf(id: string): Model | undefined {
    const named = this.#news?.leaving[id]?.successor ?? findModel(id)?.withdrawn?.successor;
    const available = this.available().filter((model) => model.id !== id);
    return available.find((model) => model.id === named) ?? available[0];
  }

  /** Calls back when the available models change. */
  onChanged(listener: () => void): void {
    this.#changed = listener;
  }

  /** The provider does not know this model any more: it is not offered for half an hour, whatever the list says. */
  async refused(id: string): Promise<void> {
    const { keyv, clock, log } = this.#parts;
    // Another process may have been told the same.
    if (!this.#isRefused(id)) await this.#hear();
    if (!this.#isRefused(id)) {
      const until = clock.now() + REFUSED_MS;
      this.#refused.set(id, until);
      await keyv.set(this.#key(`${REFUSED}: ${id}`), until, REFUSED_MS).catch((error: unknown) => {
        log.warn({ err: error, model: id }, 'could not tell other processes that a model was refused');
      });
      await this.#refresh().catch((error: unknown) => this.#warn(error));
    }
    this.#tell();
  }

  /**
   * Asks the provider, so that no request meets a stale list; what it said last counts when it takes too long. Call it
   * before anything is accepted.
   */
  async start(): Promise<void> {
    await this.#hear();
    if (this.#news) this.#before = this.available().map(({ id }) => id);
    // Of several processes that start at once, one asks for all that know an earlier answer.
    const asks = await this.#leads();
    if (asks || !this.#news) await this.#update(AbortSignal.timeout(FIRST_ANSWER_MS));
    this.#tell();
  }

  /** Asks the provider every six hours, in one process for all, and learns what others were told, until the signal aborts. */
  async keepUp(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    while (!signal.aborted) {
      await clock.sleep(HEAR_MS, signal).catch(() => {});
      if (signal.aborted) return;
      await this.#hear();
      if (clock.now() >= this.#nextAt && (await this.#leads())) await this.#update(signal);
      this.#tell();
    }
  }

  async #update(signal: AbortSignal): Promise<void> {
    this.#nextAt = this.#parts.clock.now() + AGAIN_MS;
    await this.#refresh(signal).then(
      () => {
        this.#silent = false;
      },
      (error: unknown) => {
        if (!(error instanceof DOMException && error.name === 'AbortError')) this.#warn(error);
      },
    );
  }

  /** Reads the answers that other processes got from the provider. */
  async #hear(): Promise<void> {
    const { keyv, clock, log } = this.#parts;
    try {
      const ids = this.#wanted.map(({ id }) => id);
      const [askedAt, ...refused] = await keyv.get<number>([
        this.#key(ASKED),
        ...ids.map((id) => this.#key(`${REFUSED}: ${id}`)),
      ]);
      for (const [index, until = 0] of refused.entries()) {
        const id = ids[index];
        if (id !== undefined && until > clock.now()) this.#refused.set(id, until);
      }
      // An earlier version kept no such moment.
      if (askedAt === this.#askedAt && this.#news) return;
      const news = await keyv.get<ModelNews>(this.#key(KEPT));
      if (news) this.#news = news;
      this.#askedAt = askedAt;
      if (askedAt !== undefined) this.#nextAt = askedAt + EVERY_MS;
    } catch (error) {
      log.warn({ err: error }, 'could not learn which models the provider has offered to other processes');
    }
  }

  /** Whether this process is the one that asks; should it die, another one does as soon as it would ask again. */
  async #leads(): Promise<boolean> {
    return await this.#parts.leads('model list', AGAIN_MS).catch(() => false);
  }

  #key(what: string): string {
    return `${what}:${this.#parts.provider.name}`;
  }

  #isRefused(id: string): boolean {
    return (this.#refused.get(id) ?? Number.NEGATIVE_INFINITY) > this.#parts.clock.now();
  }

  #isOffered(id: string): boolean {
    if (this.#isRefused(id)) return false;
    return this.#news ? this.#news.offered.includes(id) : findModel(id)?.withdrawn === undefined;
  }

  async #refresh(signal?: AbortSignal): Promise<void> {
    const { provider, keyv, clock } = this.#parts;
    const changed = await provider.models(signal);
    if (changed) this.#own = changed;
    // The same as last time, which may be something else than another process was told meanwhile.
    const news = this.#own;
    this.#askedAt = clock.now();
    this.#nextAt = this.#askedAt + EVERY_MS;
    if (news && news !== this.#news) {
      this.#logPrices(news);
      this.#news = news;
      await keyv.set(this.#key(KEPT), news);
    }
    await keyv.set(this.#key(ASKED), this.#askedAt);
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
