import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { livedMs } from '../../support/pace.ts';
import type { State } from './state.ts';

/** An envelope on its way, until it is acknowledged. */
interface Envelope {
  id: string;
  json: object;
  sentAt: number;
  deliveries: number;
  ack: ((payload: unknown) => void) | undefined;
}

/** The Socket Mode half of the fake. */
export class FakeSocket {
  readonly #state: State;
  readonly #server: WebSocketServer;
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, Envelope>();
  /** How often a connection said hello. */
  hellos = 0;

  constructor(state: State, http: Server) {
    this.#state = state;
    this.#server = new WebSocketServer({ server: http });
    this.#server.on('connection', (socket, request) => {
      const ticket = new URL(request.url ?? '/', 'ws://fake').searchParams.get('ticket') ?? '';
      if (!this.#tickets.delete(ticket)) {
        this.#state.violations.push('a connection with a wrong or used ticket');
        socket.close(4001);
        return;
      }
      socket.on('message', (raw) => this.#acknowledged(String(raw)));
      socket.on('error', () => undefined);
      socket.on('close', () => this.#state.changed());
      this.hellos += 1;
      write(socket, {
        type: 'hello',
        num_connections: this.#server.clients.size,
        connection_info: { app_id: 'A0APP' },
      });
      // What was not acknowledged comes again.
      for (const envelope of this.#waiting.values()) this.#send(envelope, socket);
      this.#state.changed();
    });
  }

  /** A single-use address, as `apps.connections.open` gives it. */
  url(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('expected a listening server');
    return `ws://127.0.0.1:${address.port}/link?ticket=${ticket}`;
  }

  get openConnections(): number {
    return [...this.#server.clients].filter(({ readyState }) => readyState === 1).length;
  }

  /** Sends an envelope; with no connection it waits for one. Resolves with what the acknowledgement carries. */
  send(type: string, payload: object): Promise<{ afterMs: number; payload: unknown }> {
    const { promise, resolve } = Promise.withResolvers<{ afterMs: number; payload: unknown }>();
    const id = randomUUID();
    const envelope: Envelope = {
      id,
      json: { envelope_id: id, type, payload, accepts_response_payload: type !== 'events_api' },
      sentAt: livedMs(),
      deliveries: 0,
      ack: (answer) => resolve({ afterMs: livedMs() - envelope.sentAt, payload: answer }),
    };
    this.#waiting.set(id, envelope);
    const socket = [...this.#server.clients].find(({ readyState }) => readyState === 1);
    if (socket) this.#send(envelope, socket);
    return promise;
  }

  /** Asks for a new connection: Slack does that every few hours. */
  disconnect(reason: 'refresh_requested' | 'warning'): void {
    for (const socket of this.#server.clients) write(socket, { type: 'disconnect', reason, debug_info: {} });
  }

  /** Breaks all connections. */
  drop(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  close(): void {
    this.drop();
    this.#server.close();
  }

  #send(envelope: Envelope, socket: WebSocket): void {
    const retry = envelope.deliveries > 0 ? { retry_attempt: envelope.deliveries, retry_reason: 'timeout' } : {};
    envelope.deliveries += 1;
    write(socket, { ...envelope.json, ...retry });
  }

  #acknowledged(raw: string): void {
    const { envelope_id: id, payload } = JSON.parse(raw) as { envelope_id: string; payload?: unknown };
    const envelope = this.#waiting.get(id);
    this.#waiting.delete(id);
    envelope?.ack?.(payload);
    this.#state.changed();
  }
}

function write(socket: WebSocket, payload: object): void {
  if (socket.readyState === 1) socket.send(JSON.stringify(payload));
}
