import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';

/**
 * The playground asks nobody who they are, so it must be reached only by people at its own page:
 * - requests from this machine must use a loopback name, because otherwise any site could have its own
 *   name point here and act in the name of whoever visits it (DNS rebinding);
 * - a page of another site can neither press nor say anything here.
 *
 * @param allowedHosts names accepted besides the loopback ones: those of a proxy on this machine, `bot.example` or with
 * a port `bot.example:8443`.
 */
export function guard(allowedHosts: readonly string[] = []): MiddlewareHandler {
  return async (c, next) => {
    const host = (c.req.header('host') ?? '').toLowerCase();
    if (comesFromThisMachine(c) && !isLoopbackName(withoutPort(host)) && !allowedHosts.includes(host)) {
      throw new HTTPException(403, {
        message: `The playground is not known as ${host || 'a server without a name'}; PUBLIC_URL can make it known.`,
      });
    }
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
        throw new HTTPException(415, { message: 'Send JSON, with the header content-type: application/json.' });
      }
      const origin = c.req.header('origin');
      if (origin !== undefined && originHost(origin) !== host && !allowedHosts.includes(originHost(origin))) {
        throw new HTTPException(403, { message: 'Only the playground’s own page may do this.' });
      }
    }
    await next();
  };
}

function comesFromThisMachine(c: Context): boolean {
  const address = getConnInfo(c).remote.address ?? '';
  return /^(::ffff:)?127\.|^::1$/.test(address);
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}

function isLoopbackName(name: string): boolean {
  return /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(name);
}

/** Host and port of an origin; '' for `null` and anything else that has none. */
function originHost(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : '';
}
