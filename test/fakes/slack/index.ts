import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { livedMs } from '../../support/pace.ts';
import { createMethods } from './methods.ts';
import { type Actor, Payloads, type ViewValues } from './payloads.ts';
import { createFakeServer, type Fault } from './server.ts';
import { FakeSocket } from './socket.ts';
import { type FakeChannel, type FakeMessage, type FakeUser, type FakeView, State } from './state.ts';

/** What can be chosen about the fake. */
export interface FakeSlackOptions {
  teamId?: string;
  users?: readonly FakeUser[];
  channels?: readonly FakeChannel[];
  /** How long a trigger id is good, in ms. */
  triggerLifeMs?: number;
  /** How long a response_url is good, in ms. */
  responseUrlLifeMs?: number;
  /** How long after an upload the message with the file appears, in ms. */
  fileDelayMs?: number;
  /** The most calls of chat.update in any minute; more are a violation. */
  updatesPerMinute?: number;
  /** Whether the app may join public channels. */
  joinScope?: boolean;
}

/** What came of something that was sent to the bot. */
export interface Acknowledged {
  afterMs: number;
  payload: unknown;
}

const USERS: readonly FakeUser[] = [
  { id: 'U1', name: 'Ada' },
  { id: 'U2', name: 'Ben', locale: 'de-DE' },
  { id: 'UADMIN', admin: true },
  { id: 'UOWNER', owner: true },
  { id: 'UGONE', deleted: true },
];
const CHANNELS: readonly FakeChannel[] = [
  { id: 'C1', kind: 'public', member: true },
  { id: 'CPUBLIC', kind: 'public', member: false },
  { id: 'CPRIVATE', kind: 'private', member: false },
  { id: 'CARCHIVED', kind: 'public', member: true, archived: true },
  { id: 'CRESTRICTED', kind: 'public', member: true, restricted: true },
];

/** A Slack workspace on this machine: real HTTP and WebSocket, the protocol as documented, no chat. */
export async function startFakeSlack(options: FakeSlackOptions = {}) {
  const botToken = 'xoxb-fake-bot-token';
  const appToken = 'xapp-fake-app-token';
  const signingSecret = 'fake-signing-secret';
  const state = new State(options.teamId ?? 'T1');
  for (const user of options.users ?? USERS) state.users.set(user.id, { ...user });
  for (const channel of options.channels ?? CHANNELS) state.channels.set(channel.id, { ...channel });
  const botTokens = new Set([botToken]);
  const revoked = new Map<string, string>();
  const faults: Fault[] = [];
  let port = 0;
  const baseUrl = () => `http://127.0.0.1:${port}`;
  const methods = createMethods(state, {
    fileDelayMs: options.fileDelayMs ?? 60,
    baseUrl,
    joinScope: options.joinScope ?? true,
  });
  const server = createFakeServer({
    state,
    botTokens,
    appToken,
    updatesPerMinute: options.updatesPerMinute ?? 50,
    methods: () => methods,
    socketUrl: () => socket.url(),
    revoked,
    faults,
  });
  const socket = new FakeSocket(state, server);
  const payloads = new Payloads(state, {
    baseUrl,
    triggerLifeMs: options.triggerLifeMs ?? 3_000,
    responseUrlLifeMs: options.responseUrlLifeMs ?? 30 * 60_000,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;

  let httpTarget: string | undefined;

  const sign = (body: string, at = Date.now(), secret = signingSecret) => {
    const timestamp = String(Math.floor(at / 1000));
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
    return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature };
  };

  /** Sends a signed request, as it stands. */
  const request = async (
    body: string,
    contentType: string,
    headers: Record<string, string> = {},
    url = httpTarget,
  ): Promise<Response> => {
    if (url === undefined) throw new Error('expected an address to send to');
    return fetch(url, { method: 'POST', body, headers: { 'content-type': contentType, ...sign(body), ...headers } });
  };

  const encode = (type: string, payload: object): [body: string, contentType: string] => {
    if (type === 'events_api') return [JSON.stringify(payload), 'application/json'];
    const form = type === 'slash_commands' ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) };
    return [new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded'];
  };

  const send = async (type: string, payload: object): Promise<Acknowledged> => {
    if (httpTarget === undefined) return socket.send(type, payload);
    const start = livedMs();
    const response = await request(...encode(type, payload));
    const text = await response.text();
    if (!response.ok) throw new Error(`expected 2xx, got ${response.status} ${text}`);
    const isJson = response.headers.get('content-type')?.includes('json');
    return { afterMs: livedMs() - start, payload: isJson ? JSON.parse(text) : text };
  };

  return {
    botToken,
    appToken,
    signingSecret,
    teamId: state.teamId,
    /** As `SLACK_API_URL`. */
    apiUrl: `${baseUrl()}/api/`,
    state,
    socket,
    payloads,
    violations: state.violations as readonly string[],
    /** From now on everything is sent by HTTP to this address. */
    deliverTo: (url: string) => {
      httpTarget = url;
    },
    sign,
    encode,
    request,
    /** Sends a payload once more, as it is. */
    send,
    command: (name: string, text: string, actor?: Actor) => send('slash_commands', payloads.command(name, text, actor)),
    shortcut: (callbackId: string, actor?: Actor) => send('interactive', payloads.shortcut(callbackId, actor)),
    messageShortcut: (callbackId: string, message: { ts: string; text: string; thread_ts?: string }, actor?: Actor) =>
      send('interactive', payloads.messageShortcut(callbackId, message, actor)),
    press: (
      message: Pick<FakeMessage, 'ts' | 'channel' | 'threadTs' | 'text' | 'blocks'>,
      actionId: string,
      value: string,
      actor?: Actor & { ephemeral?: boolean },
    ) => send('interactive', payloads.press(message, actionId, value, actor)),
    viewAction: (view: FakeView, action: Record<string, unknown>, values?: ViewValues, actor?: Actor) =>
      send('interactive', payloads.viewAction(view, action, values, actor)),
    submit: (view: FakeView, values: ViewValues, actor?: Actor) =>
      send('interactive', payloads.submission(view, values, actor)),
    event: (event: { type: string } & Record<string, unknown>) => send('events_api', payloads.event(event)),
    /** Somebody writes a message. */
    say: (channel: string, text: string): FakeMessage => {
      const message: FakeMessage = {
        ts: state.ts(),
        channel,
        threadTs: undefined,
        text,
        blocks: [],
        files: [],
        deleted: false,
        edits: 0,
        args: {},
      };
      state.messages.push(message);
      return message;
    },
    /** One more workspace's token. */
    addToken: (token: string) => botTokens.add(token),
    revoke: (error = 'token_revoked', token = botToken) => revoked.set(token, error),
    fault: (fault: Fault) => faults.push(fault),
    callsOf: (method: string) => state.calls.filter((call) => call.method === method),
    until: <T>(look: () => T | undefined | false) => state.until(look),
    close: async () => {
      state.waits.end();
      socket.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A running fake. */
export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>;
