import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { commands, messageCommands } from '../../../commands/index.ts';
import { EVENTS_PATH } from '../../../src/platforms/slack/http.ts';
import { REMOVAL_EVENTS } from '../../../src/platforms/slack/install/index.ts';
import { GLOBAL_SHORTCUT } from '../../../src/platforms/slack/listeners.ts';
import { BOT_EVENTS, BOT_SCOPES, createManifest, slashName } from '../../../src/platforms/slack/manifest.ts';
import { parseSlash } from '../../../src/platforms/slack/parse.ts';
import { en } from '../../support/texts.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SCHEMA = join(ROOT, '../shared/specs/slack-manifest.schema.json');

interface Manifest {
  display_information: { name: string; description: string };
  features: {
    app_home: { home_tab_enabled: boolean; messages_tab_enabled: boolean };
    shortcuts: { name: string; type: string; callback_id: string; description: string }[];
    slash_commands: {
      command: string;
      url?: string;
      description: string;
      usage_hint?: string;
      should_escape: boolean;
    }[];
  };
  oauth_config: { redirect_urls?: string[]; scopes: { bot: string[]; user?: string[] } };
  settings: {
    event_subscriptions: { request_url?: string; bot_events: string[] };
    interactivity: { is_enabled: boolean; request_url?: string };
    socket_mode_enabled: boolean;
    token_rotation_enabled: boolean;
  };
}

const published = async (): Promise<Manifest> => JSON.parse(await readFile(join(ROOT, 'slack-manifest.json'), 'utf8'));

const byHttp = createManifest({
  commands,
  texts: en,
  publicUrl: 'https://bot.example.org',
  redirectUrl: 'https://bot.example.org/slack/oauth_redirect',
}) as Manifest;

describe('slack-manifest.json', () => {
  it('is what the code makes of its commands, shortcuts, scopes and events', async () => {
    expect(await published()).toEqual(createManifest({ commands, texts: en }));
  });

  it('has a slash command for each first word of a command, and no other', async () => {
    const { features } = await published();
    expect(features.slash_commands.map(({ command }) => command)).toEqual([
      '/video',
      '/video-queue',
      '/video-history',
      '/video-quota',
      '/video-help',
      '/video-moderate',
    ]);
    const words = new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''));
    expect(new Set(features.slash_commands.map(({ command }) => command))).toEqual(new Set([...words].map(slashName)));
  });

  it('gives hints that are understood as they stand', async () => {
    const { features } = await published();
    for (const { command, usage_hint = '' } of features.slash_commands) {
      const spoken = parseSlash(command.slice(1), usage_hint, commands);
      expect(spoken, command).toMatchObject({ kind: 'command', problems: [] });
      const names: readonly (string | undefined)[] = commands.map(({ name }) => name);
      expect(names).toContain('command' in spoken ? spoken.command : undefined);
    }
  });

  it('lets Slack tell who is mentioned only where people are named', async () => {
    const { features } = await published();
    const escaped = features.slash_commands.filter(({ should_escape }) => should_escape);
    expect(escaped.map(({ command }) => command)).toEqual(['/video-moderate']);
  });

  it('has the shortcuts that the code answers', async () => {
    const { features } = await published();
    expect(features.shortcuts.map(({ type, callback_id }) => [type, callback_id])).toEqual([
      ['global', GLOBAL_SHORTCUT],
      ...messageCommands.map(({ name }) => ['message', name]),
    ]);
  });

  it('has the events that the code listens to', async () => {
    const listeners = await readFile(join(ROOT, 'src/platforms/slack/listeners.ts'), 'utf8');
    const heard = [...listeners.matchAll(/app\.event\('([a-z_]+)'/g)].map(([, name]) => name);
    const { settings } = await published();
    expect(settings.event_subscriptions.bot_events).toEqual([...heard, ...REMOVAL_EVENTS]);
  });

  it('switches the Home tab and Socket Mode on, and token rotation off', async () => {
    const { features, settings } = await published();
    expect(features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_enabled: true });
    expect(settings).toMatchObject({
      socket_mode_enabled: true,
      token_rotation_enabled: false,
      interactivity: { is_enabled: true },
      event_subscriptions: { bot_events: [...BOT_EVENTS] },
    });
    expect(JSON.stringify(settings)).not.toContain('url');
  });

  it.each([
    ['as published', published],
    ['by HTTP', async () => byHttp],
  ])('keeps Slack’s limits, %s', async (_, read) => {
    const { display_information, features, oauth_config } = await read();
    expect(display_information.name.length).toBeLessThanOrEqual(35);
    expect(display_information.description.length).toBeLessThanOrEqual(140);
    for (const { name, description } of features.shortcuts) {
      expect(name.length, name).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
    for (const { command, description } of features.slash_commands) {
      expect(command).toMatch(/^\/[a-z-]{1,31}$/);
      expect(description.length).toBeGreaterThan(0);
    }
    expect(new Set(oauth_config.scopes.bot).size).toBe(oauth_config.scopes.bot.length);
  });

  it.runIf(existsSync(SCHEMA))('fits Slack’s own schema, in both modes', async () => {
    const schema = JSON.parse(await readFile(SCHEMA, 'utf8'));
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    for (const manifest of [await published(), byHttp]) {
      validate(manifest);
      expect(validate.errors ?? []).toEqual([]);
    }
    expect(validate({ ...byHttp, features: { slash_commands: [{ command: 'video' }] } })).toBe(false);
  });
});

describe('the manifest by HTTP', () => {
  it('sends everything to one address, and Socket Mode is off', () => {
    const url = `https://bot.example.org${EVENTS_PATH}`;
    expect(byHttp.features.slash_commands.map((command) => command.url)).toEqual(commandsOf(byHttp).map(() => url));
    expect(byHttp.settings).toMatchObject({
      socket_mode_enabled: false,
      interactivity: { request_url: url },
      event_subscriptions: { request_url: url },
    });
    expect(byHttp.oauth_config.redirect_urls).toEqual(['https://bot.example.org/slack/oauth_redirect']);
  });
});

const commandsOf = ({ features }: Manifest) => features.slash_commands;

/** Slack documentation, "Web API methods": the bot scopes that each method asks for, in the places where it is used. */
const METHOD_SCOPES: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.join': ['channels:join'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
  filesUploadV2: ['files:write'],
};

describe('the scopes', () => {
  it('are those of the methods that the code calls, each needed and none missing', async () => {
    const folder = join(ROOT, 'src/platforms/slack');
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
    const sources = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    const pattern =
      /\.((?:auth|chat|conversations|files|team|usergroups|users|views)(?:\.[a-zA-Z]+)+|filesUploadV2)\(/g;
    const methods = new Set(
      sources.flatMap((source) => [...source.matchAll(pattern)].map(([, method = '']) => method)),
    );
    for (const method of methods) expect(Object.keys(METHOD_SCOPES), method).toContain(method);
    const needed = new Set(['commands', ...[...methods].flatMap((method) => METHOD_SCOPES[method] ?? [])]);
    expect([...BOT_SCOPES]).toEqual([...needed].toSorted());
  });

  it('are each explained in the documentation, and no other is', async () => {
    const text = await readFile(join(ROOT, 'docs/slack.md'), 'utf8');
    const rows = text.split('\n').filter((line) => /^\| `[a-z]+(:[a-z]+)?`/.test(line));
    const explained = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect(explained.toSorted()).toEqual([...BOT_SCOPES]);
  });
});
