import { App, type Authorize } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Hono } from 'hono';
import type { Button, Command, MessageCommand } from '../../../commands/command.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Platform } from '../platform.ts';
import { untilReached } from '../shared/until-reached.ts';
import { SlackAnswers } from './answers.ts';
import { boltLogger } from './bolt-logger.ts';
import { CardRenderer } from './card-renderer.ts';
import { Clients, type TokenFor } from './clients.ts';
import { loggable } from './errors.ts';
import { Files } from './files.ts';
import { HttpReceiver } from './http.ts';
import { type RightsParts, SlackIncoming } from './incoming.ts';
import { type EventHandler, type HomeTab, registerListeners } from './listeners.ts';
import { type CheckInput, Modals } from './modals.ts';
import { SlackOutgoing } from './outgoing.ts';
import { type PaceOptions, Paces, SLACK_PACE } from './paced.ts';
import { People } from './people.ts';
import { Posts } from './posts.ts';
import { ResponseUrls } from './response-urls.ts';
import { type ClaimKey, SeenEvents } from './seen-events.ts';
import { reachingSlack, SocketConnection } from './socket.ts';

/** Where tokens come from: one workspace's own, or those of all that have installed the app. */
export type SlackTokens =
  | { botToken: string }
  | {
      /** As Bolt's `InstallProvider` has it. */
      authorize: Authorize<boolean>;
      /** The same for outgoing calls. */
      tokenFor: TokenFor;
    };

/** Dependencies of the Slack platform. One of `appToken` (Socket Mode) and `signingSecret` (HTTP) must be there. */
export interface SlackOptions extends RightsParts {
  tokens: SlackTokens;
  appToken?: string | undefined;
  signingSecret?: string | undefined;
  /** Base of the Web API, such as `https://slack.com/api/`. */
  apiUrl: string;
  commands: readonly Command[];
  buttons: readonly Button[];
  messageCommands: readonly MessageCommand[];
  /** The Home tab, if there is one. */
  home?: HomeTab | undefined;
  /** More checks of a modal's values, with problems shown at its fields. */
  checkInput?: CheckInput | undefined;
  /** How fast edits may follow each other in one workspace. @default SLACK_PACE */
  pace?: PaceOptions | undefined;
  /** With several processes, each thing that comes in is claimed by one of them. @default this is the only one */
  claim?: ClaimKey | undefined;
  log: Log;
  clock: Clock;
}

/** Slack as a platform, with the parts that the installation and the Home tab need. */
export interface Slack extends Platform {
  /** Only with `signingSecret`: to be mounted at the root of the HTTP server. */
  readonly routes?: Hono;
  /** A client for a workspace. @throws {ReplyError} `gone` when the app is not installed there. */
  clientFor(teamId: string, enterpriseId?: string): Promise<WebClient>;
  /** Handles an event of the Events API, such as `app_uninstalled`. Call it before `listen`. */
  onEvent(name: string, handler: EventHandler): void;
}

/** The shortest time between two edits of one reply, in ms; all replies of a workspace share about 50 a minute. */
const UPDATE_INTERVAL_MS = 3_000;
/** The message of an uploaded file usually appears within this many ms. */
const DELIVERY_LAG_MS = 5000;

/**
 * Slack as a platform. Nothing is sent before `listen` or one of the outgoing half is called.
 * @throws {TypeError} when there is neither an app token nor a signing secret.
 */
export function createSlack(options: SlackOptions): Slack {
  const { tokens, appToken, signingSecret, apiUrl, log, clock } = options;
  const { tokenFor, authorize } = 'botToken' in tokens ? ownTokens(tokens.botToken) : tokens;
  const parts = createParts(options, tokenFor);
  const { clients, paces, outgoing, posts, incoming } = parts;
  const socket = appToken ? new SocketConnection({ appToken, apiUrl, clock, log }) : undefined;
  const http = !socket && signingSecret ? new HttpReceiver({ signingSecret, clock, log }) : undefined;
  const receiver = socket?.receiver ?? http;
  if (!receiver) throw new TypeError('expected an app token or a signing secret for Slack, got neither');
  const app = new App({ receiver, authorize, ...appOptions(apiUrl, log) });
  app.error(async (error) => log.error(loggable(error), 'something from Slack went wrong'));
  registerListeners(app, { ...options, ...parts });

  const stopping = new AbortController();
  const stop = async () => {
    stopping.abort(new Error('the platform is stopping'));
    await (socket ?? http)?.stop();
    await incoming.stop();
  };

  return {
    name: 'slack',
    updateIntervalMs: UPDATE_INTERVAL_MS,
    deliveryLagMs: DELIVERY_LAG_MS,
    ...(http && { routes: http.routes() }),
    async listen(dispatch) {
      incoming.start(dispatch);
      if ('botToken' in tokens) await testToken(clients, { clock, log, signal: stopping.signal });
      await (socket ?? http)?.start();
      log.info({ by: socket ? 'Socket Mode' : 'HTTP' }, 'Slack takes commands');
    },
    stop,
    async close() {
      await stop();
      paces.close();
      clients.close();
    },
    update: (ref, card, update) => outgoing.update(ref, card, update),
    deliver: (ref, card, file, signal) => outgoing.deliver(ref, card, file, signal),
    findDelivery: (ref, name, signal) => outgoing.findDelivery(ref, name, signal),
    post: (community, channel, card) => posts.post(community, channel, card),
    remove: (ref) => outgoing.remove(ref),
    clientFor: (teamId, enterpriseId) => clients.of({ teamId, enterpriseId: enterpriseId ?? null }),
    onEvent: (name, handler) =>
      app.event(name, async ({ event, context, body }) => {
        await handler({ event, teamId: context.teamId, enterpriseId: context.enterpriseId, body });
      }),
  };
}

function ownTokens(botToken: string): { tokenFor: TokenFor; authorize: Authorize<boolean> } {
  return { tokenFor: async () => botToken, authorize: async () => ({ botToken }) };
}

/** @throws {ConnectionRefused} when Slack does not accept the one workspace's token. */
async function testToken(clients: Clients, how: { clock: Clock; log: Log; signal: AbortSignal }): Promise<void> {
  const reach = async () => (await clients.of({ teamId: '', enterpriseId: null })).auth.test();
  const { team } = await untilReached(reach, reachingSlack('SLACK_BOT_TOKEN', how));
  how.log.info({ team }, 'Slack accepts the bot token');
}

/** Builds the parts of the platform, except for the connection. */
function createParts(options: SlackOptions, tokenFor: TokenFor) {
  const { apiUrl, log, clock } = options;
  const clients = new Clients({ apiUrl, tokenFor, clock, log });
  const responseUrls = new ResponseUrls(clock);
  const people = new People(clients, clock);
  const renderer = new CardRenderer(people);
  const paces = new Paces(options.pace ?? SLACK_PACE, clock);
  const files = new Files({ clients, log });
  const outgoing = new SlackOutgoing({ clients, renderer, responseUrls, paces, clock, log });
  const posts = new Posts({ clients, renderer, files, outgoing, paces, log });
  const answers = new SlackAnswers({ clients, outgoing, responseUrls, files, log });
  const seen = new SeenEvents(clock, options.claim);
  const incoming = new SlackIncoming({ ...options, answers, people });
  const modals = new Modals({ ...options, answers, people, incoming, clients, seen, check: options.checkInput });
  return { clients, people, paces, outgoing, posts, seen, incoming, modals };
}

function appOptions(apiUrl: string, log: Log) {
  return {
    convoStore: false,
    logger: boltLogger(log),
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 10_000 },
  } as const;
}
