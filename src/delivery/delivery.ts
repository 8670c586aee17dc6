import PQueue from 'p-queue';
import type { Card, Link } from '../domain/card.ts';
import { DailiesError } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import { type Chat, type Receipt, ReplyError, type ReplyRef } from '../domain/reply.ts';
import type { Clock } from '../lib/clock.ts';
import { around } from '../lib/fault-points.ts';
import type { Deliveries } from '../store/deliveries.ts';
import { clipName } from './clip-name.ts';
import { fetchVideo } from './fetch-video.ts';
import type { AddressGuard } from './forbidden-addresses.ts';
import type { KeptVideo, KeptVideos } from './kept-videos.ts';

/** Downloads and uploads at once: each holds a file's bytes on their way. */
const TRANSFERS = 4;

/** Dependencies of `Delivery`. */
export interface DeliveryParts {
  videos: KeptVideos;
  deliveries: Deliveries;
  chats: ReadonlyMap<string, Chat>;
  /** The card of a generation with its clip. */
  cardOf: (generation: Generation, clip: { video: { name: string; link?: Link | undefined } }) => Promise<Card>;
  guard: AddressGuard;
  clock: Clock;
  /** The bot's own link to a kept video, or undefined when the bot has no public address. */
  mediaUrl: (generation: string, name: string, expiresAt: number) => string | undefined;
  /** As in `Provider.linkMs`. */
  providerLinkMs: number;
  /** `RETENTION_DAYS`, in ms. */
  retentionMs: number;
}

/** Gets finished videos from the provider's file host and puts them into replies. */
export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #transfers = new PQueue({ concurrency: TRANSFERS });

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  /** Fetches, checks and keeps a video; one that is kept already is not fetched again. @throws {VideoError} */
  async fetch(generation: string, address: string, signal: AbortSignal): Promise<KeptVideo> {
    const { videos, guard } = this.#parts;
    return await this.#transfers.add(async () => {
      const kept = await videos.find(generation);
      if (kept) return kept;
      await fetchVideo(address, await videos.draft(generation), guard, signal);
      return await around('keep', () => videos.keep(generation));
    });
  }

  /**
   * Puts a kept video into its generation's reply, attached or linked; one that is there already is left alone.
   * @param keep asked before the claim and before the upload; what it throws stops the delivery.
   * @throws {ReplyError}
   */
  async deliver(generation: Generation, video: KeptVideo, keep: () => Promise<void>): Promise<Receipt> {
    const { deliveries, clock } = this.#parts;
    return await this.#transfers.add(async () => {
      await keep();
      const claim = await around('claim', () => deliveries.claim(generation.id, clock.now()));
      if (claim.receipt !== undefined) return claim.receipt;
      const found = claim.claimedBefore ? await this.#find(generation) : undefined;
      return found ?? (await this.#put(generation, video, generation.reply, keep));
    });
  }

  /**
   * Puts the video of a delivered generation into one more reply, for as long as it is kept.
   * @throws {DailiesError} `video_forgotten`. @throws {ReplyError}
   */
  async repeat(generation: Generation, ref: ReplyRef): Promise<void> {
    const video = await this.#parts.videos.find(generation.id);
    if (!video) throw new DailiesError('video_forgotten');
    await this.#transfers.add(() => this.#put(generation, video, ref));
  }

  /** Looks for a clip that an earlier attempt may have uploaded. */
  async #find(generation: Generation): Promise<Receipt | undefined> {
    const { clock, cardOf } = this.#parts;
    const { reply } = generation;
    const chat = this.#chatOf(reply);
    const name = clipName(generation.id);
    const look = () => around('look for a clip', () => chat.findDelivery(reply, name));
    let id = await look();
    if (id === undefined && chat.deliveryLagMs !== undefined) {
      await clock.sleep(chat.deliveryLagMs);
      id = await look();
    }
    if (id === undefined) return undefined;
    // Since that upload the reply may have been told that the clip is still on its way.
    const card = await cardOf(this.#delivered(generation), { video: { name } });
    await around('edit', () => chat.update(reply, card, { last: true }));
    return { kind: 'attached', id };
  }

  #delivered(generation: Generation): Generation {
    return { ...generation, state: 'delivered', finishedAt: generation.finishedAt ?? this.#parts.clock.now() };
  }

  async #put(generation: Generation, video: KeptVideo, ref: ReplyRef, keep?: () => Promise<void>): Promise<Receipt> {
    const chat = this.#chatOf(ref);
    const name = clipName(generation.id);
    const delivered = this.#delivered(generation);
    const card = (link?: Link) => this.#parts.cardOf(delivered, { video: { name, link } });
    const file = { generation: generation.id, path: video.path, bytes: video.bytes, name };
    const done = await card();
    await keep?.();
    const result = await around('upload', () => chat.deliver(ref, done, file));
    if (result.attached) return { kind: 'attached', id: result.receipt };
    const link = this.#link(generation, name, video.bytes, result.limitBytes);
    await around('edit', async () => chat.update(ref, await card(link), { last: true }));
    return { kind: 'linked' };
  }

  #chatOf(ref: ReplyRef): Chat {
    const chat = this.#parts.chats.get(ref.platform);
    if (!chat) throw new ReplyError('unavailable', `the chat ${ref.platform} is not connected`);
    return chat;
  }

  #link(generation: Generation, name: string, bytes: number, limitBytes: number): Link {
    const { clock, mediaUrl, providerLinkMs, retentionMs } = this.#parts;
    const keptUntil = clock.now() + retentionMs;
    const own = mediaUrl(generation.id, name, keptUntil);
    const theirs = {
      url: generation.videoUrl ?? '',
      expiresAt: (generation.readyAt ?? clock.now()) + providerLinkMs,
    };
    return { ...(own ? { url: own, expiresAt: keptUntil } : theirs), bytes, limitBytes };
  }
}
