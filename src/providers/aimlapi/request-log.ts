import { z } from 'zod';
import { type FailedRequest, ProviderError, type Trace } from '../provider.ts';

/** Rows a page; the API's own limit. */
const PAGE_ROWS = 100;

/** Pages that are read before the search is given up. */
const MAX_PAGES = 50;

/**
 * How far the API's clock and ours may differ beyond what was measured, in ms: its `Date` has whole seconds, and an
 * answer takes a while. While nothing has been measured, much more.
 */
const MARGIN_MS = 120_000;
const UNMEASURED_MARGIN_MS = 3_600_000;

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
    .object({ has_more: z.boolean().optional().catch(undefined) })
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

/**
 * Looks for requests in the API's log, newest first, page by page: one look for all of them, which ends as soon as each
 * has been found. The window's end is fixed, so no row is passed over; one that is pushed to the next page counts once.
 * @param since when each was sent (our clock, ms), by client request id.
 * @param skewMs how far the API's clock is ahead of ours; undefined while it has not been measured.
 * @param getPage fetches a page's body. @param note called with the number of rows that could not be read.
 * @throws {ProviderError} `unavailable` when the log can't be read to its end: not found would be a guess then.
 */
export async function findInLog(
  since: ReadonlyMap<string, number>,
  { now, skewMs }: { now: number; skewMs: number | undefined },
  getPage: (query: Record<string, string>) => Promise<string | undefined>,
  note: (unreadable: number) => void,
): Promise<ReadonlyMap<string, Trace>> {
  const margin = skewMs === undefined ? UNMEASURED_MARGIN_MS : MARGIN_MS;
  const theirs = (moment: number) => moment + (skewMs ?? 0);
  const end = theirs(Math.min(now, Math.max(...since.values()) + LATEST_MS)) + margin;
  const start = Math.max(Math.min(theirs(Math.min(...since.values())) - margin, end), end - MAX_WINDOW_MS);
  const traces = new Map<string, Trace>();
  const accepted = () => [...since.keys()].every((id) => traces.get(id)?.accepted !== undefined);
  const seen = new Set<string>();
  const isNew = (one: z.output<typeof row>) => {
    const name = JSON.stringify([one.client_request_id, one.request_id, one.inference_id, one.created, one.status]);
    return since.has(one.client_request_id ?? '') && seen.size < seen.add(name).size;
  };
  let offset = 0;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const read = readPage(
      await getPage({
        start: new Date(start).toISOString(),
        end: new Date(end).toISOString(),
        limit: String(PAGE_ROWS),
        offset: String(offset),
      }),
    );
    if (!read) throw new ProviderError('unavailable', 'the log of requests could not be read');
    if (read.unreadable > 0) note(read.unreadable);
    // New rows push others to the next page, where they must not count once more.
    for (const one of read.rows.filter(isNew)) noteRow(one, since, traces);
    if (accepted() || !read.hasMore || read.size === 0) return traces;
    offset += read.size;
  }
  throw new ProviderError('unavailable', `the log of requests has more than ${MAX_PAGES} pages`);
}

function noteRow(one: z.output<typeof row>, since: ReadonlyMap<string, number>, traces: Map<string, Trace>): void {
  const id = one.client_request_id ?? '';
  if (!since.has(id)) return;
  const trace = traces.get(id) ?? { accepted: undefined, failed: 0, lastFailed: undefined };
  const { accepted, failed } = trace;
  // A status that nobody knows is no failure, and what may have been accepted is not sent again.
  if (one.status?.toLowerCase() === 'failed') {
    traces.set(id, { accepted, failed: failed + 1, lastFailed: later(trace.lastFailed, failedRequest(one)) });
  } else if (one.inference_id) traces.set(id, { ...trace, accepted: accepted ?? one.inference_id });
  else throw new ProviderError('unavailable', 'the log of requests has the request without its id');
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

/** A page of the log. `unreadable` counts rows that were left out; they do not hide the others. */
function readPage(
  body: string | undefined,
): { rows: z.output<typeof row>[]; unreadable: number; size: number; hasMore: boolean } | undefined {
  let read: z.output<typeof page> | undefined;
  try {
    read = page.safeParse(JSON.parse(body ?? '')).data;
  } catch {
    return undefined;
  }
  if (!read) return undefined;
  const rows = read.data.flatMap((one) => row.safeParse(one).data ?? []);
  return {
    rows,
    unreadable: read.data.length - rows.length,
    size: read.data.length,
    // Where it is not said, a full page is followed by another.
    hasMore: read.pagination?.has_more ?? read.data.length >= PAGE_ROWS,
  };
}
