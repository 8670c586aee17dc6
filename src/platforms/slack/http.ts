import { createHmac, timingSafeEqual } from 'node:crypto';
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { loggable } from './errors.ts';

/** Where Slack sends everything; the operator enters it in the app's settings, after `PUBLIC_URL`. */
export const EVENTS_PATH = '/slack/events';

/** The largest request: a pressed button carries its message, a modal all that is in it. */
export const EVENT_LIMIT_BYTES = 1024 * 1024;

/** How far a request's time may be from ours (Slack documentation, "Verifying requests from Slack"). */
const OLDEST_MS = 5 * 60_000;
/** Slack waits 3 seconds for an answer. */
const ANSWER_MS = 2_900;

type Body = Record<string, unknown>;

/** Slack by HTTP: checks a request's signature, hands it to Bolt, and answers with Bolt's acknowledgement. */
export class HttpReceiver implements Receiver {
  readonly #options: { signingSecret: string; clock: Clock; log: Log };
  #app: App | undefined;
  #open = false;

  constructor(options: { signingSecret: string; clock: Clock; log: Log }) {
    this.#options = options;
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {
    this.#open = true;
  }

  async stop(): Promise<void> {
    this.#open = false;
  }

  /** The route, to be mounted at the root of the HTTP server. */
  routes(): Hono {
    const routes = new Hono();
    const onError = () => {
      throw new HTTPException(413, { message: `The most is ${EVENT_LIMIT_BYTES} bytes.` });
    };
    routes.post(EVENTS_PATH, bodyLimit({ maxSize: EVENT_LIMIT_BYTES, onError }), async (c) => {
      const raw = Buffer.from(await c.req.arrayBuffer());
      const timestamp = c.req.header('x-slack-request-timestamp') ?? '';
      if (!this.#accepts(timestamp, c.req.header('x-slack-signature') ?? '', raw)) {
        this.#options.log.debug('a request without a valid signature was refused');
        throw new HTTPException(401, { message: 'The signature is missing, wrong or too old.' });
      }
      const body = readBody(raw, c.req.header('content-type') ?? '');
      if (body.ssl_check !== undefined) return c.body(null, 200);
      if (body.type === 'url_verification') return c.json({ challenge: body.challenge });
      if (!this.#open) throw new HTTPException(503, { message: 'The bot is being restarted.' });
      const retryNum = Number(c.req.header('x-slack-retry-num'));
      const retryReason = c.req.header('x-slack-retry-reason');
      return await this.#process(body, {
        ...(Number.isInteger(retryNum) && retryNum > 0 && { retryNum }),
        ...(retryReason !== undefined && { retryReason }),
      });
    });
    return routes;
  }

  #accepts(timestamp: string, signature: string, body: Buffer): boolean {
    const { signingSecret, clock } = this.#options;
    if (!/^\d{1,12}$/.test(timestamp)) return false;
    if (Math.abs(clock.now() - Number(timestamp) * 1000) > OLDEST_MS) return false;
    const expected = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(body).digest('hex');
    const [given, wanted] = [Buffer.from(signature), Buffer.from(`v0=${expected}`)];
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  /** Resolves as soon as Bolt acknowledges; any further work continues in the background. */
  #process(body: Body, retry: Pick<ReceiverEvent, 'retryNum' | 'retryReason'>): Promise<Response> {
    const { log } = this.#options;
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve(new Response(null, { status: 503 })), ANSWER_MS);
      const answer = (response: Response) => {
        clearTimeout(late);
        resolve(response);
      };
      const ack = async (payload?: unknown) => answer(toResponse(payload));
      const processing = this.#app?.processEvent({ body, ack, ...retry }) ?? Promise.resolve();
      processing.then(
        () => answer(new Response(null, { status: 404 })),
        (error: unknown) => {
          log.error(loggable(error), 'something from Slack could not be processed');
          answer(new Response(null, { status: 500 }));
        },
      );
    });
  }
}

function toResponse(payload: unknown): Response {
  if (payload === undefined || payload === '' || payload === null) return new Response(null, { status: 200 });
  return typeof payload === 'string' ? new Response(payload) : Response.json(payload);
}

/** @throws {HTTPException} 400 when the body is not one of Slack's. */
function readBody(raw: Buffer, contentType: string): Body {
  const text = raw.toString('utf8');
  if (contentType.startsWith('application/json')) return parseJson(text);
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : parseJson(payload);
}

function parseJson(text: string): Body {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body as Body;
  } catch {
    // Said below.
  }
  throw new HTTPException(400, { message: 'The body is none of Slack’s.' });
}
