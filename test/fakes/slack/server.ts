import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { problemsOf } from './blocks.ts';
import { Refusal } from './methods.ts';
import type { Block, State } from './state.ts';

/** What goes wrong with the next `times` calls (1 if not given) of a method. */
export type Fault = { method: string; times?: number } & (
  | { kind: 'rateLimit'; retryAfterS: number }
  | { kind: 'refuse'; error: string }
  | { kind: 'status'; status: number }
  /** Breaks the connection; with `after`, once the call has been carried out. */
  | { kind: 'reset'; after?: boolean }
);

/** What the server needs. */
export interface ServerOptions {
  state: State;
  /** Accepted bot tokens. */
  botTokens: ReadonlySet<string>;
  appToken: string;
  /** The most calls of chat.update in any minute. */
  updatesPerMinute: number;
  methods: () => Record<string, (args: Record<string, unknown>) => Record<string, unknown>>;
  socketUrl: () => string;
  /** Tokens that were revoked, with the error they get. */
  revoked: ReadonlyMap<string, string>;
  faults: Fault[];
}

const MINUTE_MS = 60_000;

/** The HTTP half of the fake: Web API, upload server, response URLs. */
export function createFakeServer(options: ServerOptions): Server {
  const { state } = options;
  const updates: number[] = [];

  const call = (method: string, args: Record<string, unknown>, token: string): Record<string, unknown> => {
    if (method === 'apps.connections.open') {
      if (token !== options.appToken) throw new Refusal('invalid_auth');
      return { url: options.socketUrl() };
    }
    if (!options.botTokens.has(token)) throw new Refusal('invalid_auth');
    const revoked = options.revoked.get(token);
    if (revoked) throw new Refusal(revoked);
    const run = options.methods()[method];
    if (!run) {
      state.violations.push(`there is no method ${method}`);
      throw new Refusal('unknown_method');
    }
    return run(args);
  };

  const api = async (method: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = (await buffer(request)).toString('utf8');
    const args = readArgs(body, request.headers['content-type'] ?? '');
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '') || String(args.token ?? '');
    const respond = (status: number, answer: object, headers: Record<string, string> = {}, error?: string) => {
      state.calls.push({ at: Date.now(), method, args, token, error });
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
      response.end(JSON.stringify(answer));
      state.changed();
    };
    const fault = options.faults.find((one) => one.method === method && (one.times ?? 1) > 0);
    if (fault) {
      fault.times = (fault.times ?? 1) - 1;
      if (fault.kind === 'rateLimit') {
        const headers = { 'retry-after': String(fault.retryAfterS) };
        return respond(429, { ok: false, error: 'ratelimited' }, headers, 'ratelimited');
      }
      if (fault.kind === 'refuse') return respond(200, { ok: false, error: fault.error }, {}, fault.error);
      if (fault.kind === 'status') return respond(fault.status, { ok: false }, {}, String(fault.status));
      if (!fault.after) {
        request.socket.destroy();
        return;
      }
    }
    if (method === 'chat.update') {
      const now = Date.now();
      while (updates[0] !== undefined && now - updates[0] >= MINUTE_MS) updates.shift();
      if (updates.length >= options.updatesPerMinute) {
        const seconds = Math.ceil(((updates[0] ?? now) + MINUTE_MS - now) / 1000);
        state.violations.push('more updates than the workspace may make in a minute');
        return respond(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) }, 'ratelimited');
      }
      updates.push(now);
    }
    try {
      const answer = call(method, args, token);
      if (fault?.kind === 'reset') request.socket.destroy();
      else respond(200, { ok: true, ...answer });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      respond(200, { ok: false, error: error.error, errors: error.details }, {}, error.error);
    }
  };

  const upload = async (id: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const bytes = await buffer(request);
    const file = state.files.get(id);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': request.headers['content-type'] ?? 'application/octet-stream' },
    })
      .formData()
      .catch(() => undefined);
    const part = form && [...form.values()].find((value) => typeof value !== 'string');
    file.bytes = part && typeof part !== 'string' ? Buffer.from(await part.arrayBuffer()) : bytes;
    response.writeHead(200).end(`OK - ${file.bytes.length}`);
    state.changed();
  };

  const respondTo = async (url: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = JSON.parse((await buffer(request)).toString('utf8')) as Record<string, unknown>;
    const known = state.responseUrls.get(url);
    const refuse = (status: number, error: string) => {
      response.writeHead(status).end(JSON.stringify({ ok: false, error }));
      state.changed();
    };
    if (!known) return refuse(404, 'expired_url');
    known.uses += 1;
    if (known.uses > 5) state.violations.push('a response_url was used more than five times');
    if (known.uses > 5 || Date.now() > known.expiresAt) return refuse(404, 'used_url');
    const blocks = (body.blocks ?? []) as Block[];
    const problems = problemsOf(blocks, 'message');
    if (problems.length > 0) {
      state.violations.push(...problems);
      return refuse(500, 'invalid_blocks');
    }
    if (body.response_type === 'in_channel') state.violations.push('an answer to all by response_url');
    state.whispers.push({
      by: 'response_url',
      user: known.user,
      channel: known.channel,
      text: String(body.text ?? ''),
      blocks,
      replacesOriginal: body.replace_original === true,
      deletesOriginal: body.delete_original === true,
    });
    response.writeHead(200).end('ok');
    state.changed();
  };

  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://fake');
    const run = async () => {
      if (pathname.startsWith('/api/')) return api(pathname.slice('/api/'.length), request, response);
      if (pathname.startsWith('/upload/')) return upload(pathname.slice('/upload/'.length), request, response);
      if (pathname.startsWith('/response/')) return respondTo(pathname, request, response);
      state.violations.push(`there is nothing at ${pathname}`);
      response.writeHead(404).end();
    };
    run().catch((error: unknown) => {
      // Whoever asked has gone in the middle of it, as a process that is killed does.
      const gone = (error as NodeJS.ErrnoException).code === 'ECONNRESET';
      if (!gone) state.violations.push(`the fake failed: ${error instanceof Error ? error.stack : error}`);
      response.destroy();
    });
  });
}

/** Arguments come as a form, whose complex values are JSON, or as JSON. */
function readArgs(body: string, contentType: string): Record<string, unknown> {
  if (contentType.startsWith('application/json')) return JSON.parse(body) as Record<string, unknown>;
  const args: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(body)) {
    args[name] =
      /^[[{]/.test(value) && ['blocks', 'view', 'files', 'metadata'].includes(name) ? JSON.parse(value) : value;
  }
  return args;
}
