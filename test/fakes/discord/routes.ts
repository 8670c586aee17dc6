import { type Body, type Refusal, refusals, snowflake } from './protocol.ts';
import { commandProblems, messageProblems } from './rules.ts';
import { schemaProblems } from './schemas.ts';
import type { FakeInteraction, FakeMessage, State } from './state.ts';

/** One request on its way to its route. */
interface Request {
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
}

/** One route: `spec` is its path in Discord's specification, for routes with a body. */
export interface Route {
  method: string;
  path: string;
  bot: boolean;
  spec?: string;
  handle(request: Request): { status: number; body?: unknown };
}

/** Discord's REST routes, as far as the fake speaks them. */
export function createRoutes(state: State, options: RouteOptions): Route[] {
  const checkMessage = (body: Body, message?: FakeMessage) => {
    const attached = message?.attachments.map(({ id }) => id) ?? [];
    refuseIf(state, messageProblems((body.json ?? {}) as Record<string, unknown>, body.files, attached));
  };
  const interactionOf = ({ path }: Request): FakeInteraction => {
    const interaction = state.interactions.get(path.token ?? '');
    if (!interaction) throw refusals.unknownWebhook();
    if (Date.now() - interaction.createdAt > options.tokenLifeMs) throw refusals.invalidToken();
    if (!interaction.acknowledged) throw refusals.unknownWebhook();
    return interaction;
  };
  const originalOf = (request: Request) => state.getMessage(interactionOf(request).original);
  const inChannelOf = ({ path }: Request): FakeMessage => {
    const message = state.getMessage(path.message);
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

  const callback = (request: Request) => {
    const interaction = state.interactions.get(request.path.token ?? '');
    const afterMs = interaction ? Date.now() - interaction.createdAt : 0;
    if (!interaction || interaction.id !== request.path.interaction) throw refusals.unknownInteraction();
    if (interaction.acknowledged) throw refusals.alreadyAcknowledged();
    if (afterMs > options.acknowledgeMs) throw refusals.unknownInteraction();
    const { type, data } = request.body.json as { type: number; data?: { flags?: number } };
    // 4: a message; 5: a message to come; 6: the pressed message will be edited.
    if (type === 4) checkMessage({ ...request.body, json: data });
    interaction.acknowledged = { type, afterMs };
    if (type === 6 && interaction.pressedOn) interaction.original = interaction.pressedOn;
    if (type === 4 || type === 5) {
      const message = state.createMessage(interaction);
      message.flags = (data?.flags ?? 0) & 64;
      if (type === 4) state.write(message, { ...request.body, json: data }, 'callback');
      else message.loading = true;
      interaction.original = message.id;
    }
    if (request.query.get('with_response') !== 'true') return { status: 204 };
    const message = type === 4 || type === 5 ? state.getMessage(interaction.original) : undefined;
    return {
      status: 200,
      body: {
        interaction: {
          id: interaction.id,
          type: interaction.pressedOn ? 3 : 2,
          ...(message
            ? {
                response_message_id: message.id,
                response_message_loading: message.loading,
                response_message_ephemeral: (message.flags & 64) !== 0,
              }
            : {}),
        },
        resource: { type, ...(message ? { message: state.toJson(message) } : {}) },
      },
    };
  };

  const followUp = (request: Request) => {
    const interaction = interactionOf(request);
    checkMessage(request.body);
    const original = interaction.original ? state.messages.get(interaction.original) : undefined;
    // The first follow-up becomes the deferred reply, public or private as that was opened.
    const message = original?.loading && !original.deleted ? original : state.createMessage(interaction);
    const flags = Number((request.body.json as { flags?: number }).flags ?? 0) & 64;
    if (message !== original) message.flags = flags;
    state.write(message, request.body, 'webhook');
    interaction.followUps.push(message.id);
    return { status: 200, body: state.toJson(message) };
  };

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
          shards: 1,
          session_start_limit: { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
        }),
    },
    { method: 'GET', path: '/users/@me', bot: true, handle: () => ok({ ...bot, bot: true }) },
    { method: 'GET', path: '/applications/@me', bot: true, handle: () => ok({ id: bot.id, name: 'Dailies', bot }) },
    {
      method: 'POST',
      path: '/users/@me/channels',
      bot: true,
      spec: specOf.direct,
      handle: () => ok({ id: snowflake(), type: 1 }),
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
      method: 'POST',
      path: '/channels/:channel/messages',
      bot: true,
      spec: specOf.channel,
      handle: (request) => {
        checkMessage(request.body);
        const message = state.createMessage({ channelId: request.path.channel ?? '', sizeLimit: 10 * 1024 * 1024 });
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
    schemaProblems(route.method, route.spec, body.json).map((problem) => `${route.path} ${problem}`),
  );
}

function ok(body: unknown): { status: number; body: unknown } {
  return { status: 200, body };
}

function refuseIf(state: State, problems: readonly string[]): Refusal | undefined {
  if (problems.length === 0) return undefined;
  state.violations.push(...problems);
  throw refusals.invalidBody(problems);
}
