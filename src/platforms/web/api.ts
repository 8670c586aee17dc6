import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Command, MessageCommand } from '../../../commands/command.ts';
import type { Clock } from '../../clock.ts';
import type { WebMessage, WebMessages } from '../../store/web-messages.ts';
import type { Texts } from '../../texts/texts.ts';
import { defineCommands, defineMessageCommands } from './definitions.ts';
import type { Hub } from './hub.ts';
import type { Incoming, Speaker } from './incoming.ts';
import { checkOptions } from './options.ts';
import { PEOPLE, type Person } from './people.ts';
import { COMMAND, COMPLETION, check, MESSAGE_COMMAND, PRESS, READER, SUBMISSION } from './requests.ts';
import { textOf } from './said.ts';
import { maySee } from './visibility.ts';
import type { WireChannel, WireMessage } from './wire.ts';

/** How many messages a page shows. */
const SHOWN_MESSAGES = 200;

/** The addresses under `/api/` that the page calls. */
export function createApi(parts: {
  messages: WebMessages;
  commands: readonly Command[];
  messageCommands: readonly MessageCommand[];
  /** What people of a language read; undefined when it is not known. */
  textsOf: (locale: string | undefined) => Texts;
  clock: Clock;
  hub: Hub;
  incoming: Incoming;
  toWire: (message: WebMessage, texts: Texts) => WireMessage;
}): Hono {
  const { messages, commands, messageCommands, textsOf, clock, hub, incoming, toWire } = parts;
  const routes = new Hono();

  const speaker = ({ as: person, locale }: { as: Person; locale?: string | undefined }): Speaker => ({
    person,
    locale,
    texts: textsOf(locale),
  });

  /** @throws {HTTPException} 404 for a message that is not there for this person. */
  const findVisible = async (id: string, { person }: Speaker): Promise<WebMessage> => {
    const message = await messages.find(id);
    if (message && maySee(message, person.id)) return message;
    throw new HTTPException(404, { message: 'This message is not there any more.' });
  };

  /** What comes of a private message is private, and one that is gone by now may have been. */
  const isPrivate = async (id: string | undefined): Promise<boolean> => {
    if (id === undefined) return false;
    const message = await messages.find(id);
    return !message || message.audience !== undefined;
  };

  routes.get('/api/channel', async (c) => {
    const { person, texts } = speaker(readReader(c));
    const channel: WireChannel = {
      now: clock.now(),
      people: [...PEOPLE],
      commands: defineCommands(commands, person, texts),
      messageCommands: defineMessageCommands(messageCommands, texts),
      ...(await listVisible(messages, person, (message) => toWire(message, texts))),
    };
    return c.json(channel, 200, { 'cache-control': 'no-store' });
  });

  routes.get('/api/events', (c) => {
    const { person, texts } = speaker(readReader(c));
    return hub.stream(c, person.id, (message) => toWire(message, texts));
  });

  routes.post('/api/commands', async (c) => {
    const { command, options, ...reader } = check(COMMAND, await c.req.json());
    const from = speaker(reader);
    const known = commands.find((one) => one.name === command);
    const problem = known && checkOptions(known.options, options);
    if (problem) throw new HTTPException(400, { message: problem });
    const message = await incoming.command(from, command, options);
    return c.json({ message: toWire(message, from.texts) }, 202);
  });

  routes.post('/api/complete', async (c) => {
    const { command, option, typed, options, ...reader } = check(COMPLETION, await c.req.json());
    return c.json({ choices: incoming.complete(speaker(reader), { command, option, typed, options }) });
  });

  routes.post('/api/buttons', async (c) => {
    const { action, target, message: id, ...reader } = check(PRESS, await c.req.json());
    const from = speaker(reader);
    const { form, opened } = await incoming.press(from, action, target, await findVisible(id, from));
    if (form) return c.json({ form });
    return c.json(opened ? { message: toWire(opened, from.texts) } : {}, 202);
  });

  routes.post('/api/forms', async (c) => {
    const { form, target, values, message: id, ...reader } = check(SUBMISSION, await c.req.json());
    const from = speaker(reader);
    const message = await incoming.submit(from, { form, target, values }, await isPrivate(id));
    return c.json({ message: toWire(message, from.texts) }, 202);
  });

  routes.post('/api/messages/command', async (c) => {
    const { name, message: id, part, ...reader } = check(MESSAGE_COMMAND, await c.req.json());
    const from = speaker(reader);
    const text = textOf(await findVisible(id, from), part, commands);
    return c.json({ form: incoming.openForm(from, name, text) });
  });

  return routes;
}

function readReader(c: Context) {
  const { as = '', locale } = c.req.query();
  return check(READER, { as, locale });
}

/** Private messages of others take up room among the latest, so it looks further back until there are enough. */
async function listVisible(
  messages: WebMessages,
  person: Person,
  toWire: (message: WebMessage) => WireMessage,
): Promise<Pick<WireChannel, 'messages' | 'complete'>> {
  for (let limit = SHOWN_MESSAGES + 1; ; limit *= 4) {
    const latest = await messages.listLatest(limit);
    const visible = latest.filter((message) => maySee(message, person.id));
    if (visible.length <= SHOWN_MESSAGES && latest.length === limit) continue;
    return {
      messages: visible.slice(-SHOWN_MESSAGES).map(toWire),
      complete: visible.length <= SHOWN_MESSAGES,
    };
  }
}
