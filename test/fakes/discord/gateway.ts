import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { snowflake } from './protocol.ts';
import type { State } from './state.ts';

/** Opcodes of the gateway, version 10. */
const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;

interface Session {
  id: string;
  sequence: number;
  /** Everything that was dispatched, to be replayed. */
  events: { op: number; t: string; s: number; d: unknown }[];
  socket: WebSocket | undefined;
  /** Which of how many. */
  shard: [id: number, count: number];
}

/** The gateway's half of the fake. */
export class FakeGateway {
  readonly #state: State;
  readonly #options: { token: string; heartbeatMs: number; refuseWith: number | undefined };
  readonly #server: WebSocketServer;
  readonly #sessions = new Map<string, Session>();
  /** Number of IDENTIFY and RESUME that were accepted, and of heartbeats. */
  readonly counts = { identified: 0, resumed: 0, heartbeats: 0 };

  constructor(
    state: State,
    http: Server,
    options: { token: string; heartbeatMs: number; refuseWith: number | undefined },
  ) {
    this.#state = state;
    this.#options = options;
    this.#server = new WebSocketServer({ server: http });
    this.#server.on('connection', (socket, request) => {
      const query = new URL(request.url ?? '/', 'ws://fake').searchParams;
      if (query.get('v') !== '10' || query.get('encoding') !== 'json' || query.has('compress')) {
        this.#state.violations.push(`gateway: only v=10, encoding=json, uncompressed is spoken here, not ${query}`);
        socket.close(4012, 'Invalid API version');
        return;
      }
      this.#greet(socket);
    });
  }

  /**
   * Sends an event to every session of the server's shard; one whose connection is lost gets it when it resumes.
   * @returns the id of that shard, if it has a session.
   */
  dispatch(type: string, data: { guild_id?: string }): number | undefined {
    const shardOf = (count: number) => Number((BigInt(data.guild_id ?? 0) >> 22n) % BigInt(count));
    const sessions = [...this.#sessions.values()].filter(({ shard: [id, count] }) => id === shardOf(count));
    const [first] = sessions;
    if (this.#sessions.size === 0) throw new Error('expected a connected bot, found none');
    for (const session of sessions) this.#send(session, type, data);
    return first?.shard[0];
  }

  /** The shards that have a session. */
  get shards(): [id: number, count: number][] {
    return [...this.#sessions.values()].map(({ shard }) => shard);
  }

  /** Closes the connections (of one shard) with this code, or breaks them when there is none; they can be resumed. */
  drop(code?: number, only?: number): void {
    for (const { socket, shard } of this.#sessions.values()) {
      if (only !== undefined && shard[0] !== only) continue;
      if (code === undefined) socket?.terminate();
      else socket?.close(code);
    }
  }

  /** Asks the bot to connect anew (op 7). */
  askToReconnect(): void {
    for (const { socket } of this.#sessions.values()) write(socket, { op: OP.reconnect, d: null });
  }

  /** Tells the bot that its session is invalid (op 9): it must identify anew, or may resume after all. */
  invalidateSessions(options: { resumable: boolean }): void {
    for (const { socket } of this.#sessions.values()) write(socket, { op: OP.invalidSession, d: options.resumable });
    if (!options.resumable) this.#sessions.clear();
  }

  /** How many connections are open. */
  get openConnections(): number {
    return this.#server.clients.size;
  }

  close(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  #greet(socket: WebSocket): void {
    write(socket, { op: OP.hello, d: { heartbeat_interval: this.#options.heartbeatMs } });
    let session: Session | undefined;
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: Record<string, unknown> };
      if (op === OP.heartbeat) {
        this.counts.heartbeats += 1;
        write(socket, { op: OP.heartbeatAck });
      } else if (op === OP.identify) {
        session = this.#identify(socket, d);
      } else if (op === OP.resume) {
        session = this.#resume(socket, d);
      } else if (!session) {
        socket.close(4003, 'Not authenticated');
      }
      this.#state.changed();
    });
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = undefined;
      this.#state.changed();
    });
    socket.on('error', () => undefined);
  }

  #identify(socket: WebSocket, d: Record<string, unknown>): Session | undefined {
    const refusal = d.token === this.#options.token ? this.#options.refuseWith : 4004;
    if (refusal !== undefined) {
      socket.close(refusal);
      return undefined;
    }
    if (typeof d.intents !== 'number' || !d.properties) this.#state.violations.push('identify: incomplete');
    const shard = (d.shard ?? [0, 1]) as Session['shard'];
    const session: Session = { id: snowflake(), sequence: 0, events: [], socket, shard };
    this.#sessions.set(session.id, session);
    this.counts.identified += 1;
    const user = { id: this.#state.applicationId, username: 'dailies', discriminator: '0', avatar: null, bot: true };
    this.#send(session, 'READY', {
      v: 10,
      user,
      guilds: [],
      session_id: session.id,
      resume_gateway_url: this.url(),
      shard: d.shard,
      application: { id: this.#state.applicationId, flags: 0 },
    });
    return session;
  }

  #resume(socket: WebSocket, d: Record<string, unknown>): Session | undefined {
    const session = this.#sessions.get(String(d.session_id));
    if (!session || d.token !== this.#options.token) {
      write(socket, { op: OP.invalidSession, d: false });
      return undefined;
    }
    session.socket = socket;
    this.counts.resumed += 1;
    for (const event of session.events) if (event.s > Number(d.seq)) write(socket, event);
    this.#send(session, 'RESUMED', {});
    return session;
  }

  /** Where the gateway listens. */
  url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('expected a listening server');
    return `ws://127.0.0.1:${address.port}`;
  }

  #send(session: Session, type: string, data: unknown): void {
    session.sequence += 1;
    const event = { op: OP.dispatch, t: type, s: session.sequence, d: data };
    session.events.push(event);
    write(session.socket, event);
  }
}

function write(socket: WebSocket | undefined, payload: object): void {
  if (socket?.readyState === 1) socket.send(JSON.stringify(payload));
}
