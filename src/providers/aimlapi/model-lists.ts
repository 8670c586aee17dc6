import type Keyv from 'keyv';
import type { Log } from '../../lib/log.ts';
import { type ModelNews, ProviderError } from '../provider.ts';
import { API_MODELS } from './fields.ts';
import type { Call, HttpAnswer } from './http.ts';
import { newsFrom, readLeaving, readListed } from './model-news.ts';

/** The list of all models with their prices is some hundred KiB; this is room for ten times as many, in bytes. */
const MAX_LIST_BYTES = 16 * 1024 * 1024;

/** The names that an answer was parsed for. An update that changes one makes the kept answer useless. */
const READ_FOR = Object.entries(API_MODELS)
  .map(([id, { names }]) => [id, ...names].join())
  .join(' ');

const LISTED = '/v1/models';
const LEAVING = '/v1/models/deprecations';
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

/** Reads the API's lists of models, and asks only for what has changed. @returns as `Provider.models`. */
export function createModelLists(parts: ModelListsParts): (signal?: AbortSignal) => Promise<ModelNews | undefined> {
  const { name, baseUrl, ask, keyv, log } = parts;
  const known = new Map<string, Known<unknown>>();
  /** What could be read last of each list; one that is out of order takes nothing back. */
  let latest: { listed?: Listed | undefined; leaving?: Leaving | undefined } = {};
  let isFirst = true;

  async function find<T>(path: string): Promise<Known<T> | undefined> {
    if (!known.has(path)) {
      const kept = await keyv?.get<Known<T>>(keyOf(path)).catch((error: unknown) => warn(error));
      if (kept?.baseUrl === baseUrl && kept.readFor === READ_FOR) known.set(path, kept);
    }
    return known.get(path) as Known<T> | undefined;
  }

  const keyOf = (path: string) => `list ${name} ${path}`;
  const warn = (error: unknown) => {
    log.warn({ err: error }, 'a list of models could not be kept; the provider is asked for all of it');
    return undefined;
  };

  /** A list in its latest form, and whether that has changed. @throws {ProviderError} */
  async function list<T>(
    path: string,
    query: Record<string, string>,
    read: (text: string | undefined) => T | undefined,
    signal?: AbortSignal,
  ): Promise<{ value: T | undefined; changed: boolean }> {
    const before = await find<T>(path);
    const answer = await ask({ path, query, etag: before?.etag, mostBytes: MAX_LIST_BYTES }, signal);
    if (answer.status === 304 && before) return { value: before.value, changed: false };
    const value = read(answer.text);
    const etag = answer.headers.get('etag');
    // One that can't be read, or broke off, must not count as known.
    if (value !== undefined && etag !== null) {
      const next = { baseUrl, readFor: READ_FOR, etag, value };
      known.set(path, next);
      await keyv?.set(keyOf(path), next).catch(warn);
    }
    return { value, changed: true };
  }

  return async (signal) => {
    const unread: ProviderError[] = [];
    const note = (cause: unknown) => {
      if (!(cause instanceof ProviderError)) throw cause;
      unread.push(cause);
      return undefined;
    };
    // Each says something without the other.
    const [catalogue, deprecations] = await Promise.all([
      list(LISTED, { include: 'pricing' }, readListed, signal).catch(note),
      list(LEAVING, {}, readLeaving, signal).catch(note),
    ]);
    const [listed, leaving] = [catalogue?.value, deprecations?.value];
    if (!listed && !leaving) {
      throw new ProviderError('unavailable', 'the lists of models could not be read', { cause: unread[0] });
    }
    latest = {
      listed: listed ?? latest.listed ?? (await find<Listed>(LISTED))?.value,
      leaving: leaving ?? latest.leaving ?? (await find<Leaving>(LEAVING))?.value,
    };
    const changed = isFirst || catalogue?.changed || deprecations?.changed;
    isFirst = false;
    return changed ? newsFrom(latest.listed, latest.leaving) : undefined;
  };
}
