import { snowflake } from './protocol.ts';
import type { FakeMessage, State } from './state.ts';

/** Who does something, where. All have defaults: an ordinary member in a channel of a server. */
export interface Actor {
  userId?: string;
  /** `null`: a direct message. */
  guildId?: string | null;
  channelId?: string;
  roles?: string[];
  /** Discord's permission bits. */
  permissions?: bigint;
  locale?: string;
  attachmentSizeLimit?: number;
  /** How the app came here: with the server, or with the user's own installation. */
  installed?: 'guild' | 'user';
}

const ids = { user: snowflake(), guild: snowflake(), channel: snowflake() };

/** An interaction as the gateway sends it, without `type` and `data`. */
function base(state: State, actor: Actor, sizeLimit: number) {
  const guildId = actor.guildId === null ? undefined : (actor.guildId ?? ids.guild);
  const userId = actor.userId ?? ids.user;
  const channelId = actor.channelId ?? ids.channel;
  const user = { id: userId, username: 'ada', discriminator: '0', global_name: 'Ada', avatar: null, public_flags: 0 };
  const permissions = String(actor.permissions ?? 2_147_483_648n);
  return {
    id: snowflake(),
    application_id: state.applicationId,
    token: `fake_${Buffer.from(snowflake()).toString('base64url')}_${'t'.repeat(60)}`,
    version: 1,
    channel_id: channelId,
    channel: { id: channelId, type: guildId ? 0 : 1, ...(guildId ? { guild_id: guildId } : {}) },
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
    authorizing_integration_owners: actor.installed === 'user' ? { 1: userId } : { 0: guildId ?? '0' },
    context: guildId ? 0 : 1,
    attachment_size_limit: sizeLimit,
  };
}

/** Remembers an interaction that is about to be sent. */
function remember<T extends ReturnType<typeof base>>(state: State, raw: T, pressedOn?: string): T {
  state.interactions.set(raw.token, {
    id: raw.id,
    token: raw.token,
    createdAt: Date.now(),
    channelId: raw.channel_id,
    guildId: 'guild_id' in raw ? raw.guild_id : undefined,
    sizeLimit: raw.attachment_size_limit,
    pressedOn,
    followUps: [],
  });
  return raw;
}

const DEFAULT_SIZE_LIMIT = 10 * 1024 * 1024;
const OPTION_TYPES = { string: 3, number: 4, boolean: 5 };

type Options = Record<string, string | number | boolean>;

/** A slash command; a name with spaces is one with subcommands. */
export function rawCommand(state: State, name: string, options: Options, actor: Actor, type: 2 | 4 = 2) {
  const [first = '', ...rest] = name.split(' ');
  let given: object[] = Object.entries(options).map(([key, value]) => ({
    name: key,
    type: OPTION_TYPES[typeof value as keyof typeof OPTION_TYPES],
    value,
    ...(type === 4 ? { focused: true } : {}),
  }));
  rest.toReversed().forEach((sub, depth) => {
    given = [{ name: sub, type: depth === 0 ? 1 : 2, options: given }];
  });
  const raw = base(state, actor, actor.attachmentSizeLimit ?? DEFAULT_SIZE_LIMIT);
  return remember(state, { ...raw, type, data: { id: snowflake(), name: first, type: 1, options: given } });
}

/** A press of a button on a message. */
export function rawPress(state: State, message: FakeMessage, customId: string, actor: Actor) {
  const place = { channelId: message.channelId, guildId: message.guildId ?? null };
  const raw = base(state, { ...place, ...actor }, actor.attachmentSizeLimit ?? DEFAULT_SIZE_LIMIT);
  return remember(
    state,
    { ...raw, type: 3, message: state.toJson(message), data: { custom_id: customId, component_type: 2 } },
    message.id,
  );
}
