import { ProviderError, type ProviderErrorKind } from '../provider.ts';
import type { HttpAnswer } from './http.ts';

/** Whether a call may have started a generation (`submit`) or only asked (`read`): it decides what silence means. */
export type CallKind = 'submit' | 'read';

/** The longest hint, in characters. */
const MAX_HINT_LENGTH = 300;

/** The longest wait that we let the API ask for, in ms. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** What the API's status codes mean (docs.aimlapi.com, "Error codes"); the others depend on the call. */
const KINDS: Readonly<Record<number, ProviderErrorKind>> = {
  400: 'rejected',
  401: 'unauthorised',
  402: 'out_of_credit',
  403: 'out_of_credit',
  404: 'not_found',
  422: 'rejected',
  425: 'busy',
  429: 'busy',
};

/** What a status other than success means for a call. */
function kindOf(status: number, call: CallKind): ProviderErrorKind {
  const known = KINDS[status];
  if (known) return known;
  // 408 (request time-out) says nothing about what became of the request.
  if (status >= 400 && status < 500 && status !== 408) return 'rejected';
  if (call === 'read' || status === 503) return 'unavailable';
  // A gateway that gave up (500, 502, 504), or answered with a redirect, may have passed the request on before.
  return 'ambiguous';
}

/**
 * Puts an answer other than success into a typed error.
 * @param hidden what a hint must never repeat: the key, and the prompt, as hints go to the log.
 */
export function toProviderError(
  answer: HttpAnswer,
  call: CallKind,
  now: number,
  hidden: readonly string[],
): ProviderError {
  const hint = plainText(hide(messageOf(answer.text), hidden)) || `no reason was given (HTTP ${answer.status})`;
  return new ProviderError(kindOf(answer.status, call), hint, {
    retryAfterMs: retryAfterMs(answer.headers.get('retry-after'), now),
  });
}

/** The shortest text that is hidden; anything shorter would only tear words apart. */
const MIN_HIDDEN_LENGTH = 3;

function hide(words: string, hidden: readonly string[]): string {
  let clean = words;
  for (const text of hidden) {
    if (text.length < MIN_HIDDEN_LENGTH) continue;
    clean = clean.replaceAll(text, '[redacted]').replaceAll(JSON.stringify(text).slice(1, -1), '[redacted]');
  }
  return clean;
}

/**
 * The wait that a `Retry-After` header asks for (RFC 9110, 10.2.3: seconds or an HTTP date), in ms; at most an hour.
 * Undefined when there is none or it can't be read.
 */
function retryAfterMs(header: string | null, now: number): number | undefined {
  const value = header?.trim() ?? '';
  const wanted = /^\d+(\.\d+)?$/.test(value)
    ? Number(value) * 1000
    : /[a-z]/i.test(value)
      ? Date.parse(value) - now
      : NaN;
  return Number.isNaN(wanted) ? undefined : Math.min(Math.max(Math.ceil(wanted), 0), MAX_RETRY_AFTER_MS);
}

/**
 * One line that a person can read: without control characters and marks that turn the direction of text around, at
 * most 300 characters.
 */
export function plainText(text: string): string {
  const line = text
    .replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length > MAX_HINT_LENGTH ? `${characters.slice(0, MAX_HINT_LENGTH - 1).join('')}…` : line;
}

/** The API's own words in the body of an error, or '' when there are none. Pages of HTML are for browsers. */
function messageOf(text: string | undefined): string {
  const body = text?.trim() ?? '';
  try {
    return wordsIn(JSON.parse(body), 0);
  } catch {
    return body.startsWith('<') ? '' : body;
  }
}

/** How deep the words may be wrapped: `{error: {message: …}}`, lists of issues inside. */
const MAX_DEPTH = 4;

function wordsIn(value: unknown, depth: number): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return '';
  if (Array.isArray(value)) {
    return value
      .map((entry) => issueWords(entry, depth + 1))
      .filter(Boolean)
      .join('; ');
  }
  const fields = value as Record<string, unknown>;
  const message = firstWords([fields.message, fields.error, fields.detail, fields.msg], depth);
  const issues = firstWords([fields.meta, fields.errors, fields.issues].filter(Array.isArray), depth);
  return message && issues ? `${message} (${issues})` : message || issues;
}

function firstWords(values: readonly unknown[], depth: number): string {
  for (const value of values) {
    const words = wordsIn(value, depth + 1);
    if (words) return words;
  }
  return '';
}

function issueWords(issue: unknown, depth: number): string {
  const words = wordsIn(issue, depth);
  if (!words || typeof issue !== 'object' || issue === null) return words;
  const { path } = issue as { path?: unknown };
  const where = Array.isArray(path) ? path.join('.') : typeof path === 'string' ? path : '';
  return where ? `${where}: ${words}` : words;
}
