import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';

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

/** Answers with an error in the API's manner. */
export function answerError(
  response: ServerResponse,
  status: number,
  error: { message?: string; path: string; at: number; meta?: readonly unknown[]; retryAfterSeconds?: number },
): void {
  const { message = STATUS_CODES[status] ?? '', path, at, meta, retryAfterSeconds } = error;
  answerJson(
    response,
    status,
    { message, path, statusCode: status, timestamp: new Date(at).toISOString(), ...(meta ? { meta } : {}) },
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  );
}

/** Answers with a page for people, where a machine expects something else. */
export function answerPage(response: ServerResponse, status: number, text: string): void {
  const page = Buffer.from(`<!doctype html><html><head><title>${text}</title></head><body>${text}</body></html>`);
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-length': page.length });
  response.end(page);
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
  const { start, end } = range ?? { start: 0, end: file.length };
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'content-length': end - start,
    ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${file.length}` } : {}),
  });
  if (request.method === 'HEAD') response.end();
  else if (options.breakOffAt === undefined) response.end(file.subarray(start, end));
  else response.write(file.subarray(start, Math.min(end, options.breakOffAt)), () => response.destroy());
}

/** @returns the range, its end excluded; undefined when the whole file is meant. */
function readRange(
  header: string | undefined,
  length: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? length : Math.min(length, Number(last) + 1);
  return start < end ? { start, end } : 'unsatisfiable';
}
