import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Log } from '../lib/log.ts';

/** The largest request body where nothing else is said. The longest thing that people send is a prompt. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** Sent with every answer that does not bring its own. Pages come with all they need: no inline scripts, nothing from other hosts, never framed. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

/** Stable names of refusals, by status. */
const CODES: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorised',
  403: 'forbidden',
  404: 'not_found',
  413: 'too_large',
  415: 'unsupported_media_type',
  503: 'unavailable',
};

/**
 * The app that all routes are mounted on (`app.route('/', routes)`). Refusals, thrown as `HTTPException`, become
 * `{error: {code, message}}`; any other error is logged and answered without details.
 * @param options `bodyLimits`: the largest body in bytes of each path that needs another limit than 64 KiB.
 */
export function createApp(options: { log: Log; bodyLimits?: Readonly<Record<string, number>> }): Hono {
  const { log, bodyLimits = {} } = options;
  const app = new Hono();
  app.use(withSecurityHeaders);
  const usual = limitBody(BODY_LIMIT_BYTES);
  const special = new Map(Object.entries(bodyLimits).map(([path, bytes]) => [path, limitBody(bytes)]));
  app.use((c, next) => (special.get(c.req.path) ?? usual)(c, next));
  app.use(checkJson);
  app.notFound((c) => refuse(c, 404, `There is nothing at ${c.req.path}.`));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return refuse(c, error.status, error.message);
    log.error({ err: error, method: c.req.method, path: c.req.path }, 'a request failed');
    return c.json({ error: { code: 'internal', message: 'Something went wrong on our side.' } }, 500);
  });
  return app;
}

function limitBody(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new HTTPException(413, { message: `The request is too large; the most is ${maxSize} bytes.` });
    },
  });
}

function refuse(c: Context, status: number, message: string): Response {
  return c.json({ error: { code: CODES[status] ?? 'refused', message } }, status as ContentfulStatusCode);
}

const withSecurityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  }
};

/** Handlers read bodies as JSON without a thought for bodies that are none. */
const checkJson: MiddlewareHandler = async (c, next) => {
  if (/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    // Read as text, which handlers that check a signature over the exact bytes can still have.
    const body = await c.req.text();
    try {
      JSON.parse(body);
    } catch (error) {
      const reason = body === '' ? 'it is empty' : (error as SyntaxError).message;
      throw new HTTPException(400, { message: `The request’s body is not JSON: ${reason}`, cause: error });
    }
  }
  await next();
};
