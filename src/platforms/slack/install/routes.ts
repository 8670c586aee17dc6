import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { ErrorCode, type Installation, InstallProvider } from '@slack/oauth';
import { type Context, Hono } from 'hono';
import type { Clock } from '../../../lib/clock.ts';
import type { Log } from '../../../lib/log.ts';
import type { Texts } from '../../../locales/texts.ts';
import { boltLogger } from '../bolt-logger.ts';
import { BOT_SCOPES } from '../manifest.ts';
import type { Installations } from './installations.ts';
import { OAuthState, STATE_LIFETIME_MS } from './oauth-state.ts';
import { type Page, renderPage } from './page.ts';
import type { Sealer } from './sealing.ts';

/** Where somebody begins to install the app, and where Slack sends them back to. */
const INSTALL_PATH = '/slack/install';
const REDIRECT_PATH = '/slack/oauth_redirect';

/** How long Slack may take to answer while somebody waits for the page, in ms; it is asked twice. */
const SLACK_TIMEOUT_MS = 10_000;

/** Settings and dependencies of the installation by OAuth. */
export interface InstallOptions {
  /** `SLACK_CLIENT_ID` */
  clientId: string;
  /** `SLACK_CLIENT_SECRET` */
  clientSecret: string;
  /** `SLACK_API_URL`, with a slash at its end. */
  apiUrl: string;
  /** `PUBLIC_URL`, without a slash at its end. */
  publicUrl: string;
  installations: Installations;
  sealer: Sealer;
  textsFor: (locale: string) => Texts;
  clock: Clock;
  log: Log;
}

type Outcome = { installation: Installation } | { code: string };

/**
 * The pages on which a workspace's admin installs the app, to be mounted at the root of the HTTP server. The install
 * provider works on Node's own request and response; it gets a pair that belongs to no connection, and its output is
 * copied, so that the answer goes out with the server's own headers.
 */
export function createInstallRoutes(options: InstallOptions): Hono {
  const { publicUrl, installations, sealer, clock, log } = options;
  const provider = new InstallProvider({
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    installationStore: installations,
    stateStore: new OAuthState(sealer, clock),
    stateCookieExpirationSeconds: STATE_LIFETIME_MS / 1000,
    directInstall: true,
    installUrlOptions: { scopes: [...BOT_SCOPES], redirectUri: `${publicUrl}${REDIRECT_PATH}` },
    logger: boltLogger(log),
    clientOptions: { slackApiUrl: options.apiUrl, timeout: SLACK_TIMEOUT_MS, retryConfig: { retries: 1 } },
  });
  const routes = new Hono();

  routes.get(INSTALL_PATH, async (c) => {
    const { request, response } = nodePair(c);
    await provider.handleInstallPath(request, response);
    copyCookies(response, c);
    return c.redirect(String(response.getHeader('location')));
  });

  routes.get(REDIRECT_PATH, async (c) => {
    const { request, response } = nodePair(c);
    let outcome: Outcome = { code: ErrorCode.UnknownError };
    await provider.handleCallback(request, response, {
      success: (installation) => {
        outcome = { installation };
      },
      failure: (error) => {
        outcome = { code: error.code };
      },
    });
    copyCookies(response, c);
    const texts = options.textsFor(c.req.header('accept-language')?.split(/[,;]/, 1)[0]?.trim() ?? '');
    const { status, page } = describe(outcome, texts, `${publicUrl}${INSTALL_PATH}`);
    log.info({ installation: describeForLog(outcome) }, 'somebody came back from Slack’s page of installation');
    c.header('cache-control', 'no-store');
    return c.html(renderPage(page), status);
  });
  return routes;
}

function nodePair(c: Context): { request: IncomingMessage; response: ServerResponse } {
  const request = new IncomingMessage(new Socket());
  const { pathname, search } = new URL(c.req.url);
  request.method = 'GET';
  request.url = `${pathname}${search}`;
  // The provider only reads the query from the address, for which any host will do.
  request.headers = { host: 'localhost', cookie: c.req.header('cookie') ?? '' };
  return { request, response: new ServerResponse(request) };
}

function copyCookies(response: ServerResponse, c: Context): void {
  const cookies = response.getHeader('set-cookie');
  for (const cookie of Array.isArray(cookies) ? cookies : cookies === undefined ? [] : [String(cookies)]) {
    c.header('set-cookie', cookie, { append: true });
  }
}

const STALE: readonly string[] = [ErrorCode.InvalidStateError, ErrorCode.MissingStateError, ErrorCode.MissingCodeError];

function describe(outcome: Outcome, texts: Texts, again: string): { status: 200 | 400 | 502; page: Page } {
  const { install } = texts;
  const link = { url: again, label: install.again };
  if ('installation' in outcome) {
    const open = addressOf(outcome.installation);
    return { status: 200, page: { ...install.done, ...(open && { link: { url: open, label: install.open } }) } };
  }
  if (outcome.code === ErrorCode.AuthorizationError) return { status: 200, page: { ...install.denied, link } };
  if (STALE.includes(outcome.code)) return { status: 400, page: { ...install.stale, link } };
  return { status: 502, page: { ...install.failed, link } };
}

/** Opens the app in Slack (Slack documentation, "Deep linking into Slack"). */
function addressOf({ appId, team }: Installation): string | undefined {
  if (!appId) return undefined;
  const query = new URLSearchParams({ app: appId, ...(team?.id && { team: team.id }) });
  return `https://slack.com/app_redirect?${query}`;
}

function describeForLog(outcome: Outcome): object {
  if ('code' in outcome) return { installed: false, code: outcome.code };
  const { team, enterprise } = outcome.installation;
  return { installed: true, team: team?.id, enterprise: enterprise?.id };
}
