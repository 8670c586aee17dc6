import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What somebody on Slack's page has allowed. */
interface Grant {
  redirectUri: string;
  answer: Record<string, unknown>;
}

/** The part of Slack that installs apps: a page that gives codes, and the exchange of a code for a token, once. */
export async function startInstallFake() {
  const clientId = '11.22';
  const clientSecret = 'client-secret-canary';
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, { bot_id: string; url: string }>();
  const calls: string[] = [];
  let number = 0;
  let broken: string | undefined;

  const methods: Record<string, (args: URLSearchParams, token: string) => Record<string, unknown>> = {
    'oauth.v2.access': (args) => {
      if (args.get('client_id') !== clientId) return { ok: false, error: 'invalid_client_id' };
      if (args.get('client_secret') !== clientSecret) return { ok: false, error: 'bad_client_secret' };
      const grant = grants.get(args.get('code') ?? '');
      if (!grant) return { ok: false, error: 'invalid_code' };
      if (args.get('redirect_uri') !== grant.redirectUri) return { ok: false, error: 'bad_redirect_uri' };
      grants.delete(args.get('code') ?? '');
      return { ok: true, ...grant.answer };
    },
    'auth.test': (_, token) => {
      const known = tokens.get(token);
      return known ? { ok: true, ...known } : { ok: false, error: 'invalid_auth' };
    },
  };

  const server = createServer((request, response) => {
    void (async () => {
      const method = (request.url ?? '').replace('/api/', '');
      calls.push(method);
      const args = new URLSearchParams(await bodyOf(request));
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      const answer = broken
        ? { ok: false, error: broken }
        : (methods[method]?.(args, token) ?? { ok: false, error: 'unknown_method' });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  return {
    clientId,
    clientSecret,
    calls,
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    /** From now on every method is refused. */
    breakWith: (error: string) => {
      broken = error;
    },
    /** Somebody presses Allow: the address that their browser is sent to. */
    allow(authorizeUrl: string, where: { team?: string; enterprise?: string; token?: string; more?: object } = {}) {
      const { searchParams } = new URL(authorizeUrl);
      const redirectUri = searchParams.get('redirect_uri') ?? '';
      const { team, enterprise } = where;
      const code = `code-${++number}`;
      const token = where.token ?? `xoxb-token-${number}`;
      tokens.set(token, { bot_id: `B${number}`, url: 'https://fake.slack.com/' });
      grants.set(code, {
        redirectUri,
        answer: {
          access_token: token,
          token_type: 'bot',
          scope: searchParams.get('scope'),
          bot_user_id: `UBOT${number}`,
          app_id: 'A1',
          team: team ? { id: team, name: 'Team <b>' } : null,
          enterprise: enterprise ? { id: enterprise, name: 'Org' } : null,
          is_enterprise_install: team === undefined,
          authed_user: { id: 'UADMIN' },
          ...where.more,
        },
      });
      return `${redirectUri}?${new URLSearchParams({ code, state: searchParams.get('state') ?? '' })}`;
    },
    /** Somebody presses Cancel. */
    deny(authorizeUrl: string) {
      const { searchParams } = new URL(authorizeUrl);
      const query = new URLSearchParams({ error: 'access_denied', state: searchParams.get('state') ?? '' });
      return `${searchParams.get('redirect_uri')}?${query}`;
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
