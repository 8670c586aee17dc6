import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readRange } from '../lib/byte-range.ts';

/** The header that names one call. */
export const REQUEST_ID = 'x-request-id';

/** The longest body that is read, in bytes. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Answers with JSON. */
export function answerJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, ...headers });
  response.end(body);
}

/**
 * Answers with JSON and its ETag, or with 304 when the client has it already.
 * @param tagged the part of the value that the tag is made of. @default all of it
 */
export function answerTagged(
  request: IncomingMessage,
  response: ServerResponse,
  value: unknown,
  tagged: unknown = value,
): void {
  const etag = `W/"${createHash('sha1').update(JSON.stringify(tagged)).digest('base64url')}"`;
  const headers = { etag, 'cache-control': 'public, max-age=300' };
  // A weak comparison (RFC 9110, 13.1.2): proxies may have made the tag weak or strong.
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes('*') || known.includes(etag.slice(2))) response.writeHead(304, headers).end();
  else answerJson(response, 200, value, headers);
}

/** Answers as something in between does that is not the API: without the API's request id. */
export function answerAsStranger(response: ServerResponse, status: number, type: string, text: string): void {
  const body = Buffer.from(text);
  response.removeHeader(REQUEST_ID);
  response.writeHead(status, { 'content-type': type, 'content-length': body.length });
  response.end(body);
}

/** Answers with a page for people, where a machine expects something else. */
export function answerPage(response: ServerResponse, status: number, text: string): void {
  const page = `<!doctype html><html><head><title>${text}</title></head><body>${text}</body></html>`;
  answerAsStranger(response, status, 'text/html; charset=utf-8', page);
}

/** The body as text, or undefined when it is above 1 MiB. @throws {Error} when the client breaks off. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('utf8');
}

/**
 * Answers with a file or the range of it that was asked for (RFC 9110, 14: one range; several are answered whole).
 * @param breakOffAt destroys the connection after so many bytes.
 */
export function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: Buffer,
  options: { type: string; breakOffAt?: number },
): void {
  const range = readRange(request.headers.range, file.length);
  const headers = { 'content-type': options.type, 'accept-ranges': 'bytes' };
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${file.length}` });
    response.end();
    return;
  }
  const { start, end: last } = range ?? { start: 0, end: file.length - 1 };
  const end = last + 1;
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'content-length': end - start,
    ...(range ? { 'content-range': `bytes ${start}-${last}/${file.length}` } : {}),
  });
  if (request.method === 'HEAD') response.end();
  else if (options.breakOffAt === undefined) response.end(file.subarray(start, end));
  else response.write(file.subarray(start, Math.min(end, options.breakOffAt)), () => response.destroy());
}
