import { type APIChannel, type APIMessage, RequestMethod, Routes } from 'discord.js';
import type { Card } from '../../domain/card.ts';
import { placeOf } from '../../domain/ids.ts';
import { type Delivered, ReplyError, type ReplyRef, type UpdateOptions, type VideoFile } from '../../domain/reply.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { asReplyWith } from '../shared/reply-errors.ts';
import type { DiscordApi, DiscordCall } from './api.ts';
import { Direct } from './direct.ts';
import { isDeadToken, isGone, isTooLarge, toReplyError } from './errors.ts';
import { DEFAULT_SIZE_LIMIT, type DiscordRef, homeOutside, isSomeones, readRef, refOfPost } from './ref.ts';
import { renderCard } from './render.ts';
import { Tokens } from './tokens.ts';
import { attachmentOf, packed, toForm, uploadWay } from './upload.ts';

const asReply = asReplyWith(toReplyError);

/** One of the two ways to a message: by the interaction's token, or by its channel with the bot's token. */
type Address = Pick<DiscordCall, 'route' | 'bot'>;

/** A post is nobody's in particular; its card has its words already. */
const POST_LOCALE = 'en-US';

/** Edits replies, from their ref alone; where a reply is out of reach, writes to the person directly. */
export class DiscordOutgoing {
  readonly #api: DiscordApi;
  readonly #direct: Direct;
  readonly #tokens: Tokens;
  readonly #log: Log;

  constructor(options: { api: DiscordApi; clock: Clock; log: Log }) {
    this.#api = options.api;
    this.#direct = new Direct(options.api);
    this.#tokens = new Tokens(options.clock);
    this.#log = options.log;
  }

  /** A later interaction with the same message: its token reaches it too, and longer. */
  noteToken(ref: DiscordRef): void {
    this.#tokens.note(ref);
  }

  /**
   * Replaces the reply's content; attachments stay unless the card has files of its own. If the reply can't be reached,
   * a last card with a result or problem is sent as a direct message; a cancellation is not, as the person knows of it.
   * @param way `edit` for one of many (fails at once when Discord is busy), `answer` for the only one.
   * @throws {ReplyError}
   */
  async update(reply: ReplyRef, card: Card, options: UpdateOptions & { way?: 'edit' | 'answer' } = {}): Promise<void> {
    const ref = readRef(reply);
    const { signal } = options;
    const { way, content } = await packed(bodyOf(card, ref), card.files, options.way ?? 'edit', this.#log);
    await asReply(signal, async () => {
      try {
        await this.#reach(ref, (to) => this.#api.send(way, { ...to, method: RequestMethod.Patch, ...content, signal }));
      } catch (error) {
        const told = options.last && (card.tone === 'problem' || card.tone === 'done');
        if (!told || !isGone(error) || !isSomeones(ref)) throw error;
        await this.#direct.tell(ref, card, signal);
      }
    });
  }

  /**
   * Puts card and clip into the reply, or into a direct message; the clip beside the card: inside it, it would be a
   * still. @throws {ReplyError}
   */
  async deliver(reply: ReplyRef, card: Card, file: VideoFile, signal?: AbortSignal): Promise<Delivered> {
    const ref = readRef(reply);
    const limit = ref.attachmentSizeLimit;
    if (file.bytes > limit) return { attached: false, limitBytes: limit };
    const form = await toForm(bodyOf(card, ref), file);
    const way = uploadWay(file);
    return asReply(signal, async () => {
      try {
        const message = await this.#reach(ref, (to) =>
          this.#api.send(way, { ...to, method: RequestMethod.Patch, form, signal }),
        ).catch((error: unknown) => {
          if (!isGone(error) || !isSomeones(ref)) throw error;
          if (file.bytes > DEFAULT_SIZE_LIMIT) return undefined;
          return this.#direct.deliver(ref, card, file, signal);
        });
        if (!message) return { attached: false, limitBytes: DEFAULT_SIZE_LIMIT };
        return { attached: true, receipt: attachmentOf(message, file.name) ?? ref.messageId };
      } catch (error) {
        if (!isTooLarge(error)) throw error;
        // The limit has shrunk since the interaction. Discord does not say to what, only that the file is above it.
        return { attached: false, limitBytes: Math.min(DEFAULT_SIZE_LIMIT, file.bytes - 1) };
      }
    });
  }

