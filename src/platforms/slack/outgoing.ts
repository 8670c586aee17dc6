import { readFile } from 'node:fs/promises';
import type { Card } from '../../domain/card.ts';
import { type Delivered, ReplyError, type ReplyRef, type UpdateOptions, type VideoFile } from '../../domain/reply.ts';
import { BoundedMap } from '../../lib/bounded-map.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { asReplyWith } from '../shared/reply-errors.ts';
import type { CardRenderer } from './card-renderer.ts';
import type { Clients } from './clients.ts';
import { isFileRefused, isLost, loggable, refusalOf, toReplyError } from './errors.ts';
import type { Paces } from './paced.ts';
import { readRef, type SlackRef } from './ref.ts';
import { type Clip, clipOf, type SlackMessage } from './render.ts';
import type { ResponseUrls } from './response-urls.ts';

const asReply = asReplyWith(toReplyError);

/** How long to wait for the message of an uploaded file, and how often to look, in ms. */
const SHARED = { waitMs: 30_000, lookMs: 500 };
/** Most uploaded files remembered, over all replies. */
const MOST_REMEMBERED = 1_000;

/** Dependencies of `SlackOutgoing`. */
export interface OutgoingParts {
  clients: Clients;
  renderer: CardRenderer;
  responseUrls: ResponseUrls;
  paces: Paces;
  clock: Clock;
  log: Log;
}

/** Edits replies, from their ref alone. */
export class SlackOutgoing {
  readonly #parts: OutgoingParts;
  /** Files that are in a reply's thread already, by reply and name, so that none gets there twice. */
  readonly #uploaded = new BoundedMap<string, string>(MOST_REMEMBERED);

  constructor(parts: OutgoingParts) {
    this.#parts = parts;
  }

  /** Replaces the reply's content. @throws {ReplyError} */
  async update(reply: ReplyRef, card: Card, options: UpdateOptions = {}): Promise<void> {
    const ref = readRef(reply);
    if (ref.kind === 'none') return;
    const clip = card.video && card.video.link === undefined ? await this.#clipIn(ref, card.video.name) : undefined;
    const body = await this.#parts.renderer.render(ref, card, clip);
    try {
      await this.#edit(ref, body, options);
    } catch (error) {
      const gone = error instanceof ReplyError && error.kind === 'gone';
      if (!gone || !options.last || ref.userId === '') throw error;
      await asReply(options.signal, () => this.#postDirectly(ref, body));
    }
  }

  /** Uploads the clip into the reply's thread and links the card to it. @throws {ReplyError} */
  async deliver(reply: ReplyRef, card: Card, file: VideoFile, signal?: AbortSignal): Promise<Delivered> {
    const ref = readRef(reply);
    return await asReply(signal, async () => {
      let target = ref;
      let fileId: string;
      try {
        fileId = this.#uploaded.get(keyOf(ref, file.name)) ?? (await this.#upload(ref, file));
      } catch (error) {
        if (isFileRefused(error)) return { attached: false, limitBytes: Math.max(file.bytes - 1, 0) };
        if (toReplyError(error).kind !== 'gone' || ref.userId === '') throw error;
        target = await this.#postDirectly(ref, await this.#parts.renderer.render(ref, card));
        fileId = await this.#upload(target, file);
      }
      this.#uploaded.set(keyOf(ref, file.name), fileId);
      const clip = await this.#waitForClip(target, fileId, signal);
      await this.#edit(target, await this.#parts.renderer.render(target, card, clip), { signal, last: true });
      return { attached: true, receipt: fileId };
    });
  }

  /**
   * The clip's file when the reply links to it. One that is in the thread only is remembered, so that `deliver` does
   * not upload it again. @throws {ReplyError}
   */
  async findDelivery(reply: ReplyRef, name: string, signal?: AbortSignal): Promise<string | undefined> {
    const ref = readRef(reply);
    if (ref.kind !== 'message') return undefined;
    try {
      const messages = await asReply(signal, () => this.#thread(ref));
      const linked = clipOf(messages.find(({ ts }) => ts === ref.ts)?.blocks);
      const file = messages.flatMap(({ files }) => files ?? []).find((one) => one.name === name)?.id;
      if (linked !== undefined && linked === file) return file;
      if (file !== undefined) this.#uploaded.set(keyOf(ref, name), file);
      return undefined;
    } catch (error) {
      // Without the message there is no clip on it either, and a message that can't be read now never will be.
      if (error instanceof ReplyError && (error.kind === 'gone' || error.kind === 'invalid')) return undefined;
      throw error;
    }
  }

  /** Deletes the reply, with its clip and files. @throws {ReplyError} */
  async remove(reply: ReplyRef): Promise<void> {
    const ref = readRef(reply);
    if (ref.kind === 'none') return;
    if (ref.kind === 'ephemeral') return this.#parts.responseUrls.delete(ref.responseUrl ?? '');
    this.#forget(ref);
    await asReply(undefined, async () => {
      const messages = await this.#thread(ref).catch(() => []);
      const clip = clipOf(messages.find(({ ts }) => ts === ref.ts)?.blocks);
      const ids = new Set([...(clip ? [clip] : []), ...ref.fileIds.split(',').filter(Boolean)]);
      const shared = messages.filter(({ files }) => files?.some(({ id = '' }) => ids.has(id)));
      for (const file of ids) await this.#withdraw(ref, (client) => client.files.delete({ file }));
      const others = shared.flatMap(({ ts }) => (ts === undefined || ts === ref.ts ? [] : [ts]));
      for (const ts of [...others, ref.ts]) {
        await this.#withdraw(ref, (client) => client.chat.delete({ channel: ref.channelId, ts }));
      }
    });
  }

  async #edit(ref: SlackRef, body: SlackMessage, { signal, last, stale }: UpdateOptions): Promise<void> {
    if (ref.kind === 'ephemeral') return this.#parts.responseUrls.send(ref.responseUrl ?? '', body, 'replace');
    await asReply(signal, () =>
      this.#parts.paces.of(ref).run(
        `${ref.channelId}/${ref.ts}`,
        last === true,
        async () => {
          if (await stale?.()) return;
          const client = await this.#parts.clients.of(ref);
          // An edit of our own text must not turn anything in it into a mention.
          await client.chat.update({ channel: ref.channelId, ts: ref.ts, ...body, parse: 'none', link_names: false });
        },
        signal,
      ),
    );
  }

