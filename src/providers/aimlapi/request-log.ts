import { z } from 'zod';
import { type FailedRequest, ProviderError, type Trace } from '../provider.ts';

/** Rows a page; the API's own limit. */
const PAGE_ROWS = 100;

/** Pages that are read in one look, and of each window before a narrower one is tried; the last one has the rest. */
const MAX_PAGES = 50;
const MAX_PAGES_OF = [30, 15];

/**
 * How far the API's clock and ours may differ beyond what was measured, in ms: its `Date` has whole seconds, and an
 * answer takes a while. While nothing has been measured, much more.
 */
const MARGIN_MS = 120_000;
const UNMEASURED_MARGIN_MS = 3_600_000;
/** The margin where the log has too many rows, in ms. */
const NARROW_MARGIN_MS = 15_000;

/** A row is of the moment of its request, or at the latest of the end of its generation; in ms after the request. */
const LATEST_MS = 2 * 3_600_000;

/** The longest window that the API takes is 92 days; one less leaves room for the difference of clocks. */
const MAX_WINDOW_MS = 91 * 86_400_000;

const text = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(undefined);

const page = z.object({
  data: z.array(z.unknown()),
  pagination: z
    .object({ has_more: z.boolean().optional().catch(undefined), total: z.number().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

const row = z.object({
  client_request_id: z.string().nullish(),
  inference_id: text,
  request_id: text,
  created: text,
  status: text,
});

/** A span of the API's time, in ms. */
interface Window {
  start: number;
  end: number;
}

/** When each request was sent (our clock, ms), by client request id. */
type Sent = ReadonlyMap<string, number>;

type GetPage = (query: Record<string, string>) => Promise<string | undefined>;
type NoteUnreadable = (unreadable: number) => void;

/** The two clocks, as far as they have been compared. */
interface Clocks {
  /** The present (our clock, ms). */
  now: number;
  /** How far the API's clock is ahead of ours; undefined while that was not measured. */
  skewMs: number | undefined;
  /** How far they may have been from that when the requests were sent, in ms. */
  wideMs: number;
}

/**
 * Looks for requests in the API's log, newest first, page by page: one look for all of them, which ends as soon as each
 * has been found. The window's end is fixed, so no row is passed over; one that is pushed to the next page counts once.
 * A window with too many pages is narrowed to the moments at which the requests were sent.
 * @param getPage fetches a page's body. @param note called with the number of rows that could not be read.
 * Rows that can't be read do not hide the others, unless there are no others.
 * @throws {ProviderError} `unavailable` when the log can't be read to its end, or no row of it can be read: not found
 * would be a guess then.
 */
export async function findInLog(
  sent: Sent,
  clocks: Clocks,
  getPage: GetPage,
  note: NoteUnreadable,
): Promise<ReadonlyMap<string, Trace>> {
  const search = new Search(sent, getPage, note);
  const [widest, ...narrower] = windowsFor(sent, clocks);
  const narrowest = narrower.pop();
  let left = MAX_PAGES;
  for (const [index, windows] of [widest, ...narrower].entries()) {
    const pages = MAX_PAGES_OF[index] ?? 0;
    if (await search.read(windows, pages)) return search.traces();
    left -= pages;
  }
  if (narrowest && (await search.read(narrowest, left))) return search.traces();
  if (search.hasFound()) return search.traces();
  throw new ProviderError('unavailable', 'the log of requests has too many pages', { answered: true, lasting: true });
}

/** The windows to look through, from the widest to the narrowest. */
function windowsFor(sent: Sent, { now, skewMs, wideMs }: Clocks): [Window[], ...Window[][]] {
  const margin = skewMs === undefined ? UNMEASURED_MARGIN_MS : MARGIN_MS;
  const moments = [...sent.values()].map((moment) => moment + (skewMs ?? 0)).sort((one, other) => one - other);
  const [first = 0, last = 0] = [moments[0], moments.at(-1)];
  const end = Math.min(now + (skewMs ?? 0), last + LATEST_MS) + margin + wideMs;
  const whole = { start: Math.max(Math.min(first - margin - wideMs, end), end - MAX_WINDOW_MS), end };
  const around = (ms: number) => joined(moments.map((moment) => ({ start: moment - ms, end: moment + ms })));
  return [[whole], around(margin), ...(skewMs === undefined ? [] : [around(NARROW_MARGIN_MS)])];
}

/** The same time without what is covered twice. @param windows by their start. */
function joined(windows: readonly Window[]): Window[] {
  const all: Window[] = [];
  for (const { start, end } of windows) {
    const last = all.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else all.push({ start, end });
  }
  return all;
}

/** One look through the log. */
class Search {
  readonly #sent: Sent;
  readonly #getPage: GetPage;
  readonly #note: NoteUnreadable;
  readonly #traces = new Map<string, Trace>();
  /** Requests that have a row of one that was accepted, without its id. */
  readonly #nameless = new Set<string>();
  readonly #seen = new Set<string>();
  /** Rows of all pages, in whichever window. */
  readonly #rows = { readable: 0, unreadable: 0 };

  constructor(sent: Sent, getPage: GetPage, note: NoteUnreadable) {
    this.#sent = sent;
    this.#getPage = getPage;
    this.#note = note;
  }

  /** @returns whether that was all, or all there is to be found; not when there are more pages than may be read. */
  async read(windows: readonly Window[], mostPages: number): Promise<boolean> {
    let left = mostPages;
    for (const { start, end } of windows) {
      for (let offset = 0, more = true; more; ) {
        if (left-- === 0) return false;
        const body = await this.#getPage({
          start: new Date(start).toISOString(),
          end: new Date(end).toISOString(),
          limit: String(PAGE_ROWS),
          offset: String(offset),
        });
        const page = readPage(body);
        this.#noteRows(page);
        if (this.#isDone()) return true;
        offset += page.size;
        if (page.total > offset + left * PAGE_ROWS) return false;
        more = page.hasMore && page.size > 0;
      }
    }
    return true;
  }

  /**
   * @throws {ProviderError} when no row could be read, or there is nothing but requests that were accepted under an id
   * that is not told.
   */
  traces(): ReadonlyMap<string, Trace> {
    if (this.#rows.unreadable > 0 && this.#rows.readable === 0) throw unreadableLog(true);
    // What was accepted must not be sent again, whatever else the log has of it.
    const unclear = [...this.#nameless].filter((id) => this.#traces.get(id)?.accepted === undefined);
    for (const id of unclear) this.#traces.delete(id);
    if (unclear.length < this.#sent.size) return this.#traces;
    const options = { answered: true, lasting: true };
    throw new ProviderError('unavailable', 'the log of requests has the request without its id', options);
  }

  /** Whether any request was accepted. */
  hasFound(): boolean {
    return [...this.#traces.values()].some(({ accepted }) => accepted !== undefined);
  }

  #isDone(): boolean {
    return [...this.#sent.keys()].every((id) => this.#traces.get(id)?.accepted !== undefined);
  }

  #noteRows({ rows, size }: Page): void {
    const unreadable = size - rows.length;
    this.#rows.readable += rows.length;
    this.#rows.unreadable += unreadable;
    if (unreadable > 0) this.#note(unreadable);
    for (const one of rows) this.#noteRow(one);
  }

  #noteRow(one: z.output<typeof row>): void {
    const id = one.client_request_id ?? '';
    // New rows push others to the next page, where they must not count once more.
    const name = JSON.stringify([id, one.request_id, one.inference_id, one.created, one.status]);
    if (!this.#sent.has(id) || this.#seen.has(name)) return;
    this.#seen.add(name);
    const trace = this.#traces.get(id) ?? { accepted: undefined, failed: 0, lastFailed: undefined };
    const { accepted, failed, lastFailed } = trace;
    // A status that nobody knows is no failure, and what may have been accepted is not sent again.
    if (one.status?.toLowerCase() === 'failed') {
      this.#traces.set(id, { accepted, failed: failed + 1, lastFailed: later(lastFailed, failedRequest(one)) });
    } else if (one.inference_id) this.#traces.set(id, { ...trace, accepted: accepted ?? one.inference_id });
    else this.#nameless.add(id);
  }
}

function failedRequest({ created, inference_id }: z.output<typeof row>): FailedRequest {
  // Without an offset it is UTC, as in the API's own parameters.
  const at = Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(created ?? '') ? (created ?? '') : `${created}Z`);
  return { at: Number.isNaN(at) ? undefined : at, id: inference_id || undefined };
}

/** The log is newest first, so of two that name no time the one that was read before is the later. */
function later(one: FailedRequest | undefined, other: FailedRequest): FailedRequest {
  return one && (one.at ?? 0) >= (other.at ?? 0) ? one : other;
}

/** A page of the log. */
interface Page {
  /** Those that could be read. */
  rows: z.output<typeof row>[];
  /** Number of rows, whether or not they could be read. */
  size: number;
  hasMore: boolean;
  /** Number of rows in the window, on all pages; 0 where that is not said. */
  total: number;
}

/** @throws {ProviderError} when it is no page. One that broke off on its way may be whole the next time. */
function readPage(body: string | undefined): Page {
  const read = page.safeParse(parse(body)).data;
  if (!read) throw unreadableLog(body !== undefined);
  return {
    rows: read.data.flatMap((one) => row.safeParse(one).data ?? []),
    size: read.data.length,
    // Where it is not said, a full page is followed by another.
    hasMore: read.pagination?.has_more ?? read.data.length >= PAGE_ROWS,
    total: read.pagination?.total ?? 0,
  };
}

/** @param answered whether it came as the API sent it. */
function unreadableLog(answered: boolean): ProviderError {
  const options = { answered, lasting: answered };
  return new ProviderError('unavailable', 'the log of requests could not be read', options);
}

function parse(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '') as unknown;
  } catch {
    return undefined;
  }
}
