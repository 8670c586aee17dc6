import { livedMs } from '../../support/pace.ts';
import { snowflake } from './protocol.ts';
import type { FakeInteraction, FakeMessage, State } from './state.ts';

/** Who does something, where. All have defaults: an ordinary member in a channel of a server. */
export interface Actor {
  userId?: string;
  /** `null`: a direct message. */
  guildId?: string | null;
  channelId?: string;
  roles?: string[];
  /** Discord's permission bits. */
  permissions?: bigint;
  /** The channel is a thread of this one. */
  threadOf?: string;
  locale?: string;
  attachmentSizeLimit?: number;
  /** How the app came here: with the server, or with the user's own installation. */
  installed?: 'guild' | 'user';
  /** Direct messages of other people, where the bot is not. */
  amongOthers?: boolean;
  /** The server lets apps of its members answer in private only. */
  mustBePrivate?: boolean;
}

/** Where somebody is, unless it is said. */
export const ids = { user: snowflake(), guild: snowflake(), channel: snowflake() };

/** An interaction as the gateway sends it, without `type` and `data`. */
function base(state: State, actor: Actor, sizeLimit: number) {
  const guildId = actor.guildId === null ? undefined : (actor.guildId ?? ids.guild);
  const userId = actor.userId ?? ids.user;
  const direct = guildId === undefined && !actor.amongOthers;
  const channelId = actor.channelId ?? (direct ? state.directWith(userId) : ids.channel);
  if (guildId) {
    const thread = actor.threadOf === undefined ? {} : { parentId: actor.threadOf };
    state.channels.set(channelId, { guildId, type: actor.threadOf ? 11 : 0, ...thread });
  }
  const user = { id: userId, username: 'ada', discriminator: '0', global_name: 'Ada', avatar: null, public_flags: 0 };
  const permissions = String(actor.permissions ?? 2_147_483_648n);
  return {
    id: snowflake(),
    application_id: state.applicationId,
    token: `fake_${Buffer.from(snowflake()).toString('base64url')}_${'t'.repeat(60)}`,
    version: 1,
    channel_id: channelId,
    channel: {
      id: channelId,
      type: guildId ? (actor.threadOf ? 11 : 0) : direct ? 1 : 3,
      ...(guildId ? { guild_id: guildId } : {}),
      ...(actor.threadOf ? { parent_id: actor.threadOf, thread_metadata: { archived: false } } : {}),
    },
    ...(guildId
      ? {
          guild_id: guildId,
          guild: { id: guildId, features: [], locale: 'en-US' },
          guild_locale: 'en-US',
          member: {
            user,
            roles: actor.roles ?? [],
            permissions,
            joined_at: '2024-01-01T00:00:00.000Z',
            deaf: false,
            mute: false,
            flags: 0,
            nick: null,
            avatar: null,
          },
        }
      : { user }),
    locale: actor.locale ?? 'en-US',
    app_permissions: '562949953601536',
    entitlements: [],
    authorizing_integration_owners: isOwn(actor) ? { 1: userId } : { 0: guildId ?? '0' },
    context: guildId ? 0 : direct ? 1 : 2,
    attachment_size_limit: sizeLimit,
  };
}

function isOwn(actor: Actor): boolean {
  return actor.installed === 'user' || actor.amongOthers === true;
}

type Base = ReturnType<typeof base>;

/** Remembers an interaction that is about to be sent. */
function remember<T extends Base & { type: number }>(state: State, raw: T, actor: Actor, pressedOn?: string): T {
  state.interactions.set(raw.token, {
    id: raw.id,
    type: raw.type,
    token: raw.token,
    userId: actor.userId ?? ids.user,
    createdAt: livedMs(),
    channelId: raw.channel_id,
    guildId: 'guild_id' in raw ? raw.guild_id : undefined,
    sizeLimit: raw.attachment_size_limit,
    pressedOn,
    botInChannel: raw.context === 1 || (raw.context === 0 && !isOwn(actor)),
    mustBePrivate: actor.mustBePrivate ?? false,
    followUps: [],
  });
  return raw;
}

const DEFAULT_SIZE_LIMIT = 10 * 1024 * 1024;
const OPTION_TYPES = { string: 3, number: 4, boolean: 5 };
const PICKED_TYPES = { user: 6, channel: 7, role: 8, mentionable: 9 };

/** Somebody or something that was picked from Discord's own list; a member of the server with their roles. */
export interface Picked {
  pick: keyof typeof PICKED_TYPES;
  id: string;
  /** Of a user who is in the server. */
  roles?: string[];
  /** Of somebody mentionable who is not. */
  isPerson?: boolean;
}

/** Options of a command, by name. */
export type Options = Record<string, string | number | boolean | Picked>;

