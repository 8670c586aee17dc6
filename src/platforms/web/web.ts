import { Hono } from 'hono';
import type { Button, Command, MessageCommand } from '../../../commands/command.ts';
import type { Card } from '../../domain/card.ts';
import { ReplyError, type ReplyRef } from '../../domain/reply.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { textsFor } from '../../locales/languages.ts';
import type { Texts } from '../../locales/texts.ts';
import type { WebMessage, WebMessages } from '../../store/web-messages.ts';
import type { Platform } from '../platform.ts';
import { createApi } from './api.ts';
import { createAssets } from './assets.ts';
import { Hub } from './hub.ts';
import { WebIncoming } from './incoming.ts';
import { CHANNELS, COMMUNITY } from './people.ts';
import { guard } from './same-site.ts';
import { createToWire } from './to-wire.ts';

/** Dependencies of `createWeb`. */
export interface WebParts {
  messages: WebMessages;
  commands: readonly Command[];
  buttons: readonly Button[];
  messageCommands: readonly MessageCommand[];
  /** For readers whose page names no language. */
  texts: Texts;
  /** Where the page can play a generation's clip from; asked each time a message is sent to a page. */
  mediaPath(generationId: string, name: string): string;
  clock: Clock;
  log: Log;
  /** Makes the ids of messages. */
  newId(): string;
  /** Names that it may be reached by besides the loopback ones, if it is reached through a proxy on this machine. */
  allowedHosts?: readonly string[] | undefined;
}

/**
 * The playground: a chat of our own, served as a page. Its routes are to be mounted at the root of the HTTP server;
 * `offerChanged` is to be called when other models can be used than before.
 */
export function createWeb(parts: WebParts): Platform & { routes: Hono; offerChanged(): void } {
  const { messages, clock, log, newId } = parts;

  const toWire = createToWire((generation, name) => parts.mediaPath(generation, name));

  const hub = new Hub(clock);
  const incoming = new WebIncoming({ ...parts, hub });

  const change = async (ref: ReplyRef, wanted: { card: Card; clip?: string }): Promise<WebMessage> => {
    const changed = await reachMessage(() => messages.change(messageId(ref), wanted));
    hub.publish(changed);
    return changed;
  };

  const textsOf = (locale: string | undefined) => (locale === undefined ? parts.texts : textsFor(locale));
  const routes = guarded(parts.allowedHosts, [createAssets(), createApi({ ...parts, textsOf, hub, incoming, toWire })]);

  return {
    name: 'web',
    // The page is next to the server; this is only fast enough for eyes.
    updateIntervalMs: 250,
    routes,
    offerChanged: () => hub.publishOffer(),
    async listen(dispatch) {
      incoming.start(dispatch);
      log.info('the playground takes commands');
    },
    stop: () => incoming.stop(),
    async close() {
      hub.close();
    },
    async update(ref, card) {
      await change(ref, { card });
    },
    async deliver(ref, card, file) {
      const { id } = await change(ref, { card: { ...card, video: { name: file.name } }, clip: file.generation });
      return { attached: true, receipt: id };
    },
    async findDelivery(ref, name) {
      const message = await reachMessage(() => messages.find(messageId(ref)));
      return message.clip && message.card?.video?.name === name ? message.id : undefined;
    },
    async post(community, channel, card) {
      if (community !== COMMUNITY || !CHANNELS.some(({ id }) => id === channel)) {
        throw new ReplyError('gone', `there is no channel ${channel} in ${community}`);
      }
      const message = { ...POST, id: newId(), channel, card, createdAt: clock.now() };
      await reach(() => messages.insert(message));
      hub.publish(message);
      return { platform: 'web', messageId: message.id };
    },
    async remove(ref) {
      const id = messageId(ref);
      await reach(() => messages.delete(id));
      hub.publishRemoval(id);
    },
  };
}

function guarded(allowedHosts: readonly string[] | undefined, all: readonly Hono[]): Hono {
  const routes = new Hono();
  // On these paths only: a guard at the root would stand before the routes of other parts as well.
  for (const path of ['/', '/api/*']) routes.use(path, guard(allowedHosts));
  for (const one of all) routes.route('/', one);
  return routes;
}

/** From nobody, to everyone. */
const POST = { member: undefined, said: '', audience: undefined, clip: undefined };

/** @throws {ReplyError} `invalid` for a reply of another platform. */
function messageId(ref: ReplyRef): string {
  if (ref.platform === 'web' && typeof ref.messageId === 'string') return ref.messageId;
  throw new ReplyError('invalid', `not a message of the playground: ${JSON.stringify(ref)}`);
}

/** @throws {ReplyError} `unavailable` when the database fails. */
async function reach<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ReplyError ? error : new ReplyError('unavailable', 'the database failed', { cause: error });
  }
}

/** @throws {ReplyError} also `gone` when the message is not there any more. */
async function reachMessage(work: () => Promise<WebMessage | undefined>): Promise<WebMessage> {
  const message = await reach(work);
  if (!message) throw new ReplyError('gone', 'the message was removed');
  return message;
}
