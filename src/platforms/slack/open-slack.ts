import type { Hono } from 'hono';
import type Keyv from 'keyv';
import { textsFor } from '../../locales/languages.ts';
import { Home, type HomeSource } from './home/home.ts';
import { EVENT_LIMIT_BYTES, EVENTS_PATH } from './http.ts';
import { createInstallations, createInstallRoutes, REMOVAL_EVENTS } from './install/index.ts';
import { UserGroups } from './moderators/user-groups.ts';
import { createSlack, type Slack, type SlackOptions, type SlackTokens } from './slack.ts';

/** Settings to open Slack with: one workspace's bot token, or the details for an app that several can install. */
export interface OpenSlackOptions
  extends Pick<
    SlackOptions,
    'appToken' | 'signingSecret' | 'commands' | 'buttons' | 'messageCommands' | 'claim' | 'log' | 'clock'
  > {
  botToken?: string | undefined;
  install?: { clientId: string; clientSecret: string; secretKey: string; publicUrl: string } | undefined;
  /** `SLACK_API_URL`, without a slash at its end. */
  apiUrl: string;
  /** A namespace of its own for the installations. */
  keyv: Keyv;
}

/** Slack with all its rooms: the adapter, the Home tab, user groups and installations. */
export interface OpenSlack {
  platform: Slack;
  /** To be mounted at the root of the HTTP server. */
  routes: readonly Hono[];
  /** The largest body in bytes that they take, by path. */
  bodyLimits: Readonly<Record<string, number>>;
  /** From where Home tabs have their news. Call it before `listen`. */
  showNews(source: HomeSource): void;
}

/** @throws {InstallationError} when the stored installations belong to another `SECRET_KEY`. */
export async function openSlack(options: OpenSlackOptions): Promise<OpenSlack> {
  const { install, keyv, log, clock } = options;
  const apiUrl = `${options.apiUrl}/`;
  const sealed = install && (await createInstallations({ keyv, secretKey: install.secretKey, clock }));
  const tokens: SlackTokens = sealed
    ? {
        authorize: (workspace) => sealed.installations.authorize(workspace),
        tokenFor: (team, enterprise) => sealed.installations.tokenFor(team, enterprise),
      }
    : { botToken: options.botToken ?? '' };
  const groups = new UserGroups({ clock, log });
  const slackTexts = (locale: string) => textsFor(locale, 'slack');
  const home = new Home({ textsFor: slackTexts, clock, log });
  const platform: Slack = createSlack({
    ...options,
    apiUrl,
    tokens,
    rolesOf: async ({ teamId, enterpriseId }, user) =>
      groups.rolesOf(await platform.clientFor(teamId, enterpriseId ?? undefined), teamId, user),
    home,
  });
  if (sealed) {
    for (const name of REMOVAL_EVENTS) {
      platform.onEvent(name, async ({ body }) => void (await sealed.installations.onEvent(body)));
    }
  }
  const pages =
    install && sealed
      ? createInstallRoutes({ ...install, ...sealed, apiUrl, textsFor: slackTexts, clock, log })
      : undefined;
  return {
    platform,
    routes: [platform.routes, pages].filter((routes) => routes !== undefined),
    bodyLimits: { [EVENTS_PATH]: EVENT_LIMIT_BYTES },
    showNews: (source) => home.start(source),
  };
}