  /** The id of an attachment of this name, if it is in the reply or the direct message. @throws {ReplyError} */
  async findDelivery(reply: ReplyRef, name: string, signal?: AbortSignal): Promise<string | undefined> {
    const ref = readRef(reply);
    return asReply(signal, async () => {
      try {
        const message = await this.#reach(ref, (to) =>
          this.#api.send('edit', { ...to, method: RequestMethod.Get, signal }),
        );
        return attachmentOf(message as APIMessage, name);
      } catch (error) {
        if (!isGone(error)) throw error;
        if (!isSomeones(ref)) return undefined;
        const message = await this.#direct.find(ref, signal);
        return message && attachmentOf(message, name);
      }
    });
  }

  /**
   * Posts a card into a channel of a server. The channel is looked up first: one server's words never get into another.
   * @throws {ReplyError} `gone` when the server has no such channel, or none that the bot may write into.
   */
  async post(community: string, channelId: string, card: Card): Promise<DiscordRef> {
    const guildId = placeOf(community, 'discord');
    if (guildId === undefined || !/^\d+$/.test(channelId)) {
      throw new ReplyError('gone', `expected a channel of a server, got ${channelId} of ${community}`);
    }
    return asReply(undefined, async () => {
      const route = Routes.channel(channelId);
      const channel = (await this.#api.send('answer', { method: RequestMethod.Get, route, bot: true })) as APIChannel;
      if (!('guild_id' in channel) || channel.guild_id !== guildId) {
        throw new ReplyError('gone', `the channel ${channelId} is none of the server ${guildId}`);
      }
      const { way, content } = await packed(renderCard(card, { locale: POST_LOCALE }), card.files, 'answer', this.#log);
      const to = { method: RequestMethod.Post, route: Routes.channelMessages(channelId), bot: true };
      const { id } = (await this.#api.send(way, { ...to, ...content })) as APIMessage;
      return refOfPost({ guildId, channelId, messageId: id, locale: POST_LOCALE });
    });
  }

  /** Deletes the reply, and any direct message in its place. @throws {ReplyError} */
  async remove(reply: ReplyRef): Promise<void> {
    const ref = readRef(reply);
    await asReply(undefined, async () => {
      try {
        await this.#reach(ref, (to) => this.#api.send('answer', { ...to, method: RequestMethod.Delete }));
      } catch (error) {
        if (!isGone(error)) throw error;
        if (isSomeones(ref)) await this.#direct.remove(ref);
      }
    });
  }

  /** Tries the interaction's token as long as it lives, then those of later ones, then the channel. */
  async #reach(ref: DiscordRef, send: (address: Address) => Promise<unknown>): Promise<unknown> {
    for (const token of this.#tokens.for(ref)) {
      try {
        return await send({ route: Routes.webhookMessage(ref.applicationId, token, '@original'), bot: false });
      } catch (error) {
        if (!isDeadToken(error)) throw error;
      }
    }
    if (ref.ephemeral) throw new ReplyError('gone', 'a private reply can be edited for 15 minutes only');
    if (!ref.botInChannel) throw new ReplyError('gone', 'the bot is not in the channel of this reply');
    return send({ route: Routes.channelMessage(ref.channelId, ref.messageId), bot: true });
  }
}

function bodyOf(card: Card, ref: DiscordRef) {
  return renderCard(card, { locale: ref.locale, home: homeOutside(ref, ref.guildId) });
}
