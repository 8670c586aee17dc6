import type Keyv from 'keyv';
import type { Log } from '../../lib/log.ts';
import { type ModelNews, ProviderError } from '../provider.ts';
import type { Call, HttpAnswer } from './http-client.ts';
import { newsFrom, readLeaving, readListed } from './model-news.ts';
import { API_MODELS } from './request-fields.ts';

/** The list of all models with their prices is some hundred KiB; this is room for ten times as many, in bytes. */
const MAX_LIST_BYTES = 16 * 1024 * 1024;

/** The names that an answer was parsed for. An update that changes one makes the kept answer useless. */
const READ_FOR = Object.entries(API_MODELS)
  .map(([id, { names }]) => [id, ...names].join())
  .join(' ');

type Listed = NonNullable<ReturnType<typeof readListed>>;
type Leaving = NonNullable<ReturnType<typeof readLeaving>>;

/** Dependencies of `createModelLists`. */
export interface ModelListsParts {
  /** The provider's name; lists are kept under it. */
  name: string;
  /** Answers kept for another address do not count. */
  baseUrl: string;
  ask: (call: Pick<Call, 'path' | 'query' | 'etag' | 'mostBytes'>, signal?: AbortSignal) => Promise<HttpAnswer>;
  /** Keeps the last answers, so that the next process asks only for what has changed. @default nothing is kept */
  keyv?: Pick<Keyv, 'get' | 'set'> | undefined;
  log: Log;
}

/** An answer that could be read, and its `ETag`. */
interface Known<T> {
  baseUrl: string;
  readFor: string;
  etag: string;
  value: T;
}

/** One of the API's lists, as it was last. */
class List<T> {
  readonly #parts: ModelListsParts;
  readonly #path: string;
  readonly #query: Record<string, string>;
  readonly #read: (text: string | undefined) => T | undefined;
  #known: Known<T> | undefined;

  constructor(
    parts: ModelListsParts,
    path: string,
    query: Record<string, string>,
    read: (text: string | undefined) => T | undefined,
  ) {
    this.#parts = parts;
    this.#path = path;
    this.#query = query;
    this.#read = read;
  }

  /** The list as it was last known, by this process or the one before. */
  async kept(): Promise<Known<T> | undefined> {
    if (this.#known) return this.#known;
    const { keyv, baseUrl } = this.#parts;
    const kept = await keyv?.get<Known<T>>(this.#key()).catch((error: unknown) => this.#warn(error));
    if (kept?.baseUrl === baseUrl && kept.readFor === READ_FOR) this.#known = kept;
    return this.#known;
  }

  /** The list in its latest form, and whether that has changed. @throws {ProviderError} */
  async update(signal?: AbortSignal): Promise<{ value: T | undefined; changed: boolean }> {
    const { ask, baseUrl, keyv } = this.#parts;
    const before = await this.kept();
    const call = { path: this.#path, query: this.#query, etag: before?.etag, mostBytes: MAX_LIST_BYTES };
    const answer = await ask(call, signal);
    if (answer.status === 304 && before) return { value: before.value, changed: false };
    const value = this.#read(answer.text);
    const etag = answer.headers.get('etag');
    // One that can't be read, or broke off, must not count as known.
    if (value !== undefined && etag !== null) {
      this.#known = { baseUrl, readFor: READ_FOR, etag, value };
      await keyv?.set(this.#key(), this.#known).catch((error: unknown) => this.#warn(error));
    }
    return { value, changed: true };
  }

  #key(): string {
    return `list ${this.#parts.name} ${this.#path}`;
  }

  #warn(error: unknown): undefined {
    this.#parts.log.warn({ err: error }, 'a list of models could not be kept; the provider is asked for all of it');
  }
}

/** Reads the API's lists of models, and asks only for what has changed. @returns as `Provider.models`. */
export function createModelLists(parts: ModelListsParts): (signal?: AbortSignal) => Promise<ModelNews | undefined> {
  const lists = {
    listed: new List(parts, '/v1/models', { include: 'pricing' }, readListed),
    leaving: new List(parts, '/v1/models/deprecations', {}, readLeaving),
  };
  /** The latest readable form of each list; one that is out of order takes nothing back. */
  let latest: { listed?: Listed | undefined; leaving?: Leaving | undefined } = {};
  let isFirst = true;

  return async (signal) => {
    const unread: ProviderError[] = [];
    const note = (cause: unknown) => {
      if (!(cause instanceof ProviderError)) throw cause;
      unread.push(cause);
      return undefined;
    };
    // Each says something without the other.
    const [catalogue, deprecations] = await Promise.all([
      lists.listed.update(signal).catch(note),
      lists.leaving.update(signal).catch(note),
    ]);
    const [listed, leaving] = [catalogue?.value, deprecations?.value];
    if (!listed && !leaving) {
      throw new ProviderError('unavailable', 'the lists of models could not be read', { cause: unread[0] });
    }
    latest = {
      listed: listed ?? latest.listed ?? (await lists.listed.kept())?.value,
      leaving: leaving ?? latest.leaving ?? (await lists.leaving.kept())?.value,
    };
    const changed = isFirst || catalogue?.changed || deprecations?.changed;
    isFirst = false;
    return changed ? newsFrom(latest.listed, latest.leaving) : undefined;
  };
}
