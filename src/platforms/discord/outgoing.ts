import { openAsBlob } from 'node:fs';
import { type APIMessage, RequestMethod, Routes } from 'discord.js';
import type { Clock } from '../../clock.ts';
import type { Card } from '../../replies/card.ts';
import { type Delivered, ReplyError, type ReplyRef, type VideoFile } from '../platform.ts';
import type { Call, DiscordApi, Way } from './api.ts';
import { isDeadToken, isTooLarge, toReplyError } from './errors.ts';
import { DEFAULT_SIZE_LIMIT, type DiscordRef, isTokenAlive, readRef } from './ref.ts';
import { type MessageBody, renderCard } from './render.ts';

/** An upload may take half a minute, and longer the larger it is: at the slowest 100 KB a second. */
const UPLOAD_MS = { base: 30_000, bytesPerSecond: 100_000 };

/** One of the two ways to a message: by the interaction's token, or by its channel with the bot's token. */
type Address = Pick<Call, 'route' | 'bot'>;

/** Edits replies, from their ref alone. */
export class Outgoing {
  readonly #api: DiscordApi;
  readonly #clock: Clock;

  constructor(options: { api: DiscordApi; clock: Clock }) {
    this.#api = options.api;
    this.#clock = options.clock;
  }

  /**
   * Replaces what the reply shows; attachments stay.
   * @param way `edit` for one of many (fails at once when Discord is busy), `answer` for the only one.
   * @throws {ReplyError}
   */
  async update(reply: ReplyRef, card: Card, way: Way = 'edit', signal?: AbortSignal): Promise<void> {
    const ref = readRef(reply);
    const body = renderCard(card, ref.locale);
    await asReply(signal, () =>
      this.#reach(ref, (address) => this.#api.send(way, { ...address, method: RequestMethod.Patch, body, signal })),
    );
  }

  /** Puts card and clip into the reply, the clip beside the card: inside it, it would be a still. @throws {ReplyError} */
  async deliver(reply: ReplyRef, card: Card, file: VideoFile, signal?: AbortSignal): Promise<Delivered> {
    const ref = readRef(reply);
    const limit = ref.attachmentSizeLimit;
    if (file.bytes > limit) return { attached: false, limitBytes: limit };
    const form = await toForm(renderCard(card, ref.locale), file);
    const way = { uploadMs: UPLOAD_MS.base + Math.ceil((file.bytes * 1000) / UPLOAD_MS.bytesPerSecond) };
    return asReply(signal, async () => {
      try {
        const message = await this.#reach(ref, (address) =>
          this.#api.send(way, { ...address, method: RequestMethod.Patch, form, signal }),
        );
        return { attached: true, receipt: attachmentOf(message, file.name) ?? ref.messageId };
      } catch (error) {
        if (!isTooLarge(error)) throw error;
        // The limit has shrunk since the interaction. Discord does not say to what, only that the file is above it.
        return { attached: false, limitBytes: Math.min(DEFAULT_SIZE_LIMIT, file.bytes - 1) };
      }
    });
  }

  /** The id of the attachment of this name in the reply, if it is there. @throws {ReplyError} */
  async findDelivery(reply: ReplyRef, name: string, signal?: AbortSignal): Promise<string | undefined> {
    const ref = readRef(reply);
    const message = await asReply(signal, () =>
      this.#reach(ref, (address) => this.#api.send('edit', { ...address, method: RequestMethod.Get, signal })),
    );
    return attachmentOf(message, name);
  }

  /** Tries the interaction's token as long as it lives, then the channel. */
  async #reach(ref: DiscordRef, send: (address: Address) => Promise<unknown>): Promise<unknown> {
    if (isTokenAlive(ref, this.#clock.now())) {
      try {
        return await send({ route: Routes.webhookMessage(ref.applicationId, ref.token, '@original'), bot: false });
      } catch (error) {
        if (!isDeadToken(error)) throw error;
      }
    }
    if (ref.ephemeral) throw new ReplyError('gone', 'a private reply can be edited for 15 minutes only');
    return send({ route: Routes.channelMessage(ref.channelId, ref.messageId), bot: true });
  }
}

/** Errors of the REST client become a `ReplyError`; an abort by the caller stays what it is. */
async function asReply<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw toReplyError(error);
  }
}

/** The clip is read from disk while it is sent, so it never fills the memory. */
async function toForm(body: MessageBody, file: VideoFile): Promise<FormData> {
  const form = new FormData();
  form.set('payload_json', JSON.stringify({ ...body, attachments: [{ id: '0', filename: file.name }] }));
  form.set('files[0]', await openAsBlob(file.path, { type: 'video/mp4' }), file.name);
  return form;
}

function attachmentOf(message: unknown, name: string): string | undefined {
  return (message as Partial<APIMessage>).attachments?.find(({ filename }) => filename === name)?.id;
}
