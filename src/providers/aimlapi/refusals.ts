import { ProviderError, type ProviderErrorKind } from '../provider.ts';
import { type ErrorWords, errorWords, hide, isContentRefused, plainText } from './error-words.ts';
import type { HttpAnswer } from './http-client.ts';

/** Whether a call may have started a generation (`submit`) or only asked (`read`): it decides what silence means. */
export type CallKind = 'submit' | 'read';

/** The longest wait that we let the API ask for, in ms. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** Meanings of the API's status codes (docs.aimlapi.com, "Error codes"); others depend on the call and the speaker. */
const KINDS: Readonly<Record<number, ProviderErrorKind>> = {
  400: 'rejected',
  401: 'unauthorised',
  402: 'out_of_credit',
  403: 'out_of_credit',
  410: 'not_found',
  422: 'rejected',
  451: 'content_refused',
};

/** Refusals that say "not now": believed when the API itself says so. */
const NOT_NOW: Readonly<Record<number, ProviderErrorKind>> = { 425: 'busy', 429: 'busy', 503: 'unavailable' };

/** Statuses of a request that is at fault, where the words tell whether it was its content. */
const AT_FAULT: readonly ProviderErrorKind[] = ['rejected', 'out_of_credit', 'not_found'];

/** Classifies an answer other than success by the call that it answers. */
function kindOf(status: number, call: CallKind, words: ErrorWords, answered: boolean): ProviderErrorKind {
  const kind = KINDS[status] ?? (status === 404 ? notThere(call, words, answered) : undefined);
  if (kind && AT_FAULT.includes(kind) && refusesContent(status, words)) return 'content_refused';
  if (call === 'read') {
    if (NOT_NOW[status]) return NOT_NOW[status];
    // A gateway's 400 says nothing about the generation, and 405 or 409 says that the question was wrong.
    return kind === 'rejected' && !answered ? 'unavailable' : (kind ?? 'unavailable');
  }
  if (kind) return kind;
  if (NOT_NOW[status]) return answered ? NOT_NOW[status] : 'ambiguous';
  // 408 (request time-out) says nothing about what became of the request.
  if (status >= 400 && status < 500 && status !== 408) return 'rejected';
  // A gateway that gave up (500, 502, 504), or answered with a redirect, may have passed the request on before.
  return 'ambiguous';
}

/**
 * 404 to a submission: "withdrawn: gone, requests return 404" (the API's page of deprecations). A gateway without a
 * backend says 404 too, which proves nothing.
 */
function notThere(call: CallKind, words: ErrorWords, answered: boolean): ProviderErrorKind {
  if (call === 'read') return 'not_found';
  return answered || /\bmodel\b/i.test(words.message) ? 'model_withdrawn' : 'ambiguous';
}

/** Words of a refusal of the account, which may speak of terms and policies as well. */
const OF_ACCOUNT = /\b(?:balance|credits?|billing|top[ -]?up|payment|subscri\w*|plan|api key|account|verif\w*)\b/i;

/** 402 and 403 are the account when their words speak of it, unless a code says otherwise. */
function refusesContent(status: number, words: ErrorWords): boolean {
  if (status === 404) return isContentRefused({ ...words, message: '' });
  const ofAccount = (status === 402 || status === 403) && OF_ACCOUNT.test(words.message);
  return isContentRefused(ofAccount ? { ...words, message: '' } : words);
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
  const body = parse(answer.text);
  const said = errorWords(body);
  // The prompt's own words must not make a refusal of content out of another one.
  const words = { name: said.name, message: hide(said.message, hidden) };
  const hint = plainText(words.message) || `no reason was given (HTTP ${answer.status})`;
  const answered = isOwnAnswer(body, answer.status);
  const kind = isPage(answer.text) ? kindOfPage(answer.status, call) : kindOf(answer.status, call, words, answered);
  const unknownModel = call === 'submit' && kind === 'rejected' && isAboutModel(body);
  return new ProviderError(unknownModel ? 'model_withdrawn' : kind, hint, {
    retryAfterMs: retryAfterMs(answer.headers, now),
    answered,
    lasting: answered && isLasting(answer.status),
    refused: isContentRefused(words),
  });
}

/** Refusals that will not pass by waiting. Those of the account pass when its operator acts. */
function isLasting(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 402, 403, 408, 425, 429].includes(status);
}

/**
 * Whether the API itself gave an answer, and not something between it and us: its errors are JSON with a request id, a
 * message, and the status once more (`statusCode` or `status`). Gateways have JSON of their own, some with a `requestId`.
 */
function isOwnAnswer(body: unknown, status: number): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const { requestId, message, statusCode, status: problem } = body as Record<string, unknown>;
  const named = typeof requestId === 'string' && requestId !== '' && typeof message === 'string';
  return named && Number(statusCode ?? problem) === status;
}

/** A page is for people, and of something between the API and us: of a refusal it proves only that of a wrong request. */
function kindOfPage(status: number, call: CallKind): ProviderErrorKind {
  const proven = status >= 400 && status < 500 && ![401, 402, 403, 404, 408, 425, 429, 451].includes(status);
  if (call === 'read') return status === 404 ? 'not_found' : 'unavailable';
  return proven ? 'rejected' : 'ambiguous';
}

function isPage(text: string | undefined): boolean {
  return text?.trimStart().startsWith('<') ?? false;
}

/** Whether a list of issues names the field `model`: a check of the body may not know a model that is gone. */
function isAboutModel(body: unknown): boolean {
  const { meta, errors, issues, detail } = Object(body) as Record<string, unknown>;
  return [meta, errors, issues, detail]
    .filter(Array.isArray)
    .flat()
    .some((issue) => {
      const { path, loc } = Object(issue) as { path?: unknown; loc?: unknown };
      return [path ?? loc].flat().at(-1) === 'model';
    });
}

/**
 * The wait that a `Retry-After` header asks for (RFC 9110, 10.2.3: seconds or an HTTP date), in ms; at most an hour.
 * A date is of the API's own clock, so it is compared with the answer's `Date`. Undefined when there is none or it can't
 * be read.
 */
function retryAfterMs(headers: HttpAnswer['headers'], now: number): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  const theirs = Date.parse(headers.get('date') ?? '');
  const wanted = /^\d{1,9}(\.\d+)?$/.test(value)
    ? Number(value) * 1000
    : /[a-z]{3}.*\d:\d\d/i.test(value)
      ? Date.parse(value) - (Number.isNaN(theirs) ? now : theirs)
      : NaN;
  return Number.isNaN(wanted) ? undefined : Math.min(Math.max(Math.ceil(wanted), 0), MAX_RETRY_AFTER_MS);
}

/** The body as JSON, or as the text that it is; pages of HTML are for browsers. */
function parse(text: string | undefined): unknown {
  const body = text?.trim() ?? '';
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body.startsWith('<') ? '' : body;
  }
}
