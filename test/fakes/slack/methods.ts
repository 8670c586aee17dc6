import { livedMs } from '../../support/pace.ts';
import { problemsOf, problemsOfView } from './blocks.ts';
import type { Block, FakeChannel, FakeFile, FakeMessage, FakeView, State } from './state.ts';

/** An error as Slack answers it. */
export class Refusal extends Error {
  readonly error: string;
  readonly details: readonly string[];
  constructor(error: string, details: readonly string[] = []) {
    super(error);
    this.error = error;
    this.details = details;
  }
}

/** What of the fake's behaviour can be chosen for its methods. */
export interface MethodOptions {
  /** How long after the upload the file's message appears, in ms. */
  fileDelayMs: number;
  /** The address of the upload server. */
  baseUrl: () => string;
  /** Whether the app may join public channels. */
  joinScope: boolean;
}

type Args = Record<string, unknown>;
type Method = (args: Args) => Record<string, unknown>;

/** The Web API's methods that a bot of this kind needs. */
export function createMethods(state: State, options: MethodOptions): Record<string, Method> {
  const channelFor = (args: Args): FakeChannel => {
    const channel = state.channels.get(String(args.channel ?? args.channel_id));
    // A private channel without the app is none that the app can know of.
    if (!channel || (channel.kind !== 'public' && !channel.member)) throw new Refusal('channel_not_found');
    return channel;
  };
  const writable = (args: Args): FakeChannel => {
    const channel = channelFor(args);
    if (channel.archived) throw new Refusal('is_archived');
    if (!channel.member) throw new Refusal('not_in_channel');
    if (channel.restricted) throw new Refusal('restricted_action');
    return channel;
  };
  const blocksOf = (args: Args): Block[] => {
    const blocks = (args.blocks ?? []) as Block[];
    const problems = problemsOf(blocks, 'message');
    if (String(args.text ?? '').length > 40_000) problems.push('text above 40000 characters');
    if (String(args.text ?? '') === '') problems.push('a message without text for notifications');
    if (problems.length > 0) {
      state.violations.push(...problems);
      throw new Refusal('invalid_blocks', problems);
    }
    return blocks;
  };
  const messageFor = (args: Args): FakeMessage => {
    const message = state.message(String(args.channel), String(args.ts));
    if (!message) throw new Refusal('message_not_found');
    return message;
  };
  const viewOf = (args: Args, user: string): FakeView => {
    const raw = args.view as Args;
    const problems = problemsOfView(raw);
    if (problems.length > 0) {
      state.violations.push(...problems);
      throw new Refusal('invalid_arguments', problems);
    }
    return {
      id: state.id('V'),
      hash: state.id('hash'),
      user,
      team: state.teamId,
      type: String(raw.type),
      callbackId: String(raw.callback_id ?? ''),
      privateMetadata: String(raw.private_metadata ?? ''),
      blocks: (raw.blocks ?? []) as Block[],
      raw,
    };
  };
  const takeTrigger = (id: unknown) => {
    const trigger = state.triggers.get(String(id));
    if (!trigger) throw new Refusal('invalid_trigger_id');
    if (trigger.used) throw new Refusal('exchanged_trigger_id');
    if (livedMs() > trigger.expiresAt) throw new Refusal('expired_trigger_id');
    trigger.used = true;
  };
  const post = (channel: string, args: Args, blocks: Block[]): FakeMessage => {
    const message: FakeMessage = {
      ts: state.ts(),
      channel,
      threadTs: args.thread_ts === undefined ? undefined : String(args.thread_ts),
      text: String(args.text ?? ''),
      blocks,
      files: [],
      deleted: false,
      edits: 0,
      args,
    };
    state.messages.push(message);
    return message;
  };
  const toJson = (message: FakeMessage) => ({
    type: 'message',
    user: state.botUserId,
    bot_id: state.botId,
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    ...(message.threadTs && { thread_ts: message.threadTs }),
    ...(message.files.length > 0 && {
      files: message.files.filter(({ deleted }) => !deleted).map(({ id, name }) => ({ id, name })),
    }),
  });

  return {
    'auth.test': () => ({
      url: 'https://fake.slack.com/',
      team: 'Fake',
      user: 'dailies',
      team_id: state.teamId,
      user_id: state.botUserId,
      bot_id: state.botId,
      is_enterprise_install: false,
    }),
    'users.info': (args) => {
      const user = state.users.get(String(args.user));
      if (!user) throw new Refusal('user_not_found');
      return {
        user: {
          id: user.id,
          name: user.id.toLowerCase(),
          real_name: user.name ?? '',
          profile: { display_name: user.name ?? '', real_name: user.name ?? '' },
          deleted: user.deleted ?? false,
          is_admin: user.admin ?? false,
          is_owner: user.owner ?? false,
          ...(String(args.include_locale) === 'true' && { locale: user.locale ?? 'en-US' }),
        },
      };
    },
    'usergroups.list': (args) => ({
      usergroups: [...state.userGroups].map(([id, users]) => ({
        id,
        user_count: users.length,
        ...(String(args.include_users) === 'true' && { users }),
      })),
    }),
    'chat.postMessage': (args) => {
      const channel = writable(args);
      if (args.thread_ts !== undefined && !state.message(channel.id, String(args.thread_ts))) {
        throw new Refusal('thread_not_found');
      }
      const message = post(channel.id, args, blocksOf(args));
      return { channel: channel.id, ts: message.ts, message: toJson(message) };
    },
    'chat.update': (args) => {
      writable(args);
      const message = messageFor(args);
      message.blocks = blocksOf(args);
      message.text = String(args.text);
      message.edits += 1;
      return { channel: message.channel, ts: message.ts, text: message.text };
    },
    'chat.delete': (args) => {
      const message = messageFor(args);
      message.deleted = true;
      return { channel: message.channel, ts: message.ts };
    },
    'chat.postEphemeral': (args) => {
      const channel = writable(args);
      const user = state.users.get(String(args.user));
      if (!user || user.deleted) throw new Refusal('user_not_in_channel');
      state.whispers.push({
        by: 'postEphemeral',
        user: user.id,
        channel: channel.id,
        text: String(args.text),
        blocks: blocksOf(args),
        replacesOriginal: false,
        deletesOriginal: false,
      });
      return { message_ts: state.ts() };
    },
    'chat.getPermalink': (args) => {
      const message = state.message(String(args.channel), String(args.message_ts));
      if (!message) throw new Refusal('message_not_found');
      return {
        channel: message.channel,
        permalink: `https://fake.slack.com/archives/${message.channel}/p${message.ts.replace('.', '')}`,
      };
    },
    'conversations.join': (args) => {
      if (!options.joinScope) throw new Refusal('missing_scope');
      const channel = channelFor(args);
      if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
      if (channel.archived) throw new Refusal('is_archived');
      channel.member = true;
      return { channel: { id: channel.id } };
    },
    'conversations.open': (args) => {
      const user = state.users.get(String(args.users));
      if (!user) throw new Refusal('user_not_found');
      if (user.deleted) throw new Refusal('user_disabled');
      const id = `D${user.id}`;
      if (!state.channels.has(id)) state.channels.set(id, { id, kind: 'im', member: true, user: user.id });
      return { channel: { id } };
    },
    'conversations.replies': (args) => {
      const channel = channelFor(args);
      if (!channel.member) throw new Refusal('not_in_channel');
      const root = state.message(channel.id, String(args.ts));
      if (!root) throw new Refusal('thread_not_found');
      const thread = root.threadTs ?? root.ts;
      const found = state.messages.filter(
        (one) => one.channel === channel.id && !one.deleted && (one.ts === thread || one.threadTs === thread),
      );
      return { messages: found.map(toJson), has_more: false };
    },
    'files.getUploadURLExternal': (args) => {
      const length = Number(args.length);
      if (!args.filename || !Number.isInteger(length) || length < 1) throw new Refusal('invalid_arguments');
      const id = state.id('F');
      state.files.set(id, {
        id,
        name: String(args.filename),
        title: undefined,
        length,
        bytes: undefined,
        completed: false,
        deleted: false,
      });
      return { upload_url: `${options.baseUrl()}/upload/${id}`, file_id: id };
    },
    'files.completeUploadExternal': (args) => {
      const named = args.files as { id: string; title?: string }[];
      const files = named.map(({ id }) => state.files.get(id));
      const channel = args.channel_id === undefined ? undefined : writable(args);
      for (const file of files) {
        if (!file?.bytes || file.completed) throw new Refusal('file_not_found');
        if (file.bytes.length !== file.length) throw new Refusal('file_upload_size_mismatch');
      }
      files.forEach((file, index) => {
        if (file) Object.assign(file, { completed: true, channel: channel?.id, title: named[index]?.title });
      });
      if (channel) {
        // The answer is there before the message is.
        const share = setTimeout(() => {
          const there = files.filter((file): file is FakeFile => file !== undefined && !file.deleted);
          if (there.length === 0) return;
          const message = post(channel.id, { ...args, text: args.initial_comment ?? '' }, []);
          message.files.push(...there);
          for (const file of there) file.sharedTs = message.ts;
          state.changed();
        }, options.fileDelayMs);
        share.unref();
      }
      return { files: files.map((file) => ({ id: file?.id, title: file?.name })) };
    },
    'files.info': (args) => {
      const file = state.files.get(String(args.file));
      if (!file || file.deleted) throw new Refusal('file_not_found');
      const kind = state.channels.get(file.channel ?? '')?.kind === 'public' ? 'public' : 'private';
      return {
        file: {
          id: file.id,
          name: file.name,
          permalink: `https://fake.slack.com/files/${state.botUserId}/${file.id}/${file.name}`,
          shares: file.sharedTs ? { [kind]: { [file.channel ?? '']: [{ ts: file.sharedTs }] } } : {},
        },
      };
    },
    'files.delete': (args) => {
      const file = state.files.get(String(args.file));
      if (!file || file.deleted) throw new Refusal('file_not_found');
      file.deleted = true;
      return {};
    },
    'views.open': (args) => {
      takeTrigger(args.trigger_id);
      const view = viewOf(args, '');
      state.views.push(view);
      return { view: { id: view.id, hash: view.hash } };
    },
    'views.update': (args) => {
      const view = state.views.find(({ id }) => id === args.view_id);
      if (!view) throw new Refusal('not_found');
      if (args.hash !== undefined && args.hash !== view.hash) throw new Refusal('hash_conflict');
      Object.assign(view, viewOf(args, view.user), { id: view.id });
      return { view: { id: view.id, hash: view.hash } };
    },
    'views.publish': (args) => {
      const view = viewOf(args, String(args.user_id));
      state.homes.set(view.user, view);
      return { view: { id: view.id, hash: view.hash } };
    },
  };
}
