import type { Card } from './card.ts';

/**
 * The address of the one chat message that shows a generation: plain data, stored with the generation, enough for this
 * or another process to edit the message later, with no open chat connection.
 */
export interface ReplyRef {
  readonly platform: string;
  readonly [key: string]: string | number | boolean | null;
}

/** A finished clip on this machine's disk, checked. */
export interface VideoFile {
  /** Id of the generation. */
  generation: string;
  /** Absolute path. */
  path: string;
  /** File name to show, `.mp4` at its end; the same for the same generation, so that a repeat can be recognised. */
  name: string;
  bytes: number;
}

/** The outcome of a delivery: the id of the message or file that now holds the clip, or the limit it is above. */
export type Delivered = { attached: true; receipt: string } | { attached: false; limitBytes: number };

/** The stored outcome of a delivery: the id of the message or file that holds the clip, or that the reply links to it. */
export type Receipt = { kind: 'attached'; id: string } | { kind: 'linked' };

/** How an edit is to be made. */
export interface UpdateOptions {
  signal?: AbortSignal | undefined;
  /**
   * Nothing follows this card. If the reply cannot be reached any more, the member is told elsewhere (a direct message)
   * where the chat allows it.
   */
  last?: boolean | undefined;
  /** Whether the card is out of date; a chat that makes edits wait asks before it sends one, and leaves it out then. */
  stale?: (() => Promise<boolean>) | undefined;
}

/**
 * The outgoing half of a chat. It works from a reply ref alone, with no open chat connection, so that another process,
 * or this one after a crash, can edit the same reply.
 */
export interface Chat {
  /** As in `ReplyRef.platform` and at the front of community ids. */
  readonly name: string;
  /** The shortest time between two edits of one reply, in ms. */
  readonly updateIntervalMs: number;
  /** How long after its upload a clip may still be missing from the reply, in ms; undefined: not at all. */
  readonly deliveryLagMs?: number;
  /**
   * Replaces what the reply shows. A card with a `video` that has no link keeps the clip that is there already.
   * @throws {ReplyError}
   */
  update(ref: ReplyRef, card: Card, options?: UpdateOptions): Promise<void>;
  /**
   * Puts card and clip into the reply, or, if that cannot be reached any more, into a direct message to the member.
   * @throws {ReplyError}
   */
  deliver(ref: ReplyRef, card: Card, file: VideoFile, signal?: AbortSignal): Promise<Delivered>;
  /**
   * Looks whether a clip of this name is where `deliver` would put it already (a crash between upload and note).
   * @returns its receipt, or undefined. @throws {ReplyError}
   */
  findDelivery(ref: ReplyRef, name: string, signal?: AbortSignal): Promise<string | undefined>;
  /**
   * Posts a message of its own, with the card's files.
   * @param community as in `Origin`. @param channel the platform's own id.
   * @throws {ReplyError} `gone` when there is no such channel (any more), or the bot may not write there.
   */
  post(community: string, channel: string, card: Card): Promise<ReplyRef>;
  /** Takes the reply away; one that is gone already is no error. @throws {ReplyError} */
  remove(ref: ReplyRef): Promise<void>;
}

/**
 * Why a reply could not be edited:
 * - `gone`: it cannot be reached any more, and trying again will not help (deleted, no access, left the server).
 * - `busy`: not now; `retryAfterMs` says when, if the chat said so.
 * - `unavailable`: the chat is out of order or out of reach.
 * - `invalid`: the chat refuses what we sent; a mistake of ours, trying again will not help.
 */
export type ReplyErrorKind = 'gone' | 'busy' | 'unavailable' | 'invalid';

/** A reply could not be edited; thrown by a chat's outgoing half. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError';
  readonly kind: ReplyErrorKind;
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: ReplyErrorKind,
    message: string,
    options: ErrorOptions & { retryAfterMs?: number | undefined } = {},
  ) {
    super(`reply ${kind}: ${message}`, options);
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}
