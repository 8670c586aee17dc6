import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { apply, type Faults } from './faults.ts';
import { Refusal, readBody, refusals } from './protocol.ts';
import { checkSchema, type Route } from './routes.ts';
import type { State } from './state.ts';

const BASE = '/api/v10';

/** The HTTP half of the fake: finds the route, checks token and body, lets faults happen, answers. */
export function createRestServer(options: {
  state: State;
  faults: Faults;
  token: string;
  routes: () => readonly Route[];
}): Server {
  const { state, faults } = options;

  const run = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.method ?? 'GET';
    const url = new URL(request.url ?? '/', 'http://fake');
    const path = decodeURIComponent(url.pathname.startsWith(BASE) ? url.pathname.slice(BASE.length) : url.pathname);
    const respond = (status: number, body?: unknown, headers: Record<string, string> = {}) => {
      state.ledger.push({ at: Date.now(), method, path, status });
      response.writeHead(status, { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    try {
      const bytes = await buffer(request);
      const fault = faults.take(method, path);
      const effects = { respond, breakConnection: () => request.socket.destroy() };
      if (fault && (await apply(fault, effects))) return;
      const found = match(options.routes(), method, path);
      if (!found) {
        state.violations.push(`there is no route ${method} ${path}`);
        throw refusals.unknownRoute();
      }
      if (found.route.bot && request.headers.authorization !== `Bot ${options.token}`) throw refusals.unauthorised();
      const body = await readBody(bytes, request.headers['content-type']);
      checkSchema(state, found.route, body);
      const answer = found.route.handle({ path: found.values, query: url.searchParams, body });
      if (fault?.kind === 'reset') effects.breakConnection();
      else respond(answer.status, answer.body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, code, message, details } = error;
      respond(status, { message, code, ...(details ? { errors: details } : {}) });
    } finally {
      state.changed();
    }
  };

  return createServer((request, response) => {
    run(request, response).catch((error: unknown) => {
      // Whoever asked has gone in the middle of it, as a process that is killed does.
      const gone = (error as NodeJS.ErrnoException).code === 'ECONNRESET';
      if (!gone) state.violations.push(`the fake failed: ${error instanceof Error ? error.stack : error}`);
      response.destroy();
    });
  });
}

function match(routes: readonly Route[], method: string, path: string) {
  const parts = path.split('/');
  for (const route of routes) {
    const names = route.path.split('/');
    if (route.method !== method || names.length !== parts.length) continue;
    const fits = names.every((name, index) => name.startsWith(':') || name === parts[index]);
    if (!fits) continue;
    const values: Record<string, string> = {};
    names.forEach((name, index) => {
      if (name.startsWith(':')) values[name.slice(1)] = parts[index] ?? '';
    });
    return { route, values };
  }
  return undefined;
}
