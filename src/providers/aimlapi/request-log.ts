import { ProviderError } from '../provider.ts';
import { type LogRow, readLogPage } from './states.ts';

/** Rows a page; the API's own limit. */
const PAGE_ROWS = 100;

/** Pages that are read before the search is given up. */
const MAX_PAGES = 50;

/** How far the API's clock and ours may differ, in ms. */
const CLOCK_DIFFERENCE_MS = 300_000;

/** The longest window that the API takes is 92 days; one less leaves room for the difference of clocks. */
const MAX_WINDOW_MS = 91 * 86_400_000;

/**
 * Looks for a request in the API's log, newest first, page by page. The window's end is fixed, so rows that arrive
 * meanwhile can't push an unread one past the next page.
 * @param getPage fetches a page's body. @param note called with the number of rows that could not be read.
 * @returns the id of the generation, or undefined when the whole window has no such request that succeeded.
 * @throws {ProviderError} `unavailable` when the log can't be read to its end: not found would be a guess then.
 */
export async function findInLog(
  clientRequestId: string,
  window: { since: number; now: number },
  getPage: (query: Record<string, string>) => Promise<string | undefined>,
  note: (unreadable: number) => void,
): Promise<string | undefined> {
  const end = window.now + CLOCK_DIFFERENCE_MS;
  const start = Math.max(Math.min(window.since - CLOCK_DIFFERENCE_MS, end), end - MAX_WINDOW_MS);
  let offset = 0;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const text = await getPage({
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
      limit: String(PAGE_ROWS),
      offset: String(offset),
    });
    const page = readLogPage(text);
    if (!page) throw new ProviderError('unavailable', 'the log of requests could not be read');
    if (page.unreadable > 0) note(page.unreadable);
    const found = page.rows.find((row) => isAccepted(row, clientRequestId));
    if (found && !found.inference_id) {
      throw new ProviderError('unavailable', 'the log of requests has the request without its id');
    }
    if (found) return found.inference_id;
    if (!page.hasMore || page.size === 0) return undefined;
    offset += page.size;
  }
  throw new ProviderError('unavailable', `the log of requests has more than ${MAX_PAGES} pages`);
}

function isAccepted(row: LogRow, clientRequestId: string): boolean {
  return row.client_request_id === clientRequestId && row.status !== 'failed';
}
