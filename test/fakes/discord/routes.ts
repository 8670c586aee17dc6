import { livedMs } from '../../support/pace.ts';
import { createCallbacks } from './callbacks.ts';
import { commandProblems } from './command-rules.ts';
import { type Body, type Refusal, refusals, snowflake } from './protocol.ts';
import { messageProblems } from './rules.ts';
import { schemaProblems } from './schemas.ts';
import type { FakeInteraction, FakeMessage, State } from './state.ts';

/** One request on its way to its route. */
export interface Request {
  /** What stands in place of `:name` in the path. */
  path: Record<string, string>;
  query: URLSearchParams;
  body: Body;
}

/** Settings of the fake that its routes need. */
export interface RouteOptions {
  gatewayUrl: () => string;
  /** How long Discord waits for an acknowledgement, in ms. */
  acknowledgeMs: number;
  tokenLifeMs: number;
  /** How many connections Discord asks for. */
  shards: number;
  /** How many may still be opened today; it is counted. */
  sessions: { remaining: number; resetAfterMs: number };
}

/** One route: `spec` is its path in Discord's specification, for routes with a body. */
export interface Route {
  method: string;
  path: string;
  bot: boolean;
  spec?: string;
  handle(request: Request): { status: number; body?: unknown };
}

/** Types of channels that hold no messages: categories, directories, forums and media. */
const NO_MESSAGES = [4, 14, 15, 16];

