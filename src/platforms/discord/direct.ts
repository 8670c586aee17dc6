import { type APIDMChannel, type APIMessage, RequestMethod, Routes } from 'discord.js';
import type { Card } from '../../domain/card.ts';
import type { VideoFile } from '../../domain/reply.ts';
import type { DiscordApi, DiscordCall, Way } from './api.ts';
import { isGone } from './errors.ts';
import { type DiscordRef, homeOutside, linkTo } from './ref.ts';
import { type DiscordMessage, renderCard } from './render.ts';
import { attachmentOf, toForm, uploadWay } from './upload.ts';

/** How far back a direct message is looked for, in messages. */
const LOOK_BACK = 50;

/**
 * Direct messages in place of replies that are out of reach. There is one for each reply at most: its title leads to
 * where the reply was, and by that it is recognised, after a crash too.
 */
export class Direct {
  readonly #api: DiscordApi;

  constructor(api: DiscordApi) {
    this.#api = api;
  }

  /** Sends it with a card, unless that card was sent already. @throws the REST client's errors. */
  async tell(ref: DiscordRef, card: Card, signal: AbortSignal | undefined): Promise<void> {
    const channel = await this.#open(ref, signal);
    const before = await this.#findIn(channel, ref, signal);
    const body = bodyOf(card, ref);
    if (before?.embeds[0]?.title === body.embeds[0]?.title && before?.content === body.content) return;
    await this.#put(channel, before, 'answer', { body, signal });
  }

  /** Sends card and clip. @returns the message that has the clip. @throws the REST client's errors. */
  async deliver(ref: DiscordRef, card: Card, file: VideoFile, signal: AbortSignal | undefined): Promise<APIMessage> {
    const channel = await this.#open(ref, signal);
    const before = await this.#findIn(channel, ref, signal);
    if (before && attachmentOf(before, file.name)) return before;
    return this.#put(channel, before, uploadWay(file), { form: await toForm(bodyOf(card, ref), file), signal });
  }

  /** The direct message in place of a reply, if there is one. @throws the REST client's errors. */
  async find(ref: DiscordRef, signal?: AbortSignal): Promise<APIMessage | undefined> {
    try {
      return await this.#findIn(await this.#open(ref, signal), ref, signal);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  /** Deletes the direct message, if there is one. @throws the REST client's errors. */
  async remove(ref: DiscordRef): Promise<void> {
    const message = await this.find(ref);
    if (!message) return;
    try {
      const route = Routes.channelMessage(message.channel_id, message.id);
      await this.#api.send('answer', { method: RequestMethod.Delete, route, bot: true });
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /** The channel of direct messages with a person; Discord gives the same one each time. */
  async #open({ userId }: DiscordRef, signal: AbortSignal | undefined): Promise<string> {
    const channel = await this.#api.send('answer', {
      method: RequestMethod.Post,
      route: Routes.userChannels(),
      bot: true,
      body: { recipient_id: userId },
      signal,
    });
    return (channel as APIDMChannel).id;
  }

  async #findIn(channel: string, ref: DiscordRef, signal: AbortSignal | undefined): Promise<APIMessage | undefined> {
    const messages = (await this.#api.send('answer', {
      method: RequestMethod.Get,
      route: Routes.channelMessages(channel),
      query: new URLSearchParams({ limit: String(LOOK_BACK) }),
      bot: true,
      signal,
    })) as APIMessage[];
    return messages.find(({ embeds }) => embeds[0]?.url === linkTo(ref));
  }

  /** Into the message that is there already, or into a new one. */
  async #put(
    channel: string,
    before: APIMessage | undefined,
    way: Way,
    content: Pick<DiscordCall, 'body' | 'form' | 'signal'>,
  ): Promise<APIMessage> {
    const to = before
      ? { method: RequestMethod.Patch, route: Routes.channelMessage(channel, before.id) }
      : { method: RequestMethod.Post, route: Routes.channelMessages(channel) };
    return (await this.#api.send(way, { ...to, ...content, bot: true })) as APIMessage;
  }
}

function bodyOf(card: Card, ref: DiscordRef): DiscordMessage {
  return renderCard(card, { locale: ref.locale, home: homeOutside(ref, null), link: linkTo(ref) });
}
