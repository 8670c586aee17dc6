import { type ServerResponse, STATUS_CODES } from 'node:http';
import { answerJson, REQUEST_ID } from './http-answers.ts';

/** The two bodies in which the API refuses: the one of its documentation, and the one seen live in 2026. */
export type ErrorShape = 'documented' | 'problem';

/** An error in the API's own words. */
export interface Refusal {
  message?: string;
  /** Problems with the request body, for 400. */
  meta?: readonly unknown[];
  /** The header `Retry-After`; the real API sends none. */
  retryAfter?: string;
}

/** The call that is refused. `at` is the API's time in ms. */
export interface RefusedCall {
  path: string;
  requestId: string;
  at: number;
  shape: ErrorShape;
}

/** Answers with an error in the API's manner: JSON with the id of the call. */
export function answerError(response: ServerResponse, status: number, call: RefusedCall, refusal: Refusal): void {
  const { message = STATUS_CODES[status] ?? '', meta, retryAfter } = refusal;
  const timestamp = new Date(call.at).toISOString();
  const issues = meta ? { meta } : {};
  const { requestId } = call;
  const bodies = {
    documented: { message, path: call.path, requestId, statusCode: String(status), timestamp, ...issues },
    problem: {
      title: STATUS_CODES[status],
      status,
      message,
      instance: call.path,
      requestId,
      timestamp,
      error: { name: `${(STATUS_CODES[status] ?? '').replace(/[^A-Za-z]/g, '')}Exception`, message },
      ...issues,
    },
  };
  answerJson(response, status, bodies[call.shape], {
    [REQUEST_ID]: requestId,
    ...(call.shape === 'problem' ? { 'content-type': 'application/problem+json; charset=utf-8' } : {}),
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  });
}
