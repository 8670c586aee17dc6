import type { Command } from '../../../commands/command.ts';
import { videoFromMessage } from '../../../commands/messages/video.ts';
import type { CommandOption } from '../../../commands/options.ts';
import type { Texts } from '../../locales/texts.ts';
import { EVENTS_PATH } from './http.ts';
import { REMOVAL_EVENTS } from './install/removal.ts';
import { GLOBAL_SHORTCUT } from './listeners.ts';
import { names } from './values.ts';

/** The app's permissions, each for a reason given in docs/slack.md; any more would need the workspace's consent. */
export const BOT_SCOPES = [
  'channels:history',
  'channels:join',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'im:history',
  'im:write',
  'mpim:history',
  'usergroups:read',
  'users:read',
] as const;

/** Events that Slack sends to the app. */
export const BOT_EVENTS = ['app_home_opened', ...REMOVAL_EVENTS] as const;

/** The name of the slash command for the first word of a command: `/video` itself, or `/video-queue`. */
export function slashName(word: string): string {
  return word === 'video' ? '/video' : `/video-${word}`;
}

/** Whether an option names somebody or something. */
const isNaming = ({ type }: CommandOption) => names(type);

/** Examples of what may follow a slash command. */
const USAGE: Readonly<Record<string, string>> = {
  video: 'a dragon over the peaks model:pro duration:10',
  history: 'page:2',
  moderate: 'queue',
};

/**
 * The app as Slack's page "Create new app › From a manifest" takes it: Socket Mode, or HTTP when there is an address.
 * @param options `redirectUrl` is where the installation of further workspaces comes back to; `publicUrl` is an address
 *   without a slash at its end.
 */
export function createManifest(options: {
  commands: readonly Pick<Command, 'name' | 'description' | 'options'>[];
  texts: Texts;
  publicUrl?: string;
  redirectUrl?: string;
}): object {
  const { commands, texts, publicUrl, redirectUrl } = options;
  const url = publicUrl && `${publicUrl}${EVENTS_PATH}`;
  const words = [...new Set(commands.map(({ name }) => name.split(' ', 1)[0] ?? ''))];
  const descriptions: Readonly<Record<string, string>> = texts.commands;
  return {
    _metadata: { major_version: 1 },
    display_information: {
      name: 'Dailies',
      description: 'Makes videos where people talk: /video and a description.',
      background_color: '#1f2933',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Dailies', always_online: true },
      shortcuts: [
        {
          name: texts.forms.video.title,
          type: 'global',
          callback_id: GLOBAL_SHORTCUT,
          description: descriptions.video,
        },
        {
          name: videoFromMessage.label(texts),
          type: 'message',
          callback_id: videoFromMessage.name,
          description: descriptions.video,
        },
      ],
      slash_commands: words.map((word) => ({
        command: slashName(word),
        ...(url && { url }),
        description: descriptions[word],
        ...(USAGE[word] && { usage_hint: USAGE[word] }),
        // Only where people are named: in a prompt a mention stays what was typed.
        should_escape: commands.some(({ name, options }) => name.split(' ', 1)[0] === word && options.some(isNaming)),
      })),
    },
    oauth_config: {
      ...(redirectUrl && { redirect_urls: [redirectUrl] }),
      scopes: { bot: [...BOT_SCOPES] },
    },
    settings: {
      event_subscriptions: { ...(url && { request_url: url }), bot_events: [...BOT_EVENTS] },
      interactivity: { is_enabled: true, ...(url && { request_url: url }) },
      org_deploy_enabled: false,
      socket_mode_enabled: !url,
      token_rotation_enabled: false,
    },
  };
}
