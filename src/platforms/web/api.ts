import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Command, MessageCommand } from '../../../commands/command.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Texts } from '../../locales/texts.ts';
import type { WebMessage, WebMessages } from '../../store/web-messages.ts';
import { defineCommands, defineMessageCommands } from './definitions.ts';
import type { Hub } from './hub.ts';
import type { Setting, Speaker, WebIncoming } from './incoming.ts';
import { textOf } from './message-text.ts';
import { strangerIn } from './naming.ts';
import { type Channel, channelsOf, GENERAL, PEOPLE, ROLES, type WebPerson } from './people.ts';
import { COMMAND, COMPLETION, check, MESSAGE_COMMAND, PLACE, PRESS, READER, SUBMISSION } from './requests.ts';
import { fileResponse, type Reader } from './to-wire.ts';
import { maySee } from './visibility.ts';
import type { WireChannel, WireChannelEntry, WireMessage } from './wire.ts';

/** How many messages a page shows. */
const SHOWN_MESSAGES = 200;

/** Dependencies of `createApi`. */
export interface ApiParts {
  messages: WebMessages;
  commands: readonly Command[];
  messageCommands: readonly MessageCommand[];
  /** Texts in a reader's language; `locale` is undefined when it is not known. */
  textsOf: (locale: string | undefined) => Texts;
  clock: Clock;
  hub: Hub;
  incoming: WebIncoming;
  toWire: (message: WebMessage, reader: Reader) => WireMessage;
}

/** Who speaks, and which messages are there for them. */
class Views {
  readonly #parts: ApiParts;

  constructor(parts: ApiParts) {
    this.#parts = parts;
  }

  speaker({ as: person, locale }: { as: WebPerson; locale?: string | undefined }): Speaker {
    return { person, locale, texts: this.#parts.textsOf(locale) };
  }

  /** @throws {HTTPException} 404 for a message that is not there for this person. */
  async find(id: string, { person, texts }: Speaker): Promise<WebMessage> {
    const message = await this.#parts.messages.find(id);
    if (message && maySee(message, person)) return message;
    throw new HTTPException(404, { message: texts.page.messageGone });
  }

  /** Finds where an answer goes: the answer to a private message is private, and a message now gone may have been. */
  async settingOf(id: string | undefined, { person }: Speaker): Promise<Setting> {
    if (id === undefined) return { channel: GENERAL.id, alone: false };
    const message = await this.#parts.messages.find(id);
    if (!message || !maySee(message, person)) return { channel: GENERAL.id, alone: true };
    return { channel: message.channel, alone: message.audience !== undefined };
  }

  async entry({ id, name }: Channel, { person, texts }: Speaker): Promise<WireChannelEntry> {
    const { visible } = await listVisible(this.#parts.messages, id, person, 1);
    return { id, name, topic: texts.page.topics[id], ...(visible[0] && { latest: visible[0].createdAt }) };
  }
}

/** The addresses under `/api/` that the page calls. */
export function createApi(parts: ApiParts): Hono {
  const routes = new Hono();
  const views = new Views(parts);
  addReads(routes, parts, views);
  addWrites(routes, parts, views);
  return routes;
}

function addReads(routes: Hono, parts: ApiParts, views: Views): void {
  const { messages, commands, messageCommands, clock, hub, toWire } = parts;

  routes.get('/api/channel', async (c) => {
    const { as = '', locale, channel } = c.req.query();
    const { channel: shown, ...reader } = check(PLACE, { as, locale, channel });
    const from = views.speaker(reader);
    const { person, texts } = from;
    checkChannel(shown, from);
    const { visible, complete } = await listVisible(messages, shown, person, SHOWN_MESSAGES);
    const answer: WireChannel = {
      now: clock.now(),
      channel: shown,
      channels: await Promise.all(channelsOf(person).map((one) => views.entry(one, from))),
      people: [...PEOPLE],
      roles: [...ROLES],
      commands: defineCommands(commands, person, texts),
      messageCommands: defineMessageCommands(messageCommands, texts),
      messages: visible.map((message) => toWire(message, from)),
      complete,
    };
    return c.json(answer, 200, { 'cache-control': 'no-store' });
  });

  routes.get('/api/events', (c) => {
    const from = views.speaker(readReader(c));
    return hub.stream(c, from.person, (message) => toWire(message, from));
  });

  routes.get('/api/messages/:id/files/:index', async (c) => {
    const from = views.speaker(readReader(c));
    const { card } = await views.find(c.req.param('id'), from);
    const file = card?.files?.[Number(c.req.param('index'))];
    if (!file) throw new HTTPException(404, { message: from.texts.page.fileGone });
    return fileResponse(file);
  });
}

function addWrites(routes: Hono, { commands, incoming, toWire }: ApiParts, views: Views): void {
  routes.post('/api/commands', async (c) => {
    const { command, options, channel, ...reader } = check(COMMAND, await c.req.json());
    const from = views.speaker(reader);
    checkChannel(channel, from);
    const known = commands.find((one) => one.name === command);
    const problem = known && strangerIn(options, known.options, from.person);
    if (problem) throw new HTTPException(400, { message: problem });
    const message = await incoming.command(from, channel, command, options);
    return c.json({ message: toWire(message, from) }, 202);
  });

  routes.post('/api/complete', async (c) => {
    const { command, option, typed, options, channel, ...reader } = check(COMPLETION, await c.req.json());
    const from = views.speaker(reader);
    checkChannel(channel, from);
    return c.json({ choices: await incoming.complete(from, channel, { command, option, typed, options }) });
  });

  routes.post('/api/buttons', async (c) => {
    const { action, target, message: id, ...reader } = check(PRESS, await c.req.json());
    const from = views.speaker(reader);
    const { form, opened } = await incoming.press(from, action, target, await views.find(id, from));
    if (form) return c.json({ form });
    return c.json(opened ? { message: toWire(opened, from) } : {}, 202);
  });

  routes.post('/api/forms', async (c) => {
    const { form, target, values, message: id, ...reader } = check(SUBMISSION, await c.req.json());
    const from = views.speaker(reader);
    const message = await incoming.submit(from, { form, target, values }, await views.settingOf(id, from));
    return c.json({ message: toWire(message, from) }, 202);
  });

  routes.post('/api/messages/command', async (c) => {
    const { name, message: id, part, ...reader } = check(MESSAGE_COMMAND, await c.req.json());
    const from = views.speaker(reader);
    const text = textOf(await views.find(id, from), part, commands);
    return c.json({ form: await incoming.openForm(from, name, text) });
  });
}

function readReader(c: Context) {
  const { as = '', locale } = c.req.query();
  return check(READER, { as, locale });
}

/** @throws {HTTPException} 404 for a channel that is not there for this person. */
function checkChannel(channel: string, { person, texts }: Speaker): void {
  if (channelsOf(person).some(({ id }) => id === channel)) return;
  throw new HTTPException(404, { message: texts.page.channelGone });
}

/**
 * The latest messages that a person sees, the oldest first. Private messages of others take up room among the latest, so
 * it looks further back until there are enough.
 */
async function listVisible(
  messages: WebMessages,
  channel: string,
  person: WebPerson,
  most: number,
): Promise<{ visible: WebMessage[]; complete: boolean }> {
  for (let limit = most + 1; ; limit *= 4) {
    const latest = await messages.listLatest(limit, channel);
    const visible = latest.filter((message) => maySee(message, person));
    if (visible.length <= most && latest.length === limit) continue;
    return { visible: visible.slice(-most), complete: visible.length <= most };
  }
}