/** Discord's REST routes, as far as the fake speaks them. */
export function createRoutes(state: State, options: RouteOptions): Route[] {
  const checkMessage = (body: Body, message?: FakeMessage) => {
    const attached = message?.attachments.map(({ id }) => id) ?? [];
    refuseIf(state, messageProblems((body.json ?? {}) as Record<string, unknown>, body.files, attached));
  };
  const interactionOf = ({ path }: Request): FakeInteraction => {
    const interaction = state.interactions.get(path.token ?? '');
    if (!interaction) throw refusals.unknownWebhook();
    if (livedMs() - interaction.createdAt > options.tokenLifeMs) throw refusals.invalidToken();
    if (!interaction.acknowledged) throw refusals.unknownWebhook();
    return interaction;
  };
  const originalOf = (request: Request) => state.getMessage(interactionOf(request).original);
  const checkChannel = (channel: string) => {
    const code = state.denied.get(channel);
    if (code === 50013) throw refusals.missingPermissions();
    if (code === 50001) throw refusals.missingAccess();
    if (code === 10003) throw refusals.unknownChannel();
  };
  const inChannelOf = ({ path }: Request): FakeMessage => {
    const message = state.getMessage(path.message);
    checkChannel(path.channel ?? '');
    if (!message.botInChannel) throw refusals.missingAccess();
    if (message.channelId !== path.channel || message.flags & 64) throw refusals.unknownMessage();
    return message;
  };
  const edit = (by: 'webhook' | 'channel', find: (request: Request) => FakeMessage) => (request: Request) => {
    const message = find(request);
    checkMessage(request.body, message);
    state.write(message, request.body, by);
    return { status: 200, body: state.toJson(message) };
  };
  const show = (find: (request: Request) => FakeMessage) => (request: Request) => ({
    status: 200,
    body: state.toJson(find(request)),
  });
  const remove = (find: (request: Request) => FakeMessage) => (request: Request) => {
    find(request).deleted = true;
    return { status: 204 };
  };

  const { callback, followUp } = createCallbacks(state, { ...options, checkMessage, interactionOf });
  const register = (request: Request) => {
    refuseIf(state, commandProblems(request.body.json));
    const commands = request.body.json as object[];
    state.commands.set(request.path.guild ?? 'global', commands);
    return { status: 200, body: commands.map((command) => ({ id: snowflake(), ...command })) };
  };
  const registered = (request: Request) => ({
    status: 200,
    body: state.commands.get(request.path.guild ?? 'global') ?? [],
  });

  const bot = { id: state.applicationId, username: 'dailies', discriminator: '0', global_name: null, avatar: null };
  const original = '/webhooks/:application/:token/messages/@original';
  const inChannel = '/channels/:channel/messages/:message';
  const specOf = {
    original: '/webhooks/{webhook_id}/{webhook_token}/messages/@original',
    followUp: '/webhooks/{webhook_id}/{webhook_token}',
    inChannel: '/channels/{channel_id}/messages/{message_id}',
    channel: '/channels/{channel_id}/messages',
    callback: '/interactions/{interaction_id}/{interaction_token}/callback',
    commands: '/applications/{application_id}/commands',
    guildCommands: '/applications/{application_id}/guilds/{guild_id}/commands',
    direct: '/users/@me/channels',
  };
  return [
    { method: 'GET', path: '/gateway', bot: false, handle: () => ok({ url: options.gatewayUrl() }) },
    {
      method: 'GET',
      path: '/gateway/bot',
      bot: true,
      handle: () =>
        ok({
          url: options.gatewayUrl(),
          shards: options.shards,
          session_start_limit: {
            total: 1000,
            remaining: options.sessions.remaining,
            reset_after: options.sessions.resetAfterMs,
            max_concurrency: options.shards,
          },
        }),
    },
    { method: 'GET', path: '/users/@me', bot: true, handle: () => ok({ ...bot, bot: true }) },
    { method: 'GET', path: '/applications/@me', bot: true, handle: () => ok({ id: bot.id, name: 'Dailies', bot }) },
    {
      method: 'POST',
      path: '/users/@me/channels',
      bot: true,
      spec: specOf.direct,
      handle: ({ body }) => {
        const { recipient_id } = body.json as { recipient_id: string };
        return ok({ id: state.directWith(recipient_id), type: 1, recipients: [{ id: recipient_id }] });
      },
    },
    ...(['/applications/:application/commands', '/applications/:application/guilds/:guild/commands'] as const).flatMap(
      (path, index): Route[] => [
        {
          method: 'PUT',
          path,
          bot: true,
          spec: index === 0 ? specOf.commands : specOf.guildCommands,
          handle: register,
        },
        { method: 'GET', path, bot: true, handle: registered },
      ],
    ),
    {
      method: 'POST',
      path: '/interactions/:interaction/:token/callback',
      bot: false,
      spec: specOf.callback,
      handle: callback,
    },
    { method: 'GET', path: original, bot: false, handle: show(originalOf) },
    { method: 'PATCH', path: original, bot: false, spec: specOf.original, handle: edit('webhook', originalOf) },
    { method: 'DELETE', path: original, bot: false, handle: remove(originalOf) },
    { method: 'POST', path: '/webhooks/:application/:token', bot: false, spec: specOf.followUp, handle: followUp },
    { method: 'GET', path: inChannel, bot: true, handle: show(inChannelOf) },
    { method: 'PATCH', path: inChannel, bot: true, spec: specOf.inChannel, handle: edit('channel', inChannelOf) },
    { method: 'DELETE', path: inChannel, bot: true, handle: remove(inChannelOf) },
    {
      method: 'GET',
      path: '/channels/:channel',
      bot: true,
      handle: ({ path }) => {
        const id = path.channel ?? '';
        checkChannel(id);
        const person = state.personIn(id);
        if (person !== undefined) return ok({ id, type: 1, recipients: [{ id: person }] });
        const place = state.channels.get(id);
        if (!place) throw refusals.unknownChannel();
        return ok({
          id,
          type: place.type,
          guild_id: place.guildId,
          parent_id: place.parentId ?? null,
          name: 'general',
        });
      },
    },
    {
      method: 'GET',
      path: '/channels/:channel/messages',
      bot: true,
      handle: ({ path, query }) => {
        checkChannel(path.channel ?? '');
        const there = [...state.messages.values()].filter((one) => one.channelId === path.channel && !one.deleted);
        const newest = there.filter(({ flags }) => (flags & 64) === 0).toReversed();
        return ok(newest.slice(0, Number(query.get('limit') ?? 50)).map((message) => state.toJson(message)));
      },
    },
    {
      method: 'POST',
      path: '/channels/:channel/messages',
      bot: true,
      spec: specOf.channel,
      handle: (request) => {
        const channelId = request.path.channel ?? '';
        const person = state.personIn(channelId);
        checkChannel(channelId);
        if (person !== undefined && state.closed.has(person)) throw refusals.noDirectMessages();
        const place = state.channels.get(channelId);
        if (person === undefined && !place) throw refusals.unknownChannel();
        if (place && NO_MESSAGES.includes(place.type)) throw refusals.noTextChannel();
        checkMessage(request.body);
        const guildId = place?.guildId;
        const message = state.createMessage({ channelId, guildId, sizeLimit: 10 * 1024 * 1024, botInChannel: true });
        state.write(message, request.body, 'channel');
        return ok(state.toJson(message));
      },
    },
  ];
}

/** Checks a body against Discord's specification. @throws {Refusal} 50035, and remembers it as a violation. */
export function checkSchema(state: State, route: Route, body: Body): void {
  if (!route.spec) return;
  refuseIf(
    state,
    schemaProblems(route.method, route.spec, asSpecified(body.json)).map((problem) => `${route.path} ${problem}`),
  );
}

/** Discord takes permissions as text, by its documentation and in truth; its specification has a number there. */
function asSpecified(json: unknown): unknown {
  if (!Array.isArray(json)) return json;
  return json.map((command: { default_member_permissions?: string | null }) => {
    const { default_member_permissions: text } = command;
    return typeof text === 'string' ? { ...command, default_member_permissions: Number(text) } : command;
  });
}

function ok(body: unknown): { status: number; body: unknown } {
  return { status: 200, body };
}

function refuseIf(state: State, problems: readonly string[]): Refusal | undefined {
  if (problems.length === 0) return undefined;
  state.violations.push(...problems);
  throw refusals.invalidBody(problems);
}