  async #upload(ref: SlackRef, file: VideoFile): Promise<string> {
    if (ref.kind !== 'message') throw new ReplyError('gone', 'a private word has no thread for a file');
    const client = await this.#parts.clients.of(ref, 'upload');
    const { files } = await client.filesUploadV2({
      channel_id: ref.channelId,
      thread_ts: ref.threadTs ?? ref.ts,
      file: await readFile(file.path),
      filename: file.name,
      title: file.name,
    });
    const id = files?.[0]?.files?.[0]?.id;
    if (!id) throw new ReplyError('unavailable', 'Slack took a file without saying which');
    return id;
  }

  /** The clip of this name that is in the reply's thread. */
  async #clipIn(ref: SlackRef, name: string): Promise<Clip | undefined> {
    if (ref.kind !== 'message') return undefined;
    const messages = await asReply(undefined, () => this.#thread(ref)).catch((error: unknown) => {
      // If the reply is gone, the edit will say so.
      if (error instanceof ReplyError && error.kind === 'gone') return [];
      throw error;
    });
    const file = messages.flatMap(({ files }) => files ?? []).find((one) => one.name === name)?.id;
    return file === undefined ? undefined : await asReply(undefined, () => this.#waitForClip(ref, file));
  }

  /** Slack answers an upload before its message is there. One that takes very long is linked as a file. */
  async #waitForClip(ref: SlackRef, fileId: string, signal?: AbortSignal): Promise<Clip> {
    const { clients, clock, log } = this.#parts;
    const end = clock.now() + SHARED.waitMs;
    for (;;) {
      const { file } = await clients.patiently(ref, (client) => client.files.info({ file: fileId }));
      const shares = [file?.shares?.public, file?.shares?.private].flatMap((places) => places?.[ref.channelId] ?? []);
      const ts = shares[0]?.ts;
      if (ts) {
        const link = await clients.patiently(ref, (client) =>
          client.chat.getPermalink({ channel: ref.channelId, message_ts: ts }),
        );
        return { fileId, url: link.permalink ?? file?.permalink ?? '' };
      }
      if (clock.now() >= end) {
        log.warn({ file: fileId }, 'the message of an uploaded file did not appear in time');
        return { fileId, url: file?.permalink ?? '' };
      }
      await clock.sleep(SHARED.lookMs, signal);
    }
  }

  /** A message to the person alone, in place of a reply that is out of reach. */
  async #postDirectly(ref: SlackRef, body: SlackMessage): Promise<SlackRef> {
    const { clients } = this.#parts;
    const { channel } = await clients.patiently(ref, (client) => client.conversations.open({ users: ref.userId }));
    const channelId = channel?.id ?? '';
    const posted = await clients.patiently(ref, (client) =>
      client.chat.postMessage({ channel: channelId, ...body, unfurl_links: false, unfurl_media: false }),
    );
    return { ...ref, kind: 'message', channelId, ts: posted.ts ?? '', threadTs: null };
  }

  async #thread(ref: SlackRef) {
    const { clients } = this.#parts;
    const answer = await clients.patiently(ref, (client) =>
      client.conversations.replies({ channel: ref.channelId, ts: ref.threadTs ?? ref.ts, limit: 200 }),
    );
    return answer.messages ?? [];
  }

  async #withdraw(ref: SlackRef, call: Parameters<Clients['patiently']>[1]): Promise<void> {
    try {
      await this.#parts.clients.patiently(ref, call);
    } catch (error) {
      if (isLost(error) || refusalOf(error) === 'file_not_found' || refusalOf(error) === 'file_deleted') return;
      if (toReplyError(error).kind !== 'gone') throw error;
      this.#parts.log.debug(loggable(error), 'a reply was out of reach and stays');
    }
  }

  #forget(ref: SlackRef): void {
    const start = keyOf(ref, '');
    for (const key of this.#uploaded.keys()) if (key.startsWith(start)) this.#uploaded.delete(key);
  }
}

function keyOf({ channelId, ts }: SlackRef, name: string): string {
  return `${channelId}/${ts}/${name}`;
}