/** What Discord tells of everybody and everything that was picked ("Resolved Data Structure"). */
function resolve(options: Options) {
  const picked = Object.values(options).filter((value) => typeof value === 'object');
  const by = (kinds: readonly Picked['pick'][], tell: (one: Picked) => object) =>
    Object.fromEntries(picked.filter(({ pick }) => kinds.includes(pick)).map((one) => [one.id, tell(one)]));
  const people = picked.filter(
    (one) => one.pick === 'user' || one.isPerson || (one.pick === 'mentionable' && one.roles),
  );
  const users = people.map(({ id }) => [id, { id, username: 'bob', discriminator: '0', global_name: 'Bob' }]);
  const members = people.flatMap(({ id, roles }) => (roles ? [[id, { roles, permissions: '0', flags: 0 }]] : []));
  const isRole = ({ pick, roles, isPerson }: Picked) =>
    pick === 'role' || (pick === 'mentionable' && !roles && !isPerson);
  return {
    users: Object.fromEntries(users),
    members: Object.fromEntries(members),
    roles: Object.fromEntries(picked.filter(isRole).map(({ id }) => [id, { id, name: 'crew' }])),
    channels: by(['channel'], ({ id }) => ({ id, type: 0, name: 'general', permissions: '0' })),
  };
}

/** A slash command; a name with spaces is one with subcommands. `focused` is the option that is being typed. */
export function rawCommand(state: State, name: string, options: Options, actor: Actor, focused?: string) {
  const [first = '', ...rest] = name.split(' ');
  let given: object[] = Object.entries(options).map(([key, value]) => ({
    name: key,
    type:
      typeof value === 'object' ? PICKED_TYPES[value.pick] : OPTION_TYPES[typeof value as keyof typeof OPTION_TYPES],
    value: typeof value === 'object' ? value.id : value,
    ...(key === focused ? { focused: true } : {}),
  }));
  rest.toReversed().forEach((sub, depth) => {
    given = [{ name: sub, type: depth === 0 ? 1 : 2, options: given }];
  });
  const raw = base(state, actor, actor.attachmentSizeLimit ?? DEFAULT_SIZE_LIMIT);
  const type = focused === undefined ? 2 : 4;
  const picks = Object.values(options).some((value) => typeof value === 'object');
  const data = { id: snowflake(), name: first, type: 1, options: given, ...(picks && { resolved: resolve(options) }) };
  return remember(state, { ...raw, type, data }, actor);
}

/** A message of somebody, as far as a message command tells it. */
export interface Target {
  content?: string;
  embeds?: { title?: string; description?: string }[];
}

/** A command of a message's menu. */
export function rawMessageCommand(state: State, name: string, { content = '', embeds = [] }: Target, actor: Actor) {
  const raw = base(state, actor, actor.attachmentSizeLimit ?? DEFAULT_SIZE_LIMIT);
  const id = snowflake();
  const author = { id: snowflake(), username: 'bob', discriminator: '0', global_name: 'Bob', avatar: null };
  const message = { id, type: 0, channel_id: raw.channel_id, content, embeds, author, attachments: [], components: [] };
  const data = { id: snowflake(), name, type: 3, target_id: id, resolved: { messages: { [id]: message } } };
  return remember(state, { ...raw, type: 2, data }, actor);
}

/** A press of a button on a message. */
export function rawPress(state: State, message: FakeMessage, customId: string, actor: Actor) {
  const there = placeOf(message, actor);
  const raw = base(state, there, actor.attachmentSizeLimit ?? DEFAULT_SIZE_LIMIT);
  const data = { custom_id: customId, component_type: 2 };
  return remember(state, { ...raw, type: 3, message: state.toJson(message), data }, there, message.id);
}

/** A form that was filled in: what is not in `values` stays as it was when it opened. */
export function rawSubmit(state: State, opener: FakeInteraction, values: Record<string, string>) {
  const { modal } = opener;
  if (!modal) throw new Error('expected an open form');
  const message = opener.pressedOn === undefined ? undefined : state.getMessage(opener.pressedOn);
  const components = modal.components.map(({ component: { type, custom_id, value, options } }) => {
    const chosen = values[custom_id] ?? value ?? options?.find((option) => option.default)?.value;
    const filled = type === 3 ? { values: chosen ? [chosen] : [] } : { value: chosen ?? '' };
    return { type: 18, component: { type, custom_id, ...filled } };
  });
  const { userId, channelId, guildId, botInChannel } = opener;
  const actor: Actor = {
    userId,
    channelId,
    guildId: guildId ?? null,
    ...(botInChannel ? {} : guildId ? { installed: 'user' } : { amongOthers: true }),
  };
  const raw = base(state, actor, opener.sizeLimit);
  const shown = message ? { message: state.toJson(message) } : {};
  const data = { custom_id: modal.custom_id, components };
  return remember(state, { ...raw, ...shown, type: 5, data }, actor, message?.id);
}

function placeOf({ channelId, guildId, botInChannel }: FakeMessage, actor: Actor): Actor {
  const own: Actor = guildId ? { installed: 'user' } : { amongOthers: true };
  return { channelId, guildId: guildId ?? null, ...(botInChannel ? {} : own), ...actor };
}
